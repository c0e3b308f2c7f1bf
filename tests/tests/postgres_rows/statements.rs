//! The SQL that queries run, as a person would read it, and what the server makes of it.

use peristyle::Result;
use peristyle::prelude::*;

use crate::schema::*;

#[track_caller]
fn expect(query: &Query<Author>, end: &str) {
    let db = library();
    let sql = query.sql(&db);
    let start = "SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors";
    assert_eq!(sql.strip_prefix(start).map(str::trim), Some(end), "{sql}");
}

#[test]
fn lists_pages_and_orders() {
    expect(&Author::all().limit(10).offset(20), "LIMIT 10 OFFSET 20");
    let sql = "WHERE authors.karma = ANY ($1)";
    expect(&Author::all().filter(Author::KARMA.is_in([1])), sql);
    expect(&Author::all().filter(Author::KARMA.is_in(0..500)), sql);
    expect(&Author::all().order(Author::KARMA.desc()), "ORDER BY karma DESC");
    expect(&Author::all().order(Author::NAME.asc()), "ORDER BY name NULLS FIRST");
    expect(&Author::all().order(Author::NAME.desc()), "ORDER BY name DESC NULLS LAST");
}

#[test]
fn keywords_are_quoted_and_tables_qualified() {
    let db = library();
    assert_eq!(
        Keyword::get("k").sql(&db),
        r#"SELECT key, type, "group", "select" FROM public."order" WHERE "order".key = $1"#
    );
    let update = Employee::update(Id::<Employee>::new(1)).set(Employee::NAME, "x");
    assert_eq!(update.sql(&db), "UPDATE public.employees SET name = $1 WHERE employees.id = $2");
}

#[test]
fn json_filters() {
    let db = library();
    let start = Book::all().sql(&db);
    let filter = |query: Query<Book>| query.sql(&db)[start.len()..].trim().to_owned();
    assert_eq!(
        filter(Book::all().filter(Book::TAGS.contains("x"))),
        "WHERE (books.tags IS NOT NULL AND books.tags @> $1)"
    );
    assert_eq!(
        filter(
            Book::all().filter(Book::DETAILS.path("awards").path(0).path("it's").integer().gt(1))
        ),
        "WHERE (books.details -> 'awards' -> 0 ->> 'it''s')::bigint > $1"
    );
}

/// How the server would run a query, with an index made for it and no wish to read whole tables.
fn plan(db: &Connection, index: &str, sql: &str, values: &str) -> Result<String> {
    db.execute_script(index)?;
    db.execute_script("DROP VIEW IF EXISTS expensive_books; CREATE TABLE plans (id bigint GENERATED ALWAYS AS IDENTITY, title text, price numeric DEFAULT 0);
        CREATE VIEW expensive_books AS SELECT id, title, price FROM plans; SET enable_seqscan = off; SET enable_sort = off")?;
    db.execute_script(&format!(
        "PREPARE explained AS {sql};
         DO $$ DECLARE line text; BEGIN FOR line IN EXECUTE 'EXPLAIN EXECUTE explained({values})' LOOP INSERT INTO plans (title) VALUES (line); END LOOP; END $$",
        values = values.replace('\'', "''")
    ))?;
    let lines = ExpensiveBook::all().order(ExpensiveBook::ID.asc()).all(db)?;
    Ok(lines.into_iter().map(|line| line.title + "\n").collect())
}

#[test]
fn a_page_begins_in_the_index_and_is_not_sorted() -> Result<()> {
    let db = library();
    let authors = dozen(&db);
    let page = Author::all().order(Author::KARMA.asc()).after(&authors[3]).limit(5).sql(&db);
    let index = "CREATE INDEX by_karma ON authors (karma, id)";
    let plan = plan(&db, index, &page, "3, 3, 3, 'x'")?;
    assert!(plan.contains("Index Scan using by_karma"), "{plan}");
    assert!(plan.contains("Index Cond: (karma >= "), "{plan}");
    assert!(!plan.contains("Sort"), "{plan}");
    Ok(())
}

#[test]
fn elements_and_paths_of_documents_use_indexes() -> Result<()> {
    let db = library();
    let query = Book::all().filter(Book::TAGS.contains("x")).sql(&db);
    let found = plan(&db, "CREATE INDEX by_tag ON books USING gin (tags)", &query, r#"'"x"'"#)?;
    assert!(found.contains("Index Scan on by_tag"), "{found}");
    let db = library();
    let query = Book::all().filter(Book::DETAILS.path("language").text().eq("en")).sql(&db);
    let index = "CREATE INDEX by_language ON books ((details ->> 'language'))";
    let found = plan(&db, index, &query, "'en'")?;
    assert!(found.contains("using by_language") || found.contains("on by_language"), "{found}");
    Ok(())
}

#[test]
fn a_list_uses_an_index() -> Result<()> {
    let db = library();
    let query = Author::all().filter(Author::EMAIL.is_in(["a", "b"])).sql(&db);
    let plan = plan(&db, "", &query, "ARRAY['a', 'b']")?;
    assert!(plan.contains("authors_email_key"), "{plan}");
    Ok(())
}
