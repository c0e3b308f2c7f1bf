use peristyle_schema::Position;
use proptest::prelude::*;
use rusqlite::Connection;
use rusqlite::fallible_iterator::FallibleIterator;

use super::split;

fn texts(script: &str) -> Vec<&str> {
    split(script).unwrap().iter().map(|piece| piece.text).collect()
}

/// What the engine itself makes of a script: each statement is run, and the next one read from where it ended.
fn engine_texts(script: &str) -> Result<Vec<String>, String> {
    let engine = Connection::open_in_memory().unwrap();
    let mut batch = rusqlite::Batch::new(&engine, script);
    let mut texts = Vec::new();
    while let Some(mut statement) = batch.next().map_err(|e| e.to_string())? {
        let text = statement.expanded_sql().ok_or("no text")?;
        let mut rows = statement.raw_query();
        while rows.next().map_err(|e| e.to_string())?.is_some() {}
        texts.push(text);
    }
    Ok(texts)
}

const TRIGGER: &str = "CREATE TRIGGER g AFTER INSERT ON t BEGIN\n  UPDATE t SET a = CASE WHEN a > 1 THEN 2 ELSE 3 \
                       END;\n  DELETE FROM t WHERE a = ';'; -- END;\nEND";

fn scripts() -> Vec<String> {
    let mut scripts: Vec<String> = [
        "",
        ";",
        ";;; ;",
        "SELECT 1",
        "SELECT 1;",
        "SELECT 1;;SELECT 2",
        "  SELECT 1 ; \n SELECT 2 \n",
        "SELECT ';' ; SELECT \";\" FROM (SELECT 1 AS \";\"); SELECT [;] FROM (SELECT 1 AS `;`)",
        "SELECT 'it''s; here'; SELECT 2",
        "-- a comment; with a semicolon\nSELECT 1; /* and; another */ SELECT 2 -- last; one",
        "SELECT 1 /* ; */; -- ;\n",
        "SELECT 1 --\n;SELECT 2",
        "-- only a comment",
        "\u{feff}SELECT 1; SELECT 2",
        "SELECT X'3b'; SELECT 'é;ü'",
        "CREATE TABLE t(a); BEGIN; INSERT INTO t VALUES (1); COMMIT; SELECT 1",
        "CREATE TABLE t(a); BEGIN; INSERT INTO t VALUES (1); END; SELECT 1",
        "CREATE TABLE trigger(a); SELECT 1",
        "CREATE TABLE t(trigger, b); SELECT 1; SELECT 2",
        "CREATE TABLE t(a); EXPLAIN CREATE INDEX i ON t(a); SELECT 1",
        "CREATE VIEW trigger AS SELECT 1; SELECT 2",
        "SELECT CASE WHEN 1 THEN 2 END; SELECT 3",
        "SELECT 1;\r\nSELECT 2;\r\n",
        "VALUES (1), (2); SELECT 1",
        "SAVEPOINT a; RELEASE a; SELECT 1",
    ]
    .map(str::to_owned)
    .to_vec();
    for trigger in [
        TRIGGER.to_owned(),
        TRIGGER.replace("CREATE TRIGGER", "CREATE TEMP TRIGGER"),
        TRIGGER
            .replace("CREATE TRIGGER", "create\n/* x; */ temporary -- y;\n trigger if not exists"),
        TRIGGER.replace("CREATE TRIGGER", "EXPLAIN QUERY PLAN CREATE TRIGGER"),
        TRIGGER.replace("END", "end"),
        TRIGGER.replace("g AFTER", "\"end; \" AFTER"),
        TRIGGER.replace(
            "AFTER INSERT ON t",
            "AFTER INSERT ON t FOR EACH ROW WHEN CASE WHEN new.a THEN 1 ELSE 0 END",
        ),
    ] {
        scripts.push(format!("CREATE TABLE t(a); {trigger}; SELECT 1; {}", "SELECT 2"));
        scripts.push(format!("CREATE TABLE t(a);\n{trigger}\n;\nSELECT 1"));
        scripts.push(format!("CREATE TABLE t(a);\n{trigger}"));
    }
    scripts
}

