use peristyle::prelude::*;

#[path = "tables/mod.rs"]
mod tables;
#[allow(unused_imports)]
use tables::*;

fn main() -> peristyle::Result<()> {
    let db = Connection::open("sqlite::memory:")?;
    let _: Vec<Date> = User::all()
        .select(peristyle::case().when(User::ACTIVE.eq(true), User::BORN).otherwise(Date::constant(2000, 1, 1)))
        .all(&db)?;
    Ok(())
}
