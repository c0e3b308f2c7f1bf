//! What commons promises, each on a database of its own, made by its migrations.

use commons::articles::{self, Draft};
use commons::schema::auth::{
    Account, NewAccount, NewSession, NewUser, NewVerificationToken, Session, User,
    VerificationToken,
};
use commons::schema::content::{Article, ArticleAnnouncement, ArticleStatus, ArticleType};
use commons::schema::engagement::{
    ActivityType, NewUserList, NewUserListMember, Notification, NotificationContext,
    ScreennameHistory, UserFollow, UserList, UserListMember,
};
use commons::schema::mentoring::{IntakeForm, MentorSession};
use commons::schema::ops::{BrevoContact, NewOAuthVerification, OAuthProfile, OAuthVerification};
use commons::schema::profiles::{MembershipLevel, Profile};
use commons::schema::social::{
    FollowStatus, SocialActor, SocialFollow, SocialLike, SocialRecipient, SocialStatus,
};
use commons::{Error, directory, inbox, seed, social};
use peristyle::{Connection, Error as RowError, Json, Table, Timestamp};
use systems_support::{Database, System, on_every_engine};

const COMMONS: System = System::at(env!("CARGO_MANIFEST_DIR"));

on_every_engine! { COMMONS on [postgres]; {
    seeding_twice_changes_nothing,
    keys_and_times_are_made_by_the_application,
    lists_are_asked_for_their_members,
    documents_are_typed_both_ways,
    a_document_that_does_not_fit_names_table_column_and_row,
    an_article_goes_its_way,
    an_answer_outlives_what_it_answers,
    an_article_is_announced_once_by_each_author,
    a_name_that_was_somebodys_stays_theirs,
    deleting_a_user_deletes_and_keeps_what_it_should,
    a_session_is_known_by_its_token,
    a_key_of_two_columns,
    an_account_elsewhere_is_somebodys_once,
    following_and_liking_happen_once,
    what_is_said_reaches_its_recipients,
    notifications_are_read_and_purged,
    every_enum_has_the_values_of_the_page,
    every_table_of_the_page_is_there,
    the_history_goes_up_down_and_up_again_to_the_same_catalog,
    the_database_is_what_the_declarations_say,
    push_builds_the_same,
}}

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn user(connection: &Connection, screenname: &str) -> User {
    User::all().filter(User::SCREENNAME.eq(screenname)).one(connection).unwrap()
}

fn actor(connection: &Connection, username: &str) -> SocialActor {
    SocialActor::all().filter(SocialActor::USERNAME.eq(username)).one(connection).unwrap()
}

fn article(connection: &Connection, slug: &str) -> Article {
    Article::all().filter(Article::SLUG.eq(slug)).one(connection).unwrap()
}

fn seeding_twice_changes_nothing(_: &Database, connection: &Connection) {
    let came = seed::run(connection).unwrap();
    let expected = seed::Seeded { users: 3, profiles: 3, actors: 3, articles: 3, others: 4 };
    assert_eq!(came, expected);
    let all = |connection: &Connection| {
        let users = User::all().order(User::ID.asc()).all(connection).unwrap();
        let profiles = Profile::all().order(Profile::ID.asc()).all(connection).unwrap();
        let articles = Article::all().order(Article::ID.asc()).all(connection).unwrap();
        (users, profiles, articles)
    };
    let rows = all(connection);
    assert_eq!(seed::run(connection).unwrap(), seed::Seeded::default());
    assert_eq!(all(connection), rows);
}

fn keys_and_times_are_made_by_the_application(database: &Database, connection: &Connection) {
    let before = Timestamp::now();
    let user = User::insert(NewUser::new("new@example.org")).one(connection).unwrap();
    let key = user.id.key();
    assert_eq!(key.len(), 24, "{key}");
    assert!(key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()), "{key}");
    assert!(user.created_at.as_microsecond() >= before.as_microsecond());
    assert_eq!((user.role.as_str(), user.alternate_emails.len()), ("user", 0));
    let sql = "INSERT INTO users (email) VALUES ('other@example.org')";
    assert!(database.execute(sql).is_err(), "the database makes no keys");
    let updated = User::update(&user.id).set(User::NAME, "New").one(connection).unwrap();
    assert!(updated.updated_at > user.updated_at);
    assert_eq!(updated.created_at, user.created_at);
}

