//! Articles, and how they are made known.

use peristyle::{Enum, Id, Json, Table, Timestamp};
use serde::{Deserialize, Serialize};

use super::auth::User;
use super::social::{SocialActor, SocialStatus};

/// An article of the community.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "articles")]
#[index(author_id, status)]
#[index(status, published_at)]
pub struct Article {
    #[key(default = cuid2)]
    pub id: Id<Article>,
    #[unique]
    pub slug: String,
    pub title: String,
    pub content: String,
    pub excerpt: Option<String>,
    pub cover_image: Option<String>,
    pub article_type: ArticleType,
    #[column(default = sql("'{}'::text[]"))]
    pub tags: Vec<String>,
    #[references(on_delete = cascade)]
    pub author_id: Id<User>,
    #[column(default = "[]")]
    pub co_authors: Json<Vec<CoAuthor>>,
    pub reviewed_by: Option<Json<Review>>,
    /// The article that this one answers; the answer stays when that one goes.
    #[references(on_delete = set_null)]
    #[index]
    pub in_reply_to: Option<Id<Article>>,
    #[column(default = ArticleStatus::Draft)]
    pub status: ArticleStatus,
    pub published_at: Option<Timestamp>,
    pub removed_at: Option<Timestamp>,
    #[references(on_delete = set_null)]
    pub removed_by: Option<Id<User>>,
    pub removal_reason: Option<String>,
    /// In minutes.
    #[column(default = 1)]
    pub reading_time: i32,
    pub mastodon_post_url: Option<String>,
    #[column(default = app::now)]
    pub created_at: Timestamp,
    #[column(default = app::now, on_update = now)]
    pub updated_at: Timestamp,
}

/// An article told to the federation, once by each of its authors.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "article_announcements")]
#[unique(article_id, author_id)]
pub struct ArticleAnnouncement {
    #[key(default = cuid2)]
    pub id: Id<ArticleAnnouncement>,
    #[references(on_delete = cascade)]
    pub article_id: Id<Article>,
    #[references(on_delete = cascade)]
    pub author_id: Id<User>,
    #[references(on_delete = set_null)]
    pub actor_id: Option<Id<SocialActor>>,
    pub content: String,
    #[references(on_delete = set_null)]
    #[unique]
    pub status_id: Option<Id<SocialStatus>>,
    #[column(default = app::now)]
    pub created_at: Timestamp,
    #[column(default = app::now, on_update = now)]
    pub updated_at: Timestamp,
}

/// Where an article stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[enum_type(name = "article_status")]
pub enum ArticleStatus {
    Draft,
    PendingReview,
    RevisionNeeded,
    Published,
    Removed,
}

/// What an article is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[enum_type(name = "article_type")]
pub enum ArticleType {
    BusinessUpdate,
    CommunityCommentary,
}

/// Somebody who was asked to write along.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CoAuthor {
    pub user_id: Id<User>,
    pub invited_at: Timestamp,
    #[serde(default)]
    pub accepted_at: Option<Timestamp>,
}

/// What a reviewer said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Review {
    pub user_id: Id<User>,
    pub requested_at: Timestamp,
    #[serde(default)]
    pub approved_at: Option<Timestamp>,
    #[serde(default)]
    pub comments: Vec<String>,
}
