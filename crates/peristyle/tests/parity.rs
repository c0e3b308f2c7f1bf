//! The derive and the reader of sources see the same declarations: they are one parser, called twice.

use std::path::Path;

use peristyle::{Enum as _, Table as _, View as _};
use peristyle_declare::Declarations;
use peristyle_schema::Schema;

#[path = "../../peristyle-declare/tests/fixtures/matchmaker.rs"]
#[allow(dead_code, missing_docs)]
mod matchmaker;

fn from_source(fixture: &str) -> Schema {
    let path = Path::new("../peristyle-declare/tests/fixtures").join(fixture);
    let declarations = peristyle_declare::read_path(&path).expect("the fixture is read");
    peristyle_declare::resolve(&declarations).expect("the fixture is resolved")
}

fn parsed<T: for<'de> serde::Deserialize<'de>>(declarations: &[&str]) -> Vec<T> {
    declarations.iter().map(|text| serde_json::from_str(text).expect("a declaration")).collect()
}

#[test]
fn matchmaker_is_the_same_from_the_derive_and_from_its_source() {
    use matchmaker::*;
    let declarations = Declarations {
        tables: parsed(&[
            User::DECLARATION,
            Session::DECLARATION,
            Practitioner::DECLARATION,
            AvailabilitySlot::DECLARATION,
            Booking::DECLARATION,
        ]),
        views: parsed(&[VisiblePractitioner::DECLARATION]),
        enums: parsed(&[BookingStatus::DECLARATION]),
        ..Declarations::default()
    };
    let derived = peristyle_declare::resolve(&declarations).expect("the declarations are resolved");
    assert_eq!(derived, from_source("matchmaker.rs"));
}