fn lists_are_asked_for_their_members(_: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let tagged = |tag: &str| -> Vec<String> {
        let query = Article::all().filter(Article::TAGS.contains(tag)).order(Article::SLUG.asc());
        query.all(connection).unwrap().into_iter().map(|article| article.slug).collect()
    };
    assert_eq!(tagged("food"), ["a-new-oven", "plates-for-bread"]);
    assert_eq!(tagged("art"), ["plates-for-bread"]);
    assert!(tagged("foo").is_empty(), "a part of a value is not the value");
    let lucia = user(connection, "lucia");
    assert_eq!(lucia.alternate_emails, ["l.fernandez@example.org", "studio@example.org"]);
    let odd = vec![String::new(), "a,b".to_owned(), "\"{}\\".to_owned(), "NULL".to_owned()];
    let updated =
        User::update(&lucia.id).set(User::ALTERNATE_EMAILS, odd.clone()).one(connection).unwrap();
    assert_eq!(updated.alternate_emails, odd);
    let contact = BrevoContact::all().one(connection).unwrap();
    assert_eq!(contact.list_ids, [2, 7]);
}

fn documents_are_typed_both_ways(_: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let amara = Profile::all().filter(Profile::NAME.eq("Amara Baptiste")).one(connection).unwrap();
    let mentoring = amara.mentoring.as_ref().unwrap();
    assert!(mentoring.enabled && mentoring.languages.contains(&"ht".to_owned()));
    assert_eq!(amara.address_lat, Some("25.8100000".parse().unwrap()));
    assert_eq!(amara.geo.as_ref().unwrap().lat, 25.81);
    assert_eq!(amara.hours.as_ref().unwrap()["monday"].opens, "08:00");
    let form = IntakeForm::all().one(connection).unwrap();
    assert_eq!(form.form_data.answers["medium"], serde_json::json!(["clay", "glaze"]));
    let mut data = form.form_data;
    data.step = 4;
    let form =
        IntakeForm::update(&form.id).set(IntakeForm::FORM_DATA, data).one(connection).unwrap();
    assert_eq!((form.form_data.step, form.form_data.answers.len()), (4, 2));
    let profile = OAuthProfile { sub: "42".to_owned(), email: None, name: None, picture: None };
    let new = NewOAuthVerification::new(
        "lucia@example.org",
        "github",
        "42",
        "token",
        moment("2030-01-01T00:00:00Z"),
        Json(profile.clone()),
    );
    let made = OAuthVerification::insert(new).one(connection).unwrap();
    assert_eq!(made.oauth_profile, Json(profile));
}

fn a_document_that_does_not_fit_names_table_column_and_row(
    database: &Database,
    connection: &Connection,
) {
    seed::run(connection).unwrap();
    let sql = "UPDATE profiles SET geo = '{\"lat\": \"north\"}' WHERE name = 'Lucía Fernández'";
    assert_eq!(database.execute(sql).unwrap(), 1);
    let error = Profile::all().all(connection).unwrap_err();
    let RowError::Decode { table, column, key, .. } = &error else { panic!("{error:?}") };
    assert_eq!((*table, column.as_str()), ("profiles", "geo"));
    assert!(key.as_ref().is_some_and(|key| key.contains("lucia")), "{key:?}");
}

