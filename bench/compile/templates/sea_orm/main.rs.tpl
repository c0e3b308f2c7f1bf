#![allow(dead_code, unused_mut)]

@MODULES@
use sea_orm::{Database, DatabaseConnection, DbErr};

fn main() -> Result<(), DbErr> {
    let url = std::env::args().nth(1).unwrap_or_default();
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
        println!("{}", all(&Database::connect(&url).await?).await?);
        Ok(())
    })
}

async fn all(door: &DatabaseConnection) -> Result<usize, DbErr> {
    let mut found = 0;
@CALLS@
    Ok(found)
}
