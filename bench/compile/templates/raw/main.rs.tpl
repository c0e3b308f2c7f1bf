#![allow(dead_code, unused_mut)]

@MODULES@
use tokio_postgres::{Client, Error, NoTls};

fn main() -> Result<(), Error> {
    let url = std::env::args().nth(1).unwrap_or_default();
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
        let (client, connection) = tokio_postgres::connect(&url, NoTls).await?;
        tokio::spawn(connection);
        println!("{}", all(&client).await?);
        Ok(())
    })
}

async fn all(door: &Client) -> Result<usize, Error> {
    let mut found = 0;
@CALLS@
    Ok(found)
}
