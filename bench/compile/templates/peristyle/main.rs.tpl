#![allow(dead_code, unused_mut)]

@MODULES@
use peristyle::{Db, Result};

fn main() -> Result<()> {
    let url = std::env::args().nth(1).unwrap_or_default();
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
        println!("{}", all(&Db::open(&url).await?).await?);
        Ok(())
    })
}

async fn all(door: &Db) -> Result<usize> {
    let mut found = 0;
@CALLS@
    Ok(found)
}
