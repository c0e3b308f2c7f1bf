use peristyle::prelude::*;

#[path = "tables/mod.rs"]
mod tables;
#[allow(unused_imports)]
use tables::*;

fn main() {
    let _ = User::update_all().filter(Post::VIEWS.gt(5)).set(User::AGE, 5);
}
