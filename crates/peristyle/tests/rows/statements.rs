//! The SQL that queries run, as a person would read it.

use peristyle::Result;
use peristyle::prelude::*;

use crate::database::SQL;
use crate::schema::*;

#[track_caller]
fn expect(query: &Query<Author>, end: &str) {
    let db = library();
    let sql = query.sql(&db);
    let start = "SELECT id, email, name, karma, born, created_at, updated_at FROM authors";
    assert_eq!(sql.strip_prefix(start).map(str::trim), Some(end), "{sql}");
}

#[test]
fn a_limit_is_a_literal() {
    expect(&Author::all().limit(10), "LIMIT 10");
    expect(&Author::all().limit(10).offset(20), "LIMIT 10 OFFSET 20");
}

#[test]
fn a_list_of_any_length_is_the_same_statement() {
    let sql = "WHERE authors.karma IN (SELECT value FROM json_each(?1))";
    expect(&Author::all().filter(Author::KARMA.is_in([1])), sql);
    expect(&Author::all().filter(Author::KARMA.is_in(0..500)), sql);
}

#[test]
fn parentheses_stand_where_they_are_needed() {
    expect(
        &Author::all().filter((Author::KARMA.lt(1) | Author::KARMA.gt(2)) & Author::NAME.is_null()),
        "WHERE (authors.karma < ?1 OR authors.karma > ?2) AND authors.name IS NULL",
    );
    expect(
        &Author::all().filter(!(Author::KARMA.lt(1) & Author::NAME.is_null())),
        "WHERE NOT (authors.karma < ?1 AND authors.name IS NULL)",
    );
    expect(
        &Author::all()
            .filter((Author::KARMA - (Author::KARMA - 1)).eq(Author::KARMA * (Author::KARMA + 2))),
        "WHERE authors.karma - (authors.karma - ?1) = authors.karma * (authors.karma + ?2)",
    );
}

#[test]
fn a_filter_that_is_not_given_leaves_no_trace() {
    expect(&Author::all().filter(None::<peristyle::Predicate<Author>>), "");
}

#[test]
fn updates_and_deletions() -> Result<()> {
    let db = library();
    let key = Id::<Employee>::new(1);
    let update = Employee::update(key).set(Employee::NAME, "x").set(Employee::BOSS_ID, None);
    assert_eq!(
        update.sql(&db),
        "UPDATE employees SET name = ?1, boss_id = ?2 WHERE employees.id = ?3"
    );
    let deletion = Employee::delete_all().filter(Employee::NAME.like("x%"));
    assert_eq!(deletion.sql(&db), "DELETE FROM employees WHERE employees.name LIKE ?1 ESCAPE '\\'");
    Ok(())
}

#[test]
fn keywords_are_quoted() {
    let db = library();
    let sql = Keyword::get("k").sql(&db);
    assert_eq!(
        sql,
        r#"SELECT "key", type, "group", "select" FROM "order" WHERE "order"."key" = ?1"#
    );
}

#[test]
fn json_filters() {
    let db = library();
    let start = Book::all().sql(&db);
    let filter = |query: Query<Book>| query.sql(&db)[start.len()..].trim().to_owned();
    assert_eq!(
        filter(Book::all().filter(Book::TAGS.contains("x"))),
        "WHERE EXISTS (SELECT 1 FROM json_each(books.tags) AS element WHERE element.value = ?1)"
    );
    assert_eq!(
        filter(
            Book::all().filter(Book::DETAILS.path("awards").path(0).path("year").integer().gt(1))
        ),
        r#"WHERE json_extract(books.details, '$.awards[0].year') > ?1"#
    );
}

/// How SQLite would run a query, with an index that was made for it.
fn plan(index: &str, sql: &str) -> String {
    let raw = rusqlite::Connection::open_in_memory().expect("a database");
    raw.execute_batch(SQL).and_then(|()| raw.execute_batch(index)).expect("the tables");
    let mut explain = raw.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect("a query");
    let mut rows = explain.raw_query();
    let mut plan = String::new();
    while let Some(row) = rows.next().expect("a row") {
        plan.push_str(&row.get::<_, String>("detail").expect("text"));
        plan.push('\n');
    }
    plan
}

#[test]
fn a_page_begins_in_the_index_and_is_not_sorted() {
    let db = library();
    let authors = dozen(&db);
    let page = Author::all().order(Author::KARMA.asc()).after(&authors[3]).limit(5).sql(&db);
    let plan = plan("CREATE INDEX by_karma ON authors (karma, id)", &page);
    assert!(plan.contains("SEARCH authors USING INDEX by_karma (karma>?)"), "{plan}");
    assert!(!plan.contains("TEMP B-TREE"), "{plan}");
}

#[test]
fn a_filter_inside_of_json_uses_an_index() {
    let db = library();
    let query = Book::all().filter(Book::DETAILS.path("language").text().eq("en")).sql(&db);
    let index = "CREATE INDEX by_language ON books (json_extract(details, '$.language'))";
    let plan = plan(index, &query);
    assert!(plan.contains("USING INDEX by_language"), "{plan}");
}

#[test]
fn a_list_uses_an_index() {
    let db = library();
    let query = Author::all().filter(Author::EMAIL.is_in(["a", "b"])).sql(&db);
    assert!(plan("", &query).contains("USING INDEX authors_email_key (email=?)"));
}

#[test]
fn a_page_is_bounded_by_its_first_column() -> Result<()> {
    let db = library();
    let authors = dozen(&db);
    expect(
        &Author::all().order(Author::KARMA.asc()).after(&authors[3]),
        "WHERE authors.karma >= ?1 AND (authors.karma > ?2 OR authors.karma = ?3 AND authors.id > ?4) ORDER BY karma, id",
    );
    Ok(())
}
