//! Articles: from a draft to a page that everybody reads.

use peristyle::{Connection, Error as RowError, Id, Json, Query, Table, Timestamp};

use crate::schema::auth::User;
use crate::schema::content::{
    Article, ArticleAnnouncement, ArticleStatus, ArticleType, NewArticle, NewArticleAnnouncement,
    Review,
};
use crate::{Error, Result};

/// What an author writes.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    pub slug: String,
    pub title: String,
    pub content: String,
    pub kind: ArticleType,
    pub tags: Vec<String>,
    pub in_reply_to: Option<Id<Article>>,
}

/// Begins an article.
pub fn draft(connection: &Connection, author: &Id<User>, draft: Draft) -> Result<Article> {
    let minutes = draft.content.split_whitespace().count().div_ceil(200).max(1);
    let new = NewArticle {
        tags: Some(draft.tags),
        in_reply_to: draft.in_reply_to,
        reading_time: Some(i32::try_from(minutes).unwrap_or(i32::MAX)),
        ..NewArticle::new(draft.slug, draft.title, draft.content, draft.kind, author.clone())
    };
    Article::insert(new).one(connection).map_err(|error| match error {
        RowError::Unique { .. } => Error::SlugTaken,
        other => Error::Rows(other),
    })
}

/// Asks somebody to review an article.
pub fn submit(
    connection: &Connection,
    article: &Id<Article>,
    reviewer: &Id<User>,
    at: Timestamp,
) -> Result<Article> {
    let review = Review {
        user_id: reviewer.clone(),
        requested_at: at,
        approved_at: None,
        comments: Vec::new(),
    };
    Ok(Article::update(article)
        .set(Article::STATUS, ArticleStatus::PendingReview)
        .set(Article::REVIEWED_BY, Some(Json(review)))
        .one(connection)?)
}

/// Publishes an article that waits for its review.
pub fn publish(connection: &Connection, article: &Id<Article>, at: Timestamp) -> Result<Article> {
    connection.transaction(|connection| {
        let found = Article::get(article).one(connection)?;
        let (ArticleStatus::PendingReview, Some(Json(review))) = (found.status, found.reviewed_by)
        else {
            return Err(Error::NotInReview);
        };
        Ok(Article::update(article)
            .set(Article::STATUS, ArticleStatus::Published)
            .set(Article::PUBLISHED_AT, Some(at))
            .set(Article::REVIEWED_BY, Some(Json(Review { approved_at: Some(at), ..review })))
            .one(connection)?)
    })
}

/// Takes an article away; it stays for whoever asks why.
pub fn remove(
    connection: &Connection,
    article: &Id<Article>,
    by: &Id<User>,
    reason: &str,
    at: Timestamp,
) -> Result<Article> {
    Ok(Article::update(article)
        .set(Article::STATUS, ArticleStatus::Removed)
        .set(Article::REMOVED_AT, Some(at))
        .set(Article::REMOVED_BY, Some(by.clone()))
        .set(Article::REMOVAL_REASON, reason)
        .one(connection)?)
}

/// What everybody reads, the newest first.
pub fn published() -> Query<Article> {
    Article::all()
        .filter(Article::STATUS.eq(ArticleStatus::Published))
        .order(Article::PUBLISHED_AT.desc())
}

/// The articles of an author that stand somewhere.
pub fn of_author(author: &Id<User>, status: ArticleStatus) -> Query<Article> {
    Article::all().filter(Article::AUTHOR_ID.eq(author.clone())).filter(Article::STATUS.eq(status))
}

/// What was answered to an article.
pub fn answers(article: &Id<Article>) -> Query<Article> {
    Article::all().filter(Article::IN_REPLY_TO.eq(article.clone()))
}

/// Tells the federation of an article, once for each author, however often it is asked to.
pub fn announce(
    connection: &Connection,
    article: &Id<Article>,
    author: &Id<User>,
    content: &str,
) -> Result<ArticleAnnouncement> {
    let new = NewArticleAnnouncement::new(article.clone(), author.clone(), content);
    Ok(ArticleAnnouncement::insert(new)
        .or_keep(ArticleAnnouncement::ARTICLE_ID_AUTHOR_ID_KEY)
        .one(connection)?)
}
