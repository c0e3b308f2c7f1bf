use peristyle::prelude::*;

#[derive(Table)]
struct User {
    #[key(default = cuid2)]
    id: Id<User>,
    email: String,
    name: Option<String>,
    age: i64,
}

#[derive(Table)]
struct Post {
    #[key(auto)]
    id: Id<Post>,
    author_id: Id<User>,
    tags: Json<Vec<String>>,
}

#[derive(View)]
#[view(sql = "select id from users")]
struct Visible {
    id: Id<User>,
}

fn main() {
    let _ = Post::TAGS + 1;
}
