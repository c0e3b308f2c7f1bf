use peristyle::prelude::*;

#[path = "tables/mod.rs"]
mod tables;
#[allow(unused_imports)]
use tables::*;

#[derive(peristyle::Row)]
struct Summary {
    email: String,
    posts: i64,
}

fn main() {
    let _ = User::all().select_as::<Summary>().from((User::EMAIL, User::EMAIL));
}
