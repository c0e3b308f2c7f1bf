use peristyle::prelude::*;

#[path = "tables/mod.rs"]
mod tables;
#[allow(unused_imports)]
use tables::*;

fn main() -> peristyle::Result<()> {
    let db = Connection::open("sqlite::memory:")?;
    let _: Vec<Date> = User::all().select(User::BORN.coalesce(User::BORN)).all(&db)?;
    Ok(())
}