fn an_article_goes_its_way(_: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let [lucia, amara] = ["lucia", "amara"].map(|name| user(connection, name));
    let at = moment("2030-03-01T09:00:00Z");
    let draft = || Draft {
        slug: "kiln".to_owned(),
        title: "The kiln".to_owned(),
        content: "word ".repeat(401),
        kind: ArticleType::CommunityCommentary,
        tags: vec!["art".to_owned()],
        in_reply_to: None,
    };
    let article = articles::draft(connection, &lucia.id, draft()).unwrap();
    assert_eq!((article.status, article.reading_time), (ArticleStatus::Draft, 3));
    assert!(matches!(articles::draft(connection, &amara.id, draft()), Err(Error::SlugTaken)));
    let early = articles::publish(connection, &article.id, at);
    assert!(matches!(early, Err(Error::NotInReview)));
    articles::submit(connection, &article.id, &amara.id, at).unwrap();
    let shown = articles::published().count(connection).unwrap();
    let article = articles::publish(connection, &article.id, at).unwrap();
    assert_eq!(article.published_at, Some(at));
    let review = article.reviewed_by.as_ref().unwrap();
    assert_eq!((&review.user_id, review.approved_at), (&amara.id, Some(at)));
    assert_eq!(articles::published().first(connection).unwrap().unwrap().id, article.id);
    assert_eq!(articles::published().count(connection).unwrap(), shown + 1);
    let removed = articles::remove(connection, &article.id, &amara.id, "a copy", at).unwrap();
    assert_eq!(removed.removed_by.as_ref(), Some(&amara.id));
    assert_eq!(articles::published().count(connection).unwrap(), shown);
    let of_lucia = articles::of_author(&lucia.id, ArticleStatus::Removed);
    assert_eq!(of_lucia.count(connection).unwrap(), 1);
}

fn an_answer_outlives_what_it_answers(_: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let oven = article(connection, "a-new-oven");
    let plates = article(connection, "plates-for-bread");
    assert_eq!(plates.in_reply_to.as_ref(), Some(&oven.id));
    assert_eq!(articles::answers(&oven.id).count(connection).unwrap(), 1);
    Article::delete(&oven.id).run(connection).unwrap();
    assert_eq!(article(connection, "plates-for-bread").in_reply_to, None);
}

fn an_article_is_announced_once_by_each_author(_: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let plates = article(connection, "plates-for-bread");
    let amara = user(connection, "amara");
    let first = articles::announce(connection, &plates.id, &plates.author_id, "look").unwrap();
    let again = articles::announce(connection, &plates.id, &plates.author_id, "look!").unwrap();
    assert_eq!(again, first);
    articles::announce(connection, &plates.id, &amara.id, "read").unwrap();
    assert_eq!(ArticleAnnouncement::all().count(connection).unwrap(), 2);
}

fn a_name_that_was_somebodys_stays_theirs(_: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let [lucia, amara] = ["lucia", "amara"].map(|name| user(connection, name));
    let at = moment("2030-03-01T09:00:00Z");
    let taken = directory::rename(connection, &lucia.id, "amara", at);
    assert!(matches!(taken, Err(Error::ScreennameTaken)));
    assert_eq!(user(connection, "lucia"), lucia, "nothing of it happened");
    directory::rename(connection, &lucia.id, "lucia_f", at).unwrap();
    let taken = directory::rename(connection, &amara.id, "lucia", at);
    assert!(matches!(taken, Err(Error::ScreennameTaken)), "it leads to somebody else");
    let back = directory::rename(connection, &lucia.id, "lucia", at).unwrap();
    assert_eq!(back.screenname.as_deref(), Some("lucia"));
    let history = ScreennameHistory::all().order(ScreennameHistory::SCREENNAME.asc());
    let history: Vec<String> =
        history.all(connection).unwrap().into_iter().map(|row| row.screenname).collect();
    assert_eq!(history, ["lucia", "lucia_f"]);
}

fn deleting_a_user_deletes_and_keeps_what_it_should(_: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let lucia = user(connection, "lucia");
    User::delete(&lucia.id).run(connection).unwrap();
    assert_eq!(Article::all().count(connection).unwrap(), 2, "an author's articles go");
    assert_eq!(UserFollow::all().count(connection).unwrap(), 0);
    let profile = Profile::all().filter(Profile::EMAIL.eq("lucia@example.org"));
    assert_eq!(profile.one(connection).unwrap().user_id, None, "the listing stays");
    let session = MentorSession::all().one(connection).unwrap();
    assert_eq!(session.mentee_user_id, None);
    assert!(session.mentor_user_id.is_some());
    assert_eq!(SocialActor::all().count(connection).unwrap(), 3);
}

fn a_session_is_known_by_its_token(_: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let lucia = user(connection, "lucia");
    let expires = moment("2030-05-01T00:00:00.000001Z");
    let new = NewSession::new("opaque", lucia.id.clone(), expires);
    let made = Session::insert(new).one(connection).unwrap();
    let found = Session::get("opaque").one(connection).unwrap();
    assert_eq!(found, made);
    assert_eq!(found.expires, expires);
    User::delete(&lucia.id).run(connection).unwrap();
    assert_eq!(Session::all().count(connection).unwrap(), 0);
}

