//! The protocol: pipelines, formats, notices, copying.

use peristyle_driver::postgres::wire::{BINARY, IsNull, Message, Status, Wire, types};

use super::server::Database;

fn wire(database: &Database) -> Wire {
    let address = database.url.address().expect("an address");
    Wire::connect(&address).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn many_statements_are_under_way_at_once() {
    let database = Database::fresh();
    let mut wire = wire(&database);
    wire.parse("double", "SELECT $1::int8 * 2", []).expect("said");
    for number in 0..100_i64 {
        wire.bind(
            "",
            "double",
            [BINARY],
            [number],
            |value, out| {
                types::int8_to_sql(value, out);
                Ok(IsNull::No)
            },
            [BINARY],
        )
        .expect("said");
        wire.execute("", 0).expect("said");
    }
    wire.sync().expect("said");
    let mut doubled = Vec::new();
    loop {
        match wire.receive().expect("an answer") {
            Message::Row(mut row) => {
                let value = row.next().flatten().expect("a value");
                doubled.push(i64::from_be_bytes(value.try_into().expect("eight bytes")));
            }
            Message::Ready(status) => {
                assert_eq!(status, Status::Idle);
                break;
            }
            Message::Error(error) => panic!("{error}"),
            _ => {}
        }
    }
    assert_eq!(doubled, (0..100).map(|number| number * 2).collect::<Vec<i64>>());
}

#[test]
fn a_long_pipeline_with_long_answers_does_not_block_itself() {
    let database = Database::fresh();
    let mut wire = wire(&database);
    let filler = "x".repeat(4096);
    for _ in 0..2000 {
        wire.parse("", "SELECT repeat('y', 10000) || $1", []).expect("said");
        wire.bind(
            "",
            "",
            [],
            [&filler],
            |text, out| {
                types::text_to_sql(text, out);
                Ok(IsNull::No)
            },
            [],
        )
        .expect("said");
        wire.execute("", 0).expect("said");
        wire.sync().expect("said");
    }
    let (mut rows, mut ready) = (0, 0);
    while wire.is_awaiting() {
        match wire.receive().expect("an answer") {
            Message::Row(row) => {
                assert_eq!(row.flatten().map(<[u8]>::len).sum::<usize>(), 14096);
                rows += 1;
            }
            Message::Ready(_) => ready += 1,
            _ => {}
        }
    }
    assert_eq!((rows, ready), (2000, 2000));
}

#[test]
fn an_error_skips_the_rest_of_its_stretch_alone() {
    let database = Database::fresh();
    let mut wire = wire(&database);
    for sql in ["SELECT 1", "SELECT 1/0", "SELECT 3"] {
        wire.parse("", sql, []).expect("said");
        wire.bind("", "", [], [(); 0], |(), _| Ok(IsNull::Yes), []).expect("said");
        wire.execute("", 0).expect("said");
        wire.sync().expect("said");
    }
    let error = wire.finish().expect("all is answered").expect("one is an error");
    assert_eq!(error.state, "22012");
    assert!(!wire.is_awaiting() && !wire.is_broken());
}

#[test]
fn statements_are_described_and_rows_come_in_portions() {
    let database = Database::fresh();
    let mut wire = wire(&database);
    wire.query("BEGIN").expect("said");
    wire.finish().expect("begun");
    assert_eq!(wire.status(), Status::Transaction);
    wire.parse("s", "SELECT n, n::text AS t FROM generate_series(1, $1) n", []).expect("said");
    wire.describe_statement("s").expect("said");
    wire.bind(
        "p",
        "s",
        [],
        ["5"],
        |text, out| {
            types::text_to_sql(text, out);
            Ok(IsNull::No)
        },
        [],
    )
    .expect("said");
    let mut portions = Vec::new();
    for _ in 0..3 {
        wire.execute("p", 2).expect("said");
    }
    wire.close_portal("p").expect("said");
    wire.close_statement("s").expect("said");
    wire.sync().expect("said");
    let (mut rows, mut closed) = (0, 0);
    loop {
        match wire.receive().expect("an answer") {
            Message::Parameters(types) => assert_eq!(types, [23]),
            Message::Columns(columns) => {
                let told: Vec<(&str, u32)> =
                    columns.iter().map(|column| (column.name.as_str(), column.oid)).collect();
                assert_eq!(told, [("n", 23), ("t", 25)]);
            }
            Message::Row(_) => rows += 1,
            Message::Suspended => portions.push(std::mem::take(&mut rows)),
            Message::Complete(_) => portions.push(std::mem::take(&mut rows)),
            Message::CloseComplete => closed += 1,
            Message::Error(error) => panic!("{error}"),
            Message::Ready(_) => break,
            _ => {}
        }
    }
    assert_eq!((portions, closed), (vec![2, 2, 1], 2));
}

#[test]
fn rows_are_copied_in_and_out() {
    let database = Database::fresh();
    let mut wire = wire(&database);
    wire.query("CREATE TABLE t (a int, b text); COPY t FROM STDIN; COPY t TO STDOUT")
        .expect("said");
    let mut out = Vec::new();
    loop {
        match wire.receive().expect("an answer") {
            Message::CopyIn => {
                wire.copy_data(b"1\tone\n2\ttwo\n").expect("said");
                wire.copy_done().expect("said");
            }
            Message::CopyData(piece) => out.extend_from_slice(piece),
            Message::Error(error) => panic!("{error}"),
            Message::Ready(_) => break,
            _ => {}
        }
    }
    assert_eq!(out, b"1\tone\n2\ttwo\n");
}

#[test]
fn notices_and_settings_are_taken_note_of() {
    let database = Database::fresh();
    let mut wire = wire(&database);
    wire.query("DO $$ BEGIN RAISE NOTICE 'look'; END $$; SET application_name = 'other'")
        .expect("said");
    wire.finish().expect("run");
    assert_eq!(wire.parameter("application_name"), Some("other"));
    let notices = wire.take_notices();
    assert_eq!(notices.len(), 1);
    assert_eq!((notices[0].severity.as_str(), notices[0].message.as_str()), ("NOTICE", "look"));
    assert!(wire.take_notices().is_empty());
}
