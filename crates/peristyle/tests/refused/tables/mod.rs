//! The tables that the refused programs speak of.
#![allow(dead_code)]

use peristyle::prelude::*;

#[derive(Table)]
pub struct User {
    #[key(auto)]
    pub id: Id<User>,
    pub email: String,
    pub age: i64,
    pub score: f64,
    pub active: bool,
    pub boss_id: Option<Id<User>>,
    pub born: Option<Date>,
}

#[derive(Table)]
pub struct Post {
    #[key(auto)]
    pub id: Id<Post>,
    pub author_id: Id<User>,
    pub title: String,
    pub views: i64,
}

#[derive(Table)]
pub struct Comment {
    #[key(auto)]
    pub id: Id<Comment>,
    pub post_id: Id<Post>,
    pub text: String,
}
