#![allow(dead_code, unused_mut)]

@MODULES@
use toasty::{Db, Result};

fn main() -> Result<()> {
    let url = std::env::args().nth(1).unwrap_or_default();
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
        let mut db = Db::builder().models(toasty::models!(crate::*)).connect(&url).await?;
        println!("{}", all(&mut db).await?);
        Ok(())
    })
}

async fn all(door: &mut Db) -> Result<usize> {
    let mut found = 0;
@CALLS@
    Ok(found)
}