/// A statement without the comments and the semicolon around it.
fn core(text: &str) -> String {
    let tokens = super::tokens::significant(text).unwrap();
    let tokens: Vec<_> =
        tokens.iter().skip_while(|t| t.is_operator(";")).map(|t| t.text.to_owned()).collect();
    let mut core = tokens.join(" ");
    while let Some(cut) = core.strip_suffix(" ;") {
        core = cut.to_owned();
    }
    core
}

#[test]
fn the_engine_cuts_at_the_same_places() {
    for script in scripts() {
        let theirs: Vec<String> = engine_texts(&script)
            .unwrap_or_else(|error| panic!("{error}\n{script}"))
            .iter()
            .map(|text| core(text))
            .filter(|text| !text.is_empty())
            .collect();
        let ours: Vec<String> = texts(&script).into_iter().map(core).collect();
        assert_eq!(ours, theirs, "{script}");
    }
}

#[test]
fn comments_before_a_statement_belong_to_it_and_its_place_is_that_of_its_first_word() {
    let pieces = split("SELECT 1; -- one\n\n/* two */\n  SELECT é, 2 ; \n").unwrap();
    assert_eq!(pieces[0].text, "SELECT 1");
    assert_eq!(pieces[0].position, Position { line: 1, column: 1 });
    assert_eq!(pieces[1].text, "-- one\n\n/* two */\n  SELECT é, 2");
    assert_eq!(pieces[1].position, Position { line: 4, column: 3 });
    assert_eq!(pieces.len(), 2);
}

#[test]
fn what_is_not_closed_is_named_with_its_place() {
    for (script, what, line, column) in [
        ("SELECT 1;\nSELECT 'abc; SELECT 2;", "string", 2, 8),
        ("SELECT \"abc", "quoted name", 1, 8),
        ("SELECT [abc", "quoted name", 1, 8),
        ("SELECT 1; /* abc", "comment", 1, 11),
    ] {
        let error = split(script).expect_err(script);
        let start = error.span.as_ref().unwrap().start;
        assert!(error.message.contains(what), "{error}");
        assert_eq!(start, Position { line, column }, "{script}");
    }
}

proptest! {
    #[test]
    fn no_text_is_too_odd(text in any::<String>(), bytes in any::<Vec<u8>>()) {
        let _ = split(&text);
        let _ = split(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn pieces_lie_in_the_script_in_order(
        words in prop::collection::vec(
            prop::sample::select(vec![
                ";", " ", "\n", "create", "trigger", "temp", "begin", "end", "select", "'a;b'", "\"c\"", "-- x\n",
                "/* ; */", "1", "case", "é",
            ]),
            0..40,
        )
    ) {
        let script = words.join(" ");
        let pieces = split(&script).unwrap();
        let mut at = 0;
        for piece in pieces {
            let start = piece.text.as_ptr() as usize - script.as_ptr() as usize;
            prop_assert!(start >= at);
            at = start + piece.text.len();
            prop_assert!(!piece.text.is_empty() && !piece.text.ends_with(char::is_whitespace));
        }
    }

    #[test]
    fn joined_statements_are_cut_apart_again(
        statements in prop::collection::vec(
            prop::sample::select(vec![
                "SELECT 1", "SELECT ';'", TRIGGER, "-- c\nSELECT 2", "BEGIN", "END", "CREATE TABLE t(a)",
                "SELECT CASE WHEN 1 THEN 2 END",
            ]),
            0..8,
        ),
        gap in prop::sample::select(vec![";", " ; ", ";\n", ";;"]),
    ) {
        let script = statements.join(gap);
        prop_assert_eq!(texts(&script), statements);
    }
}