fn a_key_of_two_columns(_: &Database, connection: &Connection) {
    let expires = moment("2030-05-01T00:00:00Z");
    let new = |identifier: &str, token: &str| NewVerificationToken::new(identifier, token, expires);
    VerificationToken::insert(new("a@example.org", "1")).run(connection).unwrap();
    VerificationToken::insert(new("a@example.org", "2")).run(connection).unwrap();
    let error = VerificationToken::insert(new("b@example.org", "2")).run(connection).unwrap_err();
    assert!(
        matches!(&error, RowError::Unique { columns, .. } if columns == &["token"]),
        "{error:?}"
    );
}

fn an_account_elsewhere_is_somebodys_once(_: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let [lucia, amara] = ["lucia", "amara"].map(|name| user(connection, name));
    let new = |user: &User| NewAccount::new(user.id.clone(), "oauth", "github", "42");
    Account::insert(new(&lucia)).run(connection).unwrap();
    let error = Account::insert(new(&amara)).run(connection).unwrap_err();
    let RowError::Unique { columns, .. } = &error else { panic!("{error:?}") };
    assert_eq!(columns, &["provider", "provider_account_id"]);
}

fn following_and_liking_happen_once(_: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let [lucia, bakery, amara] =
        ["lucia", "panaderia_sol", "amara"].map(|name| actor(connection, name));
    let at = moment("2030-03-01T09:00:00Z");
    let first = social::follow(connection, &lucia.id, &bakery, at).unwrap();
    assert_eq!((first.status, first.accepted_at), (FollowStatus::Accepted, Some(at)));
    assert_eq!(social::follow(connection, &lucia.id, &bakery, at).unwrap(), first);
    let asked = social::follow(connection, &lucia.id, &amara, at).unwrap();
    assert_eq!(asked.status, FollowStatus::Pending);
    assert_eq!(SocialFollow::all().count(connection).unwrap(), 2);
    let status = social::say(connection, &bakery.id, "https://x/1", "Bread!", &[], at).unwrap();
    for _ in 0..2 {
        let liked = social::like(connection, &lucia.id, &status.id).unwrap();
        assert_eq!(liked.likes_count, 1);
    }
    assert_eq!(social::like(connection, &amara.id, &status.id).unwrap().likes_count, 2);
    assert_eq!(SocialLike::all().count(connection).unwrap(), 2);
    SocialActor::delete(&bakery.id).run(connection).unwrap();
    assert_eq!(SocialStatus::all().count(connection).unwrap(), 0);
    assert_eq!(SocialLike::all().count(connection).unwrap(), 0);
    assert_eq!(SocialFollow::all().count(connection).unwrap(), 1);
}

fn what_is_said_reaches_its_recipients(_: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let bakery = actor(connection, "panaderia_sol");
    let at = moment("2030-03-01T09:00:00Z");
    let to = ["https://a.example/1", "https://b.example/2"];
    let status = social::say(connection, &bakery.id, "https://x/1", "Bread!", &to, at).unwrap();
    assert_eq!(*status.recipient_to, to.map(str::to_owned));
    let reached = SocialRecipient::all().filter(SocialRecipient::ACTOR_URI.eq(to[1]));
    assert_eq!(reached.one(connection).unwrap().status_id, status.id);
    // The same address twice: nothing of it is said.
    let twice = [to[0], to[0]];
    let error = social::say(connection, &bakery.id, "https://x/2", "Again", &twice, at);
    assert!(matches!(error, Err(Error::Rows(RowError::Unique { .. }))), "{error:?}");
    assert_eq!(social::outbox(&bakery.id).count(connection).unwrap(), 1);
}

