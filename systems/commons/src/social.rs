//! The federation: who follows whom, who likes what.

use peristyle::{Connection, Id, Query, Table, Timestamp};

use crate::Result;
use crate::schema::social::{
    FollowStatus, NewSocialFollow, NewSocialLike, NewSocialRecipient, NewSocialStatus,
    RecipientKind, SocialActor, SocialFollow, SocialLike, SocialRecipient, SocialStatus,
};

/// Asks to follow an actor; whoever approves nobody by hand is followed at once. Asking again changes nothing.
pub fn follow(
    connection: &Connection,
    actor: &Id<SocialActor>,
    target: &SocialActor,
    at: Timestamp,
) -> Result<SocialFollow> {
    let (status, accepted_at) = if target.manually_approves_followers {
        (FollowStatus::Pending, None)
    } else {
        (FollowStatus::Accepted, Some(at))
    };
    let new = NewSocialFollow {
        status: Some(status),
        accepted_at,
        ..NewSocialFollow::new(actor.clone(), target.id.clone())
    };
    Ok(SocialFollow::insert(new)
        .or_keep(SocialFollow::ACTOR_ID_TARGET_ACTOR_ID_KEY)
        .one(connection)?)
}

/// Says something to these addresses, in one transaction.
pub fn say(
    connection: &Connection,
    actor: &Id<SocialActor>,
    uri: &str,
    content: &str,
    to: &[&str],
    at: Timestamp,
) -> Result<SocialStatus> {
    connection.transaction(|connection| {
        let addresses: Vec<String> = to.iter().map(|uri| (*uri).to_owned()).collect();
        let new = NewSocialStatus {
            content: Some(content.to_owned()),
            recipient_to: Some(peristyle::Json(addresses)),
            published: Some(at),
            ..NewSocialStatus::new(uri, actor.clone())
        };
        let status = SocialStatus::insert(new).one(connection)?;
        let recipients = to
            .iter()
            .map(|uri| NewSocialRecipient::new(status.id.clone(), *uri, RecipientKind::To));
        SocialRecipient::insert_many(recipients).run(connection)?;
        Ok(status)
    })
}

/// Likes a status, once, and counts it.
pub fn like(
    connection: &Connection,
    actor: &Id<SocialActor>,
    status: &Id<SocialStatus>,
) -> Result<SocialStatus> {
    connection.transaction(|connection| {
        let new = NewSocialLike::new(actor.clone(), status.clone());
        let liked =
            SocialLike::insert(new).or_keep(SocialLike::ACTOR_ID_STATUS_ID_KEY).run(connection)?;
        if liked == 1 {
            SocialStatus::update(status)
                .set(SocialStatus::LIKES_COUNT, SocialStatus::LIKES_COUNT + 1)
                .run(connection)?;
        }
        Ok(SocialStatus::get(status).one(connection)?)
    })
}

/// What an actor said, the newest first.
pub fn outbox(actor: &Id<SocialActor>) -> Query<SocialStatus> {
    SocialStatus::all()
        .filter(SocialStatus::ACTOR_ID.eq(actor.clone()))
        .filter(SocialStatus::IS_DRAFT.eq(false))
        .order(SocialStatus::PUBLISHED.desc())
}
