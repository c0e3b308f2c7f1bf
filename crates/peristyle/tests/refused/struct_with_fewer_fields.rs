use peristyle::prelude::*;

#[derive(Table)]
struct User {
    #[key(auto)]
    id: Id<User>,
    email: String,
    age: i64,
    score: f64,
    active: bool,
    boss_id: Option<Id<User>>,
    born: Option<Date>,
}

#[derive(Table)]
struct Post {
    #[key(auto)]
    id: Id<Post>,
    author_id: Id<User>,
    title: String,
    views: i64,
}

#[derive(Table)]
struct Comment {
    #[key(auto)]
    id: Id<Comment>,
    post_id: Id<Post>,
    text: String,
}

#[derive(peristyle::Row)]
struct Summary {
    email: String,
}

fn main() {
    let _ = User::all().select_as::<Summary>().from((User::EMAIL, User::AGE));
}
