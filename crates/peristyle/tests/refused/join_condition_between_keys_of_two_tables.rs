use peristyle::prelude::*;

#[path = "tables/mod.rs"]
mod tables;
#[allow(unused_imports)]
use tables::*;

fn main() {
    let _ = User::all().join_on::<Post, _>(Post::ID.eq(User::ID));
}
