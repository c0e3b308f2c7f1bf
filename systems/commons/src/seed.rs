//! The seed: people, their profiles, articles and what they say to each other. Running it again changes nothing.

use std::collections::BTreeMap;

use peristyle::{Connection, Decimal, Id, Json, Table, Timestamp};

use crate::schema::auth::{AccountType, NewUser, NotificationPreferences, User};
use crate::schema::content::{Article, ArticleStatus, ArticleType, CoAuthor, NewArticle};
use crate::schema::engagement::{NewUserFollow, UserFollow};
use crate::schema::mentoring::{
    FormData, IntakeForm, IntakeFormType, MentorSession, NewIntakeForm, NewMentorSession,
    SessionType,
};
use crate::schema::ops::{BrevoContact, NewBrevoContact};
use crate::schema::profiles::{
    Descriptions, Geo, Hours, MembershipLevel, Mentoring, NewProfile, Profile, Socials,
};
use crate::schema::social::{NewSocialActor, SocialActor};
use crate::{Error, Result};

struct Person {
    key: &'static str,
    email: &'static str,
    name: &'static str,
    screenname: &'static str,
    kind: AccountType,
    level: MembershipLevel,
    tagline: &'static str,
    /// Degrees north and east.
    place: (&'static str, &'static str),
    other_addresses: &'static [&'static str],
}

const PEOPLE: &[Person] = &[
    Person {
        key: "lucia",
        email: "lucia@example.org",
        name: "Lucía Fernández",
        screenname: "lucia",
        kind: AccountType::Personal,
        level: MembershipLevel::Free,
        tagline: "Ceramics from the bay",
        place: ("25.7616798", "-80.1917902"),
        other_addresses: &["l.fernandez@example.org", "studio@example.org"],
    },
    Person {
        key: "panaderia",
        email: "hola@panaderia.example",
        name: "Panadería Sol",
        screenname: "panaderia_sol",
        kind: AccountType::SmallBusiness,
        level: MembershipLevel::Business,
        tagline: "Bread before sunrise",
        place: ("25.7742660", "-80.1936589"),
        other_addresses: &[],
    },
    Person {
        key: "amara",
        email: "amara@example.org",
        name: "Amara Baptiste",
        screenname: "amara",
        kind: AccountType::Hybrid,
        level: MembershipLevel::Premium,
        tagline: "Grant writing for artists",
        place: ("25.8100000", "-80.2000000"),
        other_addresses: &["amara@grants.example"],
    },
];

/// When the seeded rows came to be: the same rows every time.
const ENTERED: &str = "2030-01-02T08:00:00Z";

/// How many rows came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seeded {
    pub users: u64,
    pub profiles: u64,
    pub actors: u64,
    pub articles: u64,
    pub others: u64,
}

/// Enters what is not there yet, in one transaction.
pub fn run(connection: &Connection) -> Result<Seeded> {
    connection.transaction(|connection| {
        let at: Timestamp = parse(ENTERED)?;
        let mut came = Seeded::default();
        for person in PEOPLE {
            came.users +=
                User::insert(user(person, at)).or_keep(User::EMAIL_KEY).run(connection)?;
            came.profiles += Profile::insert(profile(person, at)?)
                .or_keep(Profile::EMAIL_KEY)
                .run(connection)?;
            came.actors += SocialActor::insert(actor(person, at))
                .or_keep(SocialActor::URI_KEY)
                .run(connection)?;
        }
        for article in articles(at) {
            came.articles += Article::insert(article).or_keep(Article::SLUG_KEY).run(connection)?;
        }
        came.others += others(connection, at)?;
        Ok(came)
    })
}

fn user(person: &Person, at: Timestamp) -> NewUser {
    let preferences = NotificationPreferences { email: true, push: false, muted: Vec::new() };
    NewUser {
        id: Some(id("us", person.key)),
        email_verified: Some(at),
        name: Some(person.name.to_owned()),
        screenname: Some(person.screenname.to_owned()),
        account_type: Some(person.kind),
        alternate_emails: Some(person.other_addresses.iter().map(|a| (*a).to_owned()).collect()),
        notification_preferences: Some(Json(preferences)),
        created_at: Some(at),
        updated_at: Some(at),
        ..NewUser::new(person.email)
    }
}

fn profile(person: &Person, at: Timestamp) -> Result<NewProfile> {
    let (lat, lng) = person.place;
    let open = Hours { opens: "08:00".to_owned(), closes: "17:30".to_owned() };
    Ok(NewProfile {
        id: Some(id("pr", person.key)),
        user_id: Some(id("us", person.key)),
        address_lat: Some(parse::<Decimal>(lat)?),
        address_lng: Some(parse::<Decimal>(lng)?),
        active: Some(true),
        membership_level: Some(person.level),
        descriptions: Some(Json(Descriptions {
            tagline: Some(person.tagline.to_owned()),
            ..Descriptions::default()
        })),
        socials: Some(Json(Socials {
            website: Some(format!("https://{}.example", person.screenname)),
            ..Socials::default()
        })),
        hours: Some(Json(BTreeMap::from([("monday".to_owned(), open)]))),
        geo: Some(Json(Geo { lat: parse(lat)?, lng: parse(lng)? })),
        mentoring: (person.key == "amara").then(|| {
            Json(Mentoring {
                enabled: true,
                expertise: vec!["grants".to_owned(), "budgets".to_owned()],
                languages: vec!["en".to_owned(), "fr".to_owned(), "ht".to_owned()],
                goals: None,
            })
        }),
        created_at: Some(at),
        updated_at: Some(at),
        ..NewProfile::new(person.email, person.name)
    })
}

