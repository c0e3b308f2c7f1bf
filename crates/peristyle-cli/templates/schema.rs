//! The tables of this application: the one source of its migrations and of its rows.
//!
//! Change a struct, then run `peristyle generate --name what_changed`.

use peristyle::{Enum, Id, Table, Timestamp};

/// Somebody with an account.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "users")]
pub struct User {
    #[key(default = cuid2)]
    pub id: Id<User>,
    /// Where mail reaches the user. Compared without regard to case.
    #[unique]
    #[column(collate = "NOCASE")]
    pub email: String,
    pub name: Option<String>,
    #[column(default = now)]
    pub created_at: Timestamp,
}

/// Something that a user wrote.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "posts")]
#[index(author_id, created_at)]
pub struct Post {
    #[key(default = cuid2)]
    pub id: Id<Post>,
    /// Who wrote it. The type is the foreign key; deleting the user deletes the posts.
    #[references(on_delete = cascade)]
    pub author_id: Id<User>,
    #[column(check = "length(title) > 0")]
    pub title: String,
    pub body: String,
    #[column(default = PostStatus::Draft)]
    pub status: PostStatus,
    #[column(default = now)]
    pub created_at: Timestamp,
    #[column(default = now, on_update = now)]
    pub updated_at: Timestamp,
}

/// How far a post has come.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum PostStatus {
    Draft,
    Published,
}
