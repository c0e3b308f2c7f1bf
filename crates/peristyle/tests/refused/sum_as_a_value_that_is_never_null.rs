use peristyle::prelude::*;

#[path = "tables/mod.rs"]
mod tables;
#[allow(unused_imports)]
use tables::*;

fn main() -> peristyle::Result<()> {
    let db = Connection::open("sqlite::memory:")?;
    let _: i64 = User::all().select(User::AGE.sum()).one(&db)?;
    Ok(())
}
