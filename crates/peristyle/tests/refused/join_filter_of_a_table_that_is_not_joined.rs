use peristyle::prelude::*;

#[path = "tables/mod.rs"]
mod tables;
#[allow(unused_imports)]
use tables::*;

fn main() {
    let _ = User::all().join(Post::AUTHOR).filter(Comment::TEXT.eq("x"));
}
