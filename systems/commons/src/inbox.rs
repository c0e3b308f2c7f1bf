//! The inbox: what a user is told.

use peristyle::{Connection, Id, Query, Table, Timestamp};

use crate::Result;
use crate::schema::auth::User;
use crate::schema::engagement::{ActivityType, NewNotification, Notification, NotificationContext};

/// Tells a user that somebody did something.
pub fn tell(
    connection: &Connection,
    activity: ActivityType,
    actor: &User,
    target: &Id<User>,
    context: NotificationContext,
) -> Result<Notification> {
    let new = NewNotification {
        actor_name: actor.name.clone(),
        actor_screenname: actor.screenname.clone(),
        ..NewNotification::new(activity, actor.id.clone(), target.clone(), context)
    };
    Ok(Notification::insert(new).one(connection)?)
}

/// What a user has not read, the newest first.
pub fn unread(user: &Id<User>) -> Query<Notification> {
    Notification::all()
        .filter(Notification::TARGET.eq(user.clone()))
        .filter(Notification::READ.eq(false))
        .order(Notification::CREATED_AT.desc())
}

/// Marks all of it as read; says how much it was.
pub fn read_all(connection: &Connection, user: &Id<User>, at: Timestamp) -> Result<u64> {
    Ok(Notification::update_all()
        .set(Notification::READ, true)
        .set(Notification::READ_AT, Some(at))
        .filter(Notification::TARGET.eq(user.clone()))
        .filter(Notification::READ.eq(false))
        .run(connection)?)
}

/// Deletes what has expired, in one statement; says how much it was.
pub fn purge(connection: &Connection, now: Timestamp) -> Result<u64> {
    Ok(Notification::delete_all().filter(Notification::EXPIRES_AT.le(now)).run(connection)?)
}
