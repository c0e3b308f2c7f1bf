use peristyle::prelude::*;

#[path = "tables/mod.rs"]
mod tables;
#[allow(unused_imports)]
use tables::*;

fn adult() -> peristyle::Predicate<User> {
    User::AGE.gt(17)
}

fn main() {
    let _ = User::all().join(Post::AUTHOR).filter(adult());
}
