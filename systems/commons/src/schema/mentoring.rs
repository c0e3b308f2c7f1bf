//! Mentoring: sessions, and the forms that lead to them.

use peristyle::{Enum, Id, Json, Table, Timestamp};
use serde::{Deserialize, Serialize};

use super::auth::User;

/// A mentor and a mentee meet. They are known by their addresses, and by their accounts where they have one.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "mentor_sessions")]
#[index(mentor_email, scheduled_at)]
#[index(mentee_email, scheduled_at)]
pub struct MentorSession {
    #[key(default = cuid2)]
    pub id: Id<MentorSession>,
    pub mentor_email: String,
    pub mentee_email: String,
    #[references(on_delete = set_null)]
    #[index]
    pub mentor_user_id: Option<Id<User>>,
    #[references(on_delete = set_null)]
    #[index]
    pub mentee_user_id: Option<Id<User>>,
    /// The name of the room in which they meet.
    #[unique]
    pub session_id: String,
    #[index]
    pub scheduled_at: Timestamp,
    /// In minutes.
    #[column(default = 60)]
    pub duration: i32,
    pub topic: String,
    pub session_type: SessionType,
    #[index]
    #[column(default = SessionStatus::Pending)]
    pub status: SessionStatus,
    pub notes: Option<String>,
    pub completed_at: Option<Timestamp>,
    pub cancelled_at: Option<Timestamp>,
    pub cancelled_by: Option<String>,
    pub cancel_reason: Option<String>,
    pub declined_at: Option<Timestamp>,
    pub declined_by: Option<String>,
    pub decline_reason: Option<String>,
    #[column(default = app::now)]
    pub created_at: Timestamp,
    #[column(default = app::now, on_update = now)]
    pub updated_at: Timestamp,
}

/// A form that somebody fills in before they are listed.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "intake_forms")]
pub struct IntakeForm {
    #[key(default = cuid2)]
    pub id: Id<IntakeForm>,
    #[unique]
    pub email: String,
    #[index]
    pub form_type: IntakeFormType,
    pub name: Option<String>,
    #[index]
    #[column(default = false)]
    pub complete: bool,
    pub form_data: Json<FormData>,
    #[column(default = app::now)]
    pub created_at: Timestamp,
    #[column(default = app::now, on_update = now)]
    pub updated_at: Timestamp,
}

/// Where a session stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[enum_type(name = "session_status")]
pub enum SessionStatus {
    Pending,
    Scheduled,
    InProgress,
    Completed,
    Cancelled,
    Declined,
}

/// What a session is about.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[enum_type(name = "session_type")]
pub enum SessionType {
    Artistic,
    KnowledgeTransfer,
    PanamiaPlanning,
    PanaSupport,
}

/// What a form is for.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[enum_type(name = "intake_form_type")]
pub enum IntakeFormType {
    Art,
    Apparel,
    Food,
    Goods,
    Org,
    Services,
}

/// What was filled in: the answers by the names of their fields.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FormData {
    /// The page that was reached.
    #[serde(default)]
    pub step: u32,
    #[serde(default)]
    pub answers: std::collections::BTreeMap<String, serde_json::Value>,
}
