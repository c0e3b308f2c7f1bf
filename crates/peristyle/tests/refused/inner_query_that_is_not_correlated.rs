use peristyle::prelude::*;

#[path = "tables/mod.rs"]
mod tables;
#[allow(unused_imports)]
use tables::*;

fn main() {
    let posts = Post::all().filter(Post::AUTHOR_ID.eq(User::ID));
    let _ = User::all().filter(posts.is_any());
}
