use peristyle::prelude::*;

#[path = "tables/mod.rs"]
mod tables;
#[allow(unused_imports)]
use tables::*;

fn main() -> peristyle::Result<()> {
    let db = Connection::open("sqlite::memory:")?;
    let _: Vec<Id<User>> = User::all().select(peristyle::greatest(User::ID, User::BOSS_ID)).all(&db)?;
    Ok(())
}
