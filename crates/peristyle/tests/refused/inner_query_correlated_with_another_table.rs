use peristyle::prelude::*;

#[path = "tables/mod.rs"]
mod tables;
#[allow(unused_imports)]
use tables::*;

fn main() {
    let posts = Post::all().inside::<User>().filter(Post::AUTHOR_ID.eq(User::ID));
    let _ = Comment::all().filter(posts.is_any());
}
