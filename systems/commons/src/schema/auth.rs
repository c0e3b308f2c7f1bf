//! Who may sign in, and how.

use peristyle::{Enum, Id, Json, Table, Timestamp};
use serde::{Deserialize, Serialize};

/// Somebody with an account.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "users")]
pub struct User {
    #[key(default = cuid2)]
    pub id: Id<User>,
    #[unique]
    pub email: String,
    pub email_verified: Option<Timestamp>,
    pub name: Option<String>,
    pub image: Option<String>,
    /// The name that others see; every name is somebody's.
    #[unique]
    pub screenname: Option<String>,
    pub last_screenname_change: Option<Timestamp>,
    #[column(default = "user")]
    pub role: String,
    #[column(default = AccountType::Personal)]
    pub account_type: AccountType,
    /// When the account was locked; a locked account cannot sign in.
    pub locked_at: Option<Timestamp>,
    /// Other addresses of the same person.
    #[column(default = sql("'{}'::text[]"))]
    pub alternate_emails: Vec<String>,
    pub notification_preferences: Option<Json<NotificationPreferences>>,
    pub zip_code: Option<String>,
    /// Who recommended the platform to this user.
    pub affiliate: Option<Json<Affiliate>>,
    #[column(default = app::now)]
    pub created_at: Timestamp,
    #[column(default = app::now, on_update = now)]
    pub updated_at: Timestamp,
}

/// An account at another provider that a user signs in with.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "accounts")]
#[unique(provider, provider_account_id)]
pub struct Account {
    #[key(default = cuid2)]
    pub id: Id<Account>,
    /// Whose it is. Indexed, because deleting a user looks for it.
    #[references(on_delete = cascade)]
    #[index]
    pub user_id: Id<User>,
    #[column(name = "type")]
    pub kind: String,
    pub provider: String,
    pub provider_account_id: String,
    pub refresh_token: Option<String>,
    pub access_token: Option<String>,
    /// Seconds since 1970, as the provider says it.
    pub expires_at: Option<i32>,
    pub token_type: Option<String>,
    pub scope: Option<String>,
    pub id_token: Option<String>,
    pub session_state: Option<String>,
}

/// A user who is signed in. The token is the key: it is all that a request carries.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "sessions")]
pub struct Session {
    #[key]
    pub session_token: String,
    /// Whose session it is. Indexed, because deleting a user looks for it.
    #[references(on_delete = cascade)]
    #[index]
    pub user_id: Id<User>,
    pub expires: Timestamp,
}

/// A token that was sent to an address, to be brought back once.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "verification_tokens")]
#[key(identifier, token)]
pub struct VerificationToken {
    pub identifier: String,
    #[unique]
    pub token: String,
    pub expires: Timestamp,
}

/// What kind of account it is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[enum_type(name = "account_type")]
pub enum AccountType {
    Personal,
    SmallBusiness,
    Hybrid,
    Other,
}

/// What a user wants to be told, and how.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct NotificationPreferences {
    #[serde(default)]
    pub email: bool,
    #[serde(default)]
    pub push: bool,
    /// Kinds of notification that are not wanted.
    #[serde(default)]
    pub muted: Vec<String>,
}

/// Who recommended the platform.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Affiliate {
    pub code: String,
    #[serde(default)]
    pub points: i64,
    #[serde(default)]
    pub accepted_terms_at: Option<Timestamp>,
}
