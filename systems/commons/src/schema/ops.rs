//! What keeps the platform running: mail, newsletters, changes of address.

use peristyle::{Id, Json, Table, Timestamp};
use serde::{Deserialize, Serialize};

use super::auth::User;

/// A message from the contact form.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "contact_submissions")]
pub struct ContactSubmission {
    #[key(default = cuid2)]
    pub id: Id<ContactSubmission>,
    pub name: String,
    #[index]
    pub email: String,
    pub message: Option<String>,
    #[column(default = false)]
    pub acknowledged: bool,
    #[index]
    #[column(default = app::now)]
    pub created_at: Timestamp,
    #[column(default = app::now, on_update = now)]
    pub updated_at: Timestamp,
}

/// Somebody who wants the newsletter.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "newsletter_signups")]
pub struct NewsletterSignup {
    #[key(default = cuid2)]
    pub id: Id<NewsletterSignup>,
    #[unique]
    pub email: String,
    pub name: Option<String>,
    pub signup_type: Option<String>,
    #[column(default = false)]
    pub acknowledged: bool,
    #[index]
    #[column(default = app::now)]
    pub created_at: Timestamp,
    #[column(default = app::now, on_update = now)]
    pub updated_at: Timestamp,
}

/// What the service that sends our mail knows of an address.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "brevo_contacts")]
pub struct BrevoContact {
    #[key(default = cuid2)]
    pub id: Id<BrevoContact>,
    #[unique]
    pub email: String,
    pub brevo_id: i32,
    /// The service's lists that the address is on.
    #[column(default = sql("'{}'::integer[]"))]
    pub list_ids: Vec<i32>,
    pub synced_at: Option<Timestamp>,
    #[column(default = app::now)]
    pub created_at: Timestamp,
    #[column(default = app::now, on_update = now)]
    pub updated_at: Timestamp,
}

/// A user moves to another address, once they answer from there.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "email_migrations")]
pub struct EmailMigration {
    #[key(default = cuid2)]
    pub id: Id<EmailMigration>,
    #[references(on_delete = cascade)]
    #[index]
    pub user_id: Id<User>,
    pub old_email: String,
    #[index]
    pub new_email: String,
    #[unique]
    pub migration_token: String,
    #[index]
    pub expires_at: Timestamp,
    #[column(default = app::now)]
    pub created_at: Timestamp,
}

/// Somebody signs in through another provider with an address that has an account: they must answer from it first.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "o_auth_verifications")]
#[index(provider, provider_account_id)]
pub struct OAuthVerification {
    #[key(default = cuid2)]
    pub id: Id<OAuthVerification>,
    #[index]
    pub email: String,
    pub provider: String,
    pub provider_account_id: String,
    #[unique]
    pub verification_token: String,
    #[index]
    pub expires_at: Timestamp,
    pub oauth_profile: Json<OAuthProfile>,
    #[column(default = app::now)]
    pub created_at: Timestamp,
}

/// What the provider says of somebody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OAuthProfile {
    pub sub: String,
    #[serde(default)]
    pub email: Option<String>,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub picture: Option<String>,
}