fn notifications_are_read_and_purged(_: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let [lucia, amara] = ["lucia", "amara"].map(|name| user(connection, name));
    let context = NotificationContext::Coauthor;
    for activity in [ActivityType::Invite, ActivityType::Accept, ActivityType::Undo] {
        inbox::tell(connection, activity, &amara, &lucia.id, context).unwrap();
    }
    let unread = inbox::unread(&lucia.id);
    assert_eq!(unread.clone().count(connection).unwrap(), 3);
    assert_eq!(unread.first(connection).unwrap().unwrap().activity, ActivityType::Undo);
    assert_eq!(inbox::unread(&amara.id).count(connection).unwrap(), 0);
    let at = moment("2030-03-01T09:00:00Z");
    assert_eq!(inbox::read_all(connection, &lucia.id, at).unwrap(), 3);
    assert_eq!(inbox::read_all(connection, &lucia.id, at).unwrap(), 0);
    let first = Notification::all().first(connection).unwrap().unwrap();
    Notification::update(&first.id)
        .set(Notification::EXPIRES_AT, Some(at))
        .run(connection)
        .unwrap();
    assert_eq!(inbox::purge(connection, at).unwrap(), 1);
    assert_eq!(Notification::all().count(connection).unwrap(), 2);
    // A list of users, with its members.
    let list =
        UserList::insert(NewUserList::new(lucia.id.clone(), "Friends")).one(connection).unwrap();
    let member = NewUserListMember::new(list.id.clone(), amara.id.clone());
    UserListMember::insert(member).run(connection).unwrap();
    UserList::delete(&list.id).run(connection).unwrap();
    assert_eq!(UserListMember::all().count(connection).unwrap(), 0);
    let business = directory::of_members(&[MembershipLevel::Business, MembershipLevel::Partner]);
    assert_eq!(business.one(connection).unwrap().name, "Panadería Sol");
}

/// The names of the database's enumerated types with their values, as the page has them.
const ENUMS: &[(&str, &str)] = &[
    ("account_type", "personal small_business hybrid other"),
    ("article_status", "draft pending_review revision_needed published removed"),
    ("article_type", "business_update community_commentary"),
    ("intake_form_type", "art apparel food goods org services"),
    ("membership_level", "free basic premium business partner"),
    (
        "notification_activity_type",
        "Invite Accept Reject Create Update Delete Announce Like Follow Undo",
    ),
    ("notification_context", "coauthor review article mentoring mention follow message system"),
    ("notification_object_type", "article profile session comment"),
    ("session_status", "pending scheduled in_progress completed cancelled declined"),
    ("session_type", "artistic knowledge_transfer panamia_planning pana_support"),
    ("social_follow_status", "pending accepted rejected"),
    ("social_recipient_kind", "to cc"),
];

fn every_enum_has_the_values_of_the_page(database: &Database, _: &Connection) {
    let rows = database.query(
        "SELECT t.typname::text, string_agg(e.enumlabel, ' ' ORDER BY e.enumsortorder)
         FROM pg_catalog.pg_type t JOIN pg_catalog.pg_enum e ON e.enumtypid = t.oid
         GROUP BY t.typname ORDER BY t.typname",
    );
    let found: Vec<(&str, &str)> = rows
        .rows
        .iter()
        .map(|row| (row[0].as_text().unwrap(), row[1].as_text().unwrap()))
        .collect();
    assert_eq!(found, ENUMS);
}

/// The tables of the page, sorted.
const TABLES: &[&str] = &[
    "accounts",
    "article_announcements",
    "articles",
    "brevo_contacts",
    "contact_submissions",
    "email_migrations",
    "intake_forms",
    "interactions",
    "mentor_sessions",
    "newsletter_signups",
    "notifications",
    "o_auth_verifications",
    "profiles",
    "screenname_history",
    "sessions",
    "social_actors",
    "social_attachments",
    "social_follows",
    "social_likes",
    "social_recipients",
    "social_statuses",
    "social_tags",
    "user_follows",
    "user_list_members",
    "user_lists",
    "users",
    "verification_tokens",
];

fn every_table_of_the_page_is_there(database: &Database, _: &Connection) {
    let schema = database.schema();
    let mut found: Vec<String> = schema.tables.keys().map(ToString::to_string).collect();
    found.sort();
    assert_eq!(found, TABLES);
}

fn the_history_goes_up_down_and_up_again_to_the_same_catalog(database: &Database, _: &Connection) {
    database.up_down_up(TABLES.len());
}

fn the_database_is_what_the_declarations_say(database: &Database, _: &Connection) {
    database.holds_the_declarations();
}

fn push_builds_the_same(database: &Database, _: &Connection) {
    database.is_what_push_builds();
}
