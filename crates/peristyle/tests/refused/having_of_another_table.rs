use peristyle::prelude::*;

#[path = "tables/mod.rs"]
mod tables;
#[allow(unused_imports)]
use tables::*;

fn main() {
    let _ = User::all().group_by(User::AGE).having(Post::VIEWS.sum().gt(5));
}
