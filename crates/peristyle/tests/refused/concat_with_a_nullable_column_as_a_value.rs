use peristyle::prelude::*;

#[path = "tables/mod.rs"]
mod tables;
#[allow(unused_imports)]
use tables::*;

fn main() -> peristyle::Result<()> {
    let db = Connection::open("sqlite::memory:")?;
    let _: Vec<String> = User::all()
        .left_join(Post::AUTHOR)
        .select(User::EMAIL.concat(Post::TITLE))
        .all(&db)?;
    Ok(())
}
