//! The declarations of accounts: the single source of its migrations, rows and documents.

use peristyle::{Id, Table, Timestamp};

/// Somebody with an account.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "users")]
pub struct User {
    /// A UUID, kept as text, because authentication libraries bind their identifiers as strings.
    #[key(default = uuid4, type = text)]
    pub id: Id<User>,
    /// Where mail reaches the user; the name under which they sign in.
    #[unique]
    pub email: String,
    /// Whether somebody has answered the mail that was sent there.
    #[column(default = false)]
    pub email_verified: bool,
    /// What the user is called.
    pub name: Option<String>,
    /// The address of a picture.
    pub image: Option<String>,
    #[column(default = now)]
    pub created_at: Timestamp,
    #[column(default = now, on_update = now)]
    pub updated_at: Timestamp,
}

/// A user who is signed in somewhere. Deleting the user ends all of their sessions.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "sessions")]
pub struct Session {
    /// A UUID, kept as text, as the user's.
    #[key(default = uuid4, type = text)]
    pub id: Id<Session>,
    /// Whose session it is. Indexed, because all sessions of a user are ended at once, and deleting a user looks for them.
    #[references(on_delete = cascade)]
    #[index]
    pub user_id: Id<User>,
    /// When the session ends by itself. Indexed, because those that have ended are purged by it.
    #[index]
    pub expires_at: Timestamp,
    #[column(default = now)]
    pub created_at: Timestamp,
}
