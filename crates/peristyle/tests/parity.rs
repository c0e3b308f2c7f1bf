//! The derive and the reader of sources see the same declarations: they are one parser, called twice.
//!
//! Each fixture of `peristyle-declare` is compiled here, and what the derives embedded is resolved and compared with what the
//! reader finds in the file. A declaration that is missing in a list below makes the two differ.

#![allow(
    clippy::duplicated_attributes,
    reason = "two unique keys may share a column; the lint takes the attributes of any derive for its own"
)]

use std::path::Path;

use peristyle::{Enum as _, Newtype as _, Table as _, View as _};
use peristyle_declare::Declarations;

fn parsed<T: for<'de> serde::Deserialize<'de>>(declarations: &[&str]) -> Vec<T> {
    declarations.iter().map(|text| serde_json::from_str(text).expect("a declaration")).collect()
}

/// Compares what was derived with what is read from the fixture's file. An `object!` is text for the reader alone.
#[track_caller]
fn assert_same(fixture: &str, mut derived: Declarations) {
    let path = Path::new("../peristyle-declare/tests/fixtures").join(fixture);
    let read = peristyle_declare::read_path(&path).expect("the fixture is read");
    derived.objects.clone_from(&read.objects);
    assert_eq!(
        peristyle_declare::resolve(&derived).expect("what was derived is resolved"),
        peristyle_declare::resolve(&read).expect("what was read is resolved"),
        "{fixture}"
    );
    // The schema does not hold everything: who makes a default, or which type of Rust a column has.
    assert_eq!(sorted(derived), sorted(read), "{fixture}");
}

fn sorted(mut declarations: Declarations) -> Declarations {
    declarations.tables.sort_by(|a, b| a.rust_name.cmp(&b.rust_name));
    declarations.views.sort_by(|a, b| a.rust_name.cmp(&b.rust_name));
    declarations.enums.sort_by(|a, b| a.rust_name.cmp(&b.rust_name));
    declarations.newtypes.sort_by(|a, b| a.rust_name.cmp(&b.rust_name));
    declarations
}

macro_rules! fixtures {
    ($($test:ident: $fixture:ident in $file:literal {
        tables: [$($table:ident),*], views: [$($view:ident),*],
        enums: [$($enum:ident),*], newtypes: [$($newtype:ident),*] $(,)?
    })*) => {$(
        #[path = $file]
        #[allow(dead_code, missing_docs)]
        mod $fixture;

        #[test]
        fn $test() {
            let derived = Declarations {
                tables: parsed(&[$($fixture::$table::DECLARATION),*]),
                views: parsed(&[$($fixture::$view::DECLARATION),*]),
                enums: parsed(&[$($fixture::$enum::DECLARATION),*]),
                newtypes: parsed(&[$($fixture::$newtype::DECLARATION),*]),
                ..Declarations::default()
            };
            assert_same(concat!(stringify!($fixture), ".rs"), derived);
        }
    )*};
}

fixtures! {
    matchmaker_is_the_same: matchmaker in "../../peristyle-declare/tests/fixtures/matchmaker.rs" {
        tables: [User, Session, Practitioner, AvailabilitySlot, Booking],
        views: [VisiblePractitioner], enums: [BookingStatus], newtypes: [],
    }
    types_are_the_same: types in "../../peristyle-declare/tests/fixtures/types.rs" {
        tables: [Sample, MaybeSample], views: [], enums: [], newtypes: [],
    }
    keys_are_the_same: keys in "../../peristyle-declare/tests/fixtures/keys.rs" {
        tables: [
            Account, Ticket, Event, Invoice, Receipt, Municipality, Country, Profile, Attendance, Device,
            LogLine
        ],
        views: [], enums: [], newtypes: [],
    }
    defaults_are_the_same: defaults in "../../peristyle-declare/tests/fixtures/defaults.rs" {
        tables: [Setting], views: [], enums: [Mode], newtypes: [],
    }
    references_are_the_same: references in "../../peristyle-declare/tests/fixtures/references.rs" {
        tables: [Tenant, Person, Badge], views: [], enums: [], newtypes: [],
    }
    indexes_are_the_same: indexes in "../../peristyle-declare/tests/fixtures/indexes.rs" {
        tables: [Article], views: [], enums: [], newtypes: [],
    }
    checks_are_the_same: checks in "../../peristyle-declare/tests/fixtures/checks.rs" {
        tables: [Range], views: [], enums: [], newtypes: [],
    }
    enums_are_the_same: enums in "../../peristyle-declare/tests/fixtures/enums.rs" {
        tables: [Order], views: [], enums: [State, HTTPMethod], newtypes: [],
    }
    newtypes_are_the_same: newtypes in "../../peristyle-declare/tests/fixtures/newtypes.rs" {
        tables: [Customer], views: [], enums: [], newtypes: [Email, Euros, Seen, Stars],
    }
    objects_are_the_same: objects in "../../peristyle-declare/tests/fixtures/objects.rs" {
        tables: [Note], views: [RecentNote, NoteSizes], enums: [], newtypes: [],
    }
    names_are_the_same: names in "../../peristyle-declare/tests/fixtures/names.rs" {
        tables: [Category, Diagnosis, HTTPProxy, Weird], views: [], enums: [Kind], newtypes: [],
    }
    renames_are_the_same: renames in "../../peristyle-declare/tests/fixtures/renames.rs" {
        tables: [Practitioner], views: [], enums: [Rank], newtypes: [],
    }
    storage_is_the_same: storage in "../../peristyle-declare/tests/fixtures/storage.rs" {
        tables: [Product, Review, KeyValue, Legacy], views: [], enums: [], newtypes: [],
    }
    documentation_is_the_same: documentation in "../../peristyle-declare/tests/fixtures/documentation.rs" {
        tables: [Chapter], views: [], enums: [Tone], newtypes: [],
    }
}