fn actor(person: &Person, at: Timestamp) -> NewSocialActor {
    let uri = format!("https://commons.example/users/{}", person.screenname);
    let below = |path: &str| format!("{uri}/{path}");
    NewSocialActor {
        id: Some(id("ac", person.key)),
        profile_id: Some(id("pr", person.key)),
        name: Some(person.name.to_owned()),
        manually_approves_followers: Some(person.key == "amara"),
        created_at: Some(at),
        updated_at: Some(at),
        ..NewSocialActor::new(
            person.screenname,
            "commons.example",
            uri.clone(),
            below("inbox"),
            below("outbox"),
            below("followers"),
            below("following"),
            "-----BEGIN PUBLIC KEY-----",
        )
    }
}

fn articles(at: Timestamp) -> [NewArticle; 3] {
    let article = |key: &str, slug: &str, title: &str, content: &str, kind, author| NewArticle {
        id: Some(id("ar", key)),
        created_at: Some(at),
        updated_at: Some(at),
        ..NewArticle::new(slug, title, content, kind, id::<User>("us", author))
    };
    let (update, commentary) = (ArticleType::BusinessUpdate, ArticleType::CommunityCommentary);
    [
        NewArticle {
            tags: Some(vec!["food".to_owned(), "news".to_owned()]),
            status: Some(ArticleStatus::Published),
            published_at: Some(at),
            ..article("oven", "a-new-oven", "A new oven", "It is hot.", update, "panaderia")
        },
        NewArticle {
            tags: Some(vec!["food".to_owned(), "art".to_owned()]),
            status: Some(ArticleStatus::Published),
            published_at: Some(at),
            in_reply_to: Some(id("ar", "oven")),
            co_authors: Some(Json(vec![CoAuthor {
                user_id: id("us", "amara"),
                invited_at: at,
                accepted_at: Some(at),
            }])),
            ..article(
                "plates",
                "plates-for-bread",
                "Plates for bread",
                "Blue.",
                commentary,
                "lucia",
            )
        },
        article("grants", "grants-in-spring", "Grants in spring", "Soon.", commentary, "amara"),
    ]
}

fn others(connection: &Connection, at: Timestamp) -> Result<u64> {
    let new = NewUserFollow {
        id: Some(id("uf", "lucia")),
        created_at: Some(at),
        ..NewUserFollow::new(id("us", "lucia"), id("us", "panaderia"))
    };
    let mut came = UserFollow::insert(new)
        .or_keep(UserFollow::FOLLOWER_ID_FOLLOWING_ID_KEY)
        .run(connection)?;
    let new = NewMentorSession {
        id: Some(id("ms", "first")),
        mentor_user_id: Some(id("us", "amara")),
        mentee_user_id: Some(id("us", "lucia")),
        created_at: Some(at),
        updated_at: Some(at),
        ..NewMentorSession::new(
            "amara@example.org",
            "lucia@example.org",
            "room-1",
            parse::<Timestamp>("2030-02-01T15:00:00Z")?,
            "A first grant",
            SessionType::KnowledgeTransfer,
        )
    };
    came += MentorSession::insert(new).or_keep(MentorSession::SESSION_ID_KEY).run(connection)?;
    let answers = BTreeMap::from([
        ("medium".to_owned(), serde_json::json!(["clay", "glaze"])),
        ("years".to_owned(), serde_json::json!(12)),
    ]);
    let new = NewIntakeForm {
        id: Some(id("if", "lucia")),
        created_at: Some(at),
        updated_at: Some(at),
        ..NewIntakeForm::new(
            "lucia@example.org",
            IntakeFormType::Art,
            Json(FormData { step: 3, answers }),
        )
    };
    came += IntakeForm::insert(new).or_keep(IntakeForm::EMAIL_KEY).run(connection)?;
    let new = NewBrevoContact {
        id: Some(id("bc", "lucia")),
        list_ids: Some(vec![2, 7]),
        created_at: Some(at),
        updated_at: Some(at),
        ..NewBrevoContact::new("lucia@example.org", 9001)
    };
    came += BrevoContact::insert(new).or_keep(BrevoContact::EMAIL_KEY).run(connection)?;
    Ok(came)
}

/// A key as long as a CUID2, the same each time: what it is of, and its name.
fn id<T: peristyle::query::Keyed<Key = String>>(kind: &str, name: &str) -> Id<T> {
    Id::new(format!("{kind}{name:0>22}"))
}

/// What this file states; a mistake in it is an error that shows the text.
fn parse<T: std::str::FromStr>(text: &'static str) -> Result<T> {
    text.parse().map_err(|_| Error::SeedData(text))
}
