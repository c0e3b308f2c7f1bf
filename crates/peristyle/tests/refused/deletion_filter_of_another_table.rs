use peristyle::prelude::*;

#[path = "tables/mod.rs"]
mod tables;
#[allow(unused_imports)]
use tables::*;

fn main() {
    let _ = User::delete_all().filter(Post::VIEWS.gt(5));
}
