//! The derive and the reader of sources see the same declarations: they are one parser, called twice. Each fixture of the
//! reader is compiled here.

#![allow(
    clippy::duplicated_attributes,
    reason = "two unique keys may share a column; the lint takes the attributes of any derive for its own"
)]

use std::path::Path;

use peristyle::{Enum, Newtype, Table, View};
use peristyle_declare::Declarations;

fn parsed<T: for<'de> serde::Deserialize<'de>>(declarations: &[&str]) -> Vec<T> {
    declarations.iter().map(|text| serde_json::from_str(text).expect("a declaration")).collect()
}

fn assert_parity(fixture: &str, derived: Declarations) {
    let path = Path::new("../peristyle-declare/tests/fixtures").join(fixture);
    let read = peristyle_declare::read_path(&path).expect("the fixture is read");
    // Objects without a struct are nothing in the program.
    let derived = Declarations { objects: read.objects.clone(), ..derived };
    assert_eq!(derived, read, "{fixture}");
    assert_eq!(
        peristyle_declare::resolve(&derived),
        peristyle_declare::resolve(&read),
        "{fixture}"
    );
}

macro_rules! fixtures {
    ($($module:ident $path:literal: [$($table:ident)*] [$($view:ident)*] [$($enum:ident)*] [$($newtype:ident)*];)*) => {$(
        #[path = $path]
        #[allow(dead_code, missing_docs)]
        mod $module;

        #[test]
        fn $module() {
            assert_parity(concat!(stringify!($module), ".rs"), Declarations {
                tables: parsed(&[$(<$module::$table as Table>::DECLARATION),*]),
                views: parsed(&[$(<$module::$view as View>::DECLARATION),*]),
                enums: parsed(&[$(<$module::$enum as Enum>::DECLARATION),*]),
                newtypes: parsed(&[$(<$module::$newtype as Newtype>::DECLARATION),*]),
                ..Declarations::default()
            });
        }
    )*};
}

fixtures! {
    checks "../../peristyle-declare/tests/fixtures/checks.rs":
        [Range] [] [] [];
    defaults "../../peristyle-declare/tests/fixtures/defaults.rs":
        [Setting] [] [Mode] [];
    documentation "../../peristyle-declare/tests/fixtures/documentation.rs":
        [Chapter] [] [Tone] [];
    enums "../../peristyle-declare/tests/fixtures/enums.rs":
        [Order] [] [State HTTPMethod] [];
    indexes "../../peristyle-declare/tests/fixtures/indexes.rs":
        [Article] [] [] [];
    keys "../../peristyle-declare/tests/fixtures/keys.rs":
        [Account Ticket Event Invoice Receipt Municipality Country Profile Attendance Device LogLine] [] [] [];
    matchmaker "../../peristyle-declare/tests/fixtures/matchmaker.rs":
        [User Session Practitioner AvailabilitySlot Booking] [VisiblePractitioner] [BookingStatus] [];
    names "../../peristyle-declare/tests/fixtures/names.rs":
        [Category Diagnosis HTTPProxy Weird] [] [Kind] [];
    newtypes "../../peristyle-declare/tests/fixtures/newtypes.rs":
        [Customer] [] [] [Email Euros Seen Stars];
    objects "../../peristyle-declare/tests/fixtures/objects.rs":
        [Note] [RecentNote NoteSizes] [] [];
    postgres "../../peristyle-declare/tests/fixtures/postgres.rs":
        [Room Booking RoomName Event Events2026 EventsRest Suite] [FreeRoom OneRow] [Mood RoomUse] [Tag];
    references "../../peristyle-declare/tests/fixtures/references.rs":
        [Tenant Person Badge] [] [] [];
    renames "../../peristyle-declare/tests/fixtures/renames.rs":
        [Practitioner] [] [Rank] [];
    storage "../../peristyle-declare/tests/fixtures/storage.rs":
        [Product Review KeyValue Legacy] [] [] [];
    types "../../peristyle-declare/tests/fixtures/types.rs":
        [Sample MaybeSample] [] [] [];
}

#[test]
fn no_fixture_is_left_out() {
    let listed = include_str!("parity.rs");
    for entry in std::fs::read_dir("../peristyle-declare/tests/fixtures").expect("the fixtures") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        assert!(listed.contains(&format!("/fixtures/{name}\"")), "{name} is not compared");
    }
}
