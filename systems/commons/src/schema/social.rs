//! The federation: actors, what they say, and who hears it.

use peristyle::{Enum, Id, Json, Table, Timestamp};
use serde::{Deserialize, Serialize};

use super::content::Article;
use super::profiles::{Geo, Profile};

/// An actor of the federation, ours or another server's.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "social_actors")]
#[unique(username, domain)]
pub struct SocialActor {
    #[key(default = cuid2)]
    pub id: Id<SocialActor>,
    pub username: String,
    #[index]
    pub domain: String,
    /// The profile behind an actor of ours.
    #[references(on_delete = set_null)]
    #[unique]
    pub profile_id: Option<Id<Profile>>,
    #[unique]
    pub uri: String,
    pub inbox_url: String,
    pub outbox_url: String,
    pub followers_url: String,
    pub following_url: String,
    pub shared_inbox_url: Option<String>,
    pub public_key: String,
    /// Only actors of ours have one.
    pub private_key: Option<String>,
    pub name: Option<String>,
    pub summary: Option<String>,
    pub icon_url: Option<String>,
    pub header_url: Option<String>,
    #[column(default = 0)]
    pub following_count: i32,
    #[column(default = 0)]
    pub followers_count: i32,
    #[column(default = 0)]
    pub status_count: i32,
    #[column(default = false)]
    pub manually_approves_followers: bool,
    #[column(default = app::now)]
    pub created_at: Timestamp,
    #[column(default = app::now, on_update = now)]
    pub updated_at: Timestamp,
}

/// Something that an actor said.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "social_statuses")]
#[index(actor_id, published)]
pub struct SocialStatus {
    #[key(default = cuid2)]
    pub id: Id<SocialStatus>,
    #[unique]
    pub uri: String,
    #[references(on_delete = cascade)]
    pub actor_id: Id<SocialActor>,
    #[references(on_delete = set_null)]
    #[index]
    pub article_id: Option<Id<Article>>,
    #[column(name = "type", default = "Note")]
    pub kind: String,
    pub content: Option<String>,
    pub content_warning: Option<String>,
    pub url: Option<String>,
    /// What it answers, by its address: it may never have reached us.
    #[index]
    pub in_reply_to_uri: Option<String>,
    /// What it answers, where that is here.
    #[references(on_delete = set_null)]
    #[index]
    pub in_reply_to_id: Option<Id<SocialStatus>>,
    #[column(default = "[]")]
    pub recipient_to: Json<Vec<String>>,
    #[column(default = "[]")]
    pub recipient_cc: Json<Vec<String>>,
    pub published: Option<Timestamp>,
    #[column(default = false)]
    pub is_draft: bool,
    pub expires_at: Option<Timestamp>,
    pub location: Option<Json<StatusLocation>>,
    #[column(default = 0)]
    pub replies_count: i32,
    #[column(default = 0)]
    pub likes_count: i32,
    #[column(default = 0)]
    pub announces_count: i32,
    #[column(default = app::now)]
    pub created_at: Timestamp,
    #[column(default = app::now, on_update = now)]
    pub updated_at: Timestamp,
}

/// An actor follows another.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "social_follows")]
#[unique(actor_id, target_actor_id)]
pub struct SocialFollow {
    #[key(default = cuid2)]
    pub id: Id<SocialFollow>,
    #[references(on_delete = cascade)]
    pub actor_id: Id<SocialActor>,
    #[references(on_delete = cascade)]
    #[index]
    pub target_actor_id: Id<SocialActor>,
    #[unique]
    pub uri: Option<String>,
    #[index]
    #[column(default = FollowStatus::Pending)]
    pub status: FollowStatus,
    pub accepted_at: Option<Timestamp>,
    #[column(default = app::now)]
    pub created_at: Timestamp,
    #[column(default = app::now, on_update = now)]
    pub updated_at: Timestamp,
}

/// An actor likes a status.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "social_likes")]
#[unique(actor_id, status_id)]
pub struct SocialLike {
    #[key(default = cuid2)]
    pub id: Id<SocialLike>,
    #[references(on_delete = cascade)]
    pub actor_id: Id<SocialActor>,
    #[references(on_delete = cascade)]
    #[index]
    pub status_id: Id<SocialStatus>,
    #[unique]
    pub uri: Option<String>,
    #[column(default = app::now)]
    pub created_at: Timestamp,
}

/// A picture, a film or a sound that belongs to a status.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "social_attachments")]
pub struct SocialAttachment {
    #[key(default = cuid2)]
    pub id: Id<SocialAttachment>,
    #[references(on_delete = cascade)]
    #[index]
    pub status_id: Id<SocialStatus>,
    #[column(name = "type")]
    pub kind: String,
    pub media_type: Option<String>,
    pub url: String,
    pub preview_url: Option<String>,
    pub remote_url: Option<String>,
    pub name: Option<String>,
    pub description: Option<String>,
    pub blurhash: Option<String>,
    pub width: Option<i32>,
    pub height: Option<i32>,
    /// The loudness of a sound over its length, from 0 to 1.
    pub peaks: Option<Json<Vec<f64>>>,
    #[column(default = app::now)]
    pub created_at: Timestamp,
}

/// A word that a status is found by, or somebody whom it names.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "social_tags")]
#[index(kind, name)]
pub struct SocialTag {
    #[key(default = cuid2)]
    pub id: Id<SocialTag>,
    #[references(on_delete = cascade)]
    #[index]
    pub status_id: Id<SocialStatus>,
    #[column(name = "type")]
    pub kind: String,
    pub name: String,
    pub href: Option<String>,
    #[column(default = app::now)]
    pub created_at: Timestamp,
}

/// To whom a status is addressed.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "social_recipients")]
#[unique(status_id, actor_uri, kind)]
pub struct SocialRecipient {
    #[key(default = cuid2)]
    pub id: Id<SocialRecipient>,
    #[references(on_delete = cascade)]
    pub status_id: Id<SocialStatus>,
    #[index]
    pub actor_uri: String,
    pub kind: RecipientKind,
    #[column(default = app::now)]
    pub created_at: Timestamp,
}

/// Whether a follow was answered.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[enum_type(name = "social_follow_status")]
pub enum FollowStatus {
    Pending,
    Accepted,
    Rejected,
}

/// How somebody is addressed.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[enum_type(name = "social_recipient_kind")]
pub enum RecipientKind {
    To,
    Cc,
}

/// Where something was said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatusLocation {
    pub name: String,
    #[serde(default)]
    pub geo: Option<Geo>,
}
