//! Reading declarations: whole files, modules, and everything that can be wrong in them.

use std::path::Path;

use peristyle_declare::{read_path, resolve};
use peristyle_schema::{Action, ObjectKind, Type};

#[test]
fn a_whole_application() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/matchmaker.rs");
    let declarations = read_path(&file).unwrap_or_else(|e| panic!("{e:#?}"));
    let schema = resolve(&declarations).unwrap_or_else(|e| panic!("{e:#?}"));
    let names: Vec<String> = schema.tables.keys().map(ToString::to_string).collect();
    assert_eq!(names, ["availability_slots", "bookings", "practitioners", "sessions", "users"]);
    let bookings = &schema.tables[&"bookings".into()];
    assert_eq!(bookings.foreign_keys.len(), 4);
    assert_eq!(
        bookings.columns.get("status").unwrap().data_type,
        Type::Enum("booking_status".into())
    );
    assert_eq!(bookings.columns.get("id").unwrap().data_type, Type::Text);
    assert_eq!(bookings.foreign_keys[1].on_delete, Action::SetNull);
    assert!(bookings.indexes.contains("bookings_live_slot_key"));
    assert_eq!(schema.objects.keys().next().unwrap().kind, ObjectKind::View);
    assert_eq!(
        schema.tables[&"practitioners".into()].doc.as_deref(),
        Some("A licensed practitioner that intake sessions are matched with.")
    );
}
