//! What users do with each other on the platform.

use peristyle::{Enum, Id, Json, Table, Timestamp};
use serde::{Deserialize, Serialize};

use super::auth::User;

/// Somebody is told that somebody did something.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "notifications")]
#[index(target, read, created_at)]
#[index(target, context, created_at)]
pub struct Notification {
    #[key(default = cuid2)]
    pub id: Id<Notification>,
    #[column(name = "type")]
    pub activity: ActivityType,
    /// Who did it.
    #[references(on_delete = cascade)]
    pub actor: Id<User>,
    /// Who is told.
    #[references(on_delete = cascade)]
    pub target: Id<User>,
    /// What it was done to.
    pub object: Option<String>,
    pub context: NotificationContext,
    pub actor_screenname: Option<String>,
    pub actor_name: Option<String>,
    pub object_type: Option<NotificationObjectType>,
    pub object_title: Option<String>,
    pub object_url: Option<String>,
    pub message: Option<String>,
    #[column(default = false)]
    pub read: bool,
    pub read_at: Option<Timestamp>,
    #[column(default = false)]
    pub email_sent: bool,
    pub email_sent_at: Option<Timestamp>,
    pub email_preference_key: Option<String>,
    #[index]
    pub expires_at: Option<Timestamp>,
    #[column(default = app::now)]
    pub created_at: Timestamp,
    #[column(default = app::now, on_update = now)]
    pub updated_at: Timestamp,
}

/// A user follows another on the platform.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "user_follows")]
#[unique(follower_id, following_id)]
pub struct UserFollow {
    #[key(default = cuid2)]
    pub id: Id<UserFollow>,
    #[references(on_delete = cascade)]
    pub follower_id: Id<User>,
    #[references(on_delete = cascade)]
    #[index]
    pub following_id: Id<User>,
    #[column(default = app::now)]
    pub created_at: Timestamp,
}

/// A list of users that a user keeps.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "user_lists")]
pub struct UserList {
    #[key(default = cuid2)]
    pub id: Id<UserList>,
    #[references(on_delete = cascade)]
    #[index]
    pub owner_id: Id<User>,
    pub name: String,
    pub description: Option<String>,
    #[column(default = false)]
    pub is_public: bool,
    #[column(default = app::now)]
    pub created_at: Timestamp,
    #[column(default = app::now, on_update = now)]
    pub updated_at: Timestamp,
}

/// A user on a list.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "user_list_members")]
#[unique(list_id, user_id)]
pub struct UserListMember {
    #[key(default = cuid2)]
    pub id: Id<UserListMember>,
    #[references(on_delete = cascade)]
    pub list_id: Id<UserList>,
    #[references(on_delete = cascade)]
    #[index]
    pub user_id: Id<User>,
    #[column(default = app::now)]
    pub added_at: Timestamp,
}

/// Something that somebody did and that is counted.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "interactions")]
pub struct Interaction {
    #[key(default = cuid2)]
    pub id: Id<Interaction>,
    #[index]
    pub email: String,
    #[index]
    pub action: Option<String>,
    pub affiliate: Option<String>,
    pub points: Option<i32>,
    pub metadata: Option<Json<InteractionMetadata>>,
    #[index]
    #[column(default = app::now)]
    pub created_at: Timestamp,
}

/// A name that a user had: it leads to them and is nobody else's.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "screenname_history")]
pub struct ScreennameHistory {
    #[key(default = cuid2)]
    pub id: Id<ScreennameHistory>,
    #[unique]
    pub screenname: String,
    #[references(on_delete = cascade)]
    #[index]
    pub user_id: Id<User>,
    pub redirect_to: Option<String>,
    #[column(default = app::now)]
    pub created_at: Timestamp,
}

/// What was done, in the words of the federation.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[enum_type(name = "notification_activity_type")]
pub enum ActivityType {
    #[value(name = "Invite")]
    Invite,
    #[value(name = "Accept")]
    Accept,
    #[value(name = "Reject")]
    Reject,
    #[value(name = "Create")]
    Create,
    #[value(name = "Update")]
    Update,
    #[value(name = "Delete")]
    Delete,
    #[value(name = "Announce")]
    Announce,
    #[value(name = "Like")]
    Like,
    #[value(name = "Follow")]
    Follow,
    #[value(name = "Undo")]
    Undo,
}

/// In what connection it was done.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[enum_type(name = "notification_context")]
pub enum NotificationContext {
    Coauthor,
    Review,
    Article,
    Mentoring,
    Mention,
    Follow,
    Message,
    System,
}

/// What it was done to.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[enum_type(name = "notification_object_type")]
pub enum NotificationObjectType {
    Article,
    Profile,
    Session,
    Comment,
}

/// What is known of an interaction besides.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct InteractionMetadata {
    #[serde(default)]
    pub source: Option<String>,
    #[serde(default)]
    pub campaign: Option<String>,
}
