//! Filters that a declaration carries.

use peristyle::prelude::*;
use peristyle::{Result, alias};

use crate::schema::{Author, Book, Employee, NewBook, NewEmployee, author, book, decimal, library};

/// The books, as an application sees them that never shows what is out of print.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "books")]
#[scope(printed = Self::IN_PRINT.eq(true), dear = Self::RATING.gt(1.0))]
struct Shelf {
    #[key(auto)]
    id: Id<Shelf>,
    #[references(on_delete = cascade)]
    author_id: Id<Author>,
    title: String,
    in_print: bool,
    rating: f64,
}

/// The staff without those who left.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "employees")]
#[scope(present = Self::NAME.not_like("% (left)"))]
struct Staff {
    #[key(auto)]
    id: Id<Staff>,
    name: String,
    boss_id: Option<Id<Staff>>,
}

/// Four books of Ada: printed or not, dear or not. Eve has none that is both.
fn shelf(db: &Connection) -> Result<Author> {
    let (ada, eve) = (author(db, "Ada"), author(db, "Eve"));
    let new = |title: &str, printed: bool, rating: f64| {
        book(&ada, title, "1").in_print(printed).rating(rating)
    };
    Book::insert_many([
        new("both", true, 2.0),
        new("printed", true, 0.0),
        new("dear", false, 2.0),
        new("neither", false, 0.0),
        NewBook::new(eve.id, "hers", decimal("1")),
    ])
    .run(db)?;
    Ok(ada)
}

fn titles<S: peristyle::query::Scope>(
    query: Query<Shelf, S>,
    db: &Connection,
) -> Result<Vec<String>> {
    let mut titles: Vec<String> = query.all(db)?.into_iter().map(|book| book.title).collect();
    titles.sort_unstable();
    Ok(titles)
}

#[test]
fn they_apply_to_every_query() -> Result<()> {
    let db = library();
    let ada = shelf(&db)?;
    assert_eq!(titles(Shelf::all(), &db)?, ["both"]);
    assert_eq!(Shelf::all().count(&db)?, 1);
    let dear = Book::all().filter(Book::TITLE.eq("dear")).one(&db)?;
    assert!(!Shelf::get(Id::<Shelf>::new(*dear.id.key())).exists(&db)?);
    assert_eq!(
        Shelf::all().filter(Shelf::AUTHOR_ID.eq(&ada.id)).page(10, None, &db)?.rows.len(),
        1
    );
    Ok(())
}

#[test]
fn they_are_lifted_by_name() -> Result<()> {
    let db = library();
    shelf(&db)?;
    assert_eq!(titles(Shelf::all().unscoped(Shelf::DEAR), &db)?, ["both", "hers", "printed"]);
    assert_eq!(titles(Shelf::all().unscoped(Shelf::PRINTED), &db)?, ["both", "dear"]);
    let all = Shelf::all().unscoped(Shelf::PRINTED).unscoped(Shelf::DEAR);
    assert_eq!(all.count(&db)?, 5);
    Ok(())
}

#[test]
fn a_join_meets_no_row_that_is_hidden() -> Result<()> {
    let db = library();
    shelf(&db)?;
    assert_eq!(Author::all().join(Shelf::AUTHOR).count(&db)?, 1);
    let rows: Vec<(Author, Option<Shelf>)> =
        Author::all().left_join(Shelf::AUTHOR).order(Author::EMAIL.asc()).all(&db)?;
    let found: Vec<Option<&str>> =
        rows.iter().map(|(_, book)| book.as_ref().map(|book| book.title.as_str())).collect();
    assert_eq!(found, [Some("both"), None]);
    let rows: Vec<(Option<Shelf>, Author)> =
        Shelf::all().right_join(Shelf::AUTHOR).order(Author::EMAIL.asc()).all(&db)?;
    let found: Vec<bool> = rows.iter().map(|(book, _)| book.is_some()).collect();
    assert_eq!(found, [true, false]);
    let rows: Vec<(Option<Author>, Option<Shelf>)> = Author::all()
        .full_join_on::<Shelf, _>(Shelf::AUTHOR_ID.eq(Author::ID) & Shelf::TITLE.ne("both"))
        .all(&db)?;
    // Two authors without a book that may be seen, and the one book that does not match.
    assert_eq!(rows.len(), 3);
    assert_eq!(rows.iter().filter(|(_, book)| book.is_some()).count(), 1);
    assert_eq!(Author::all().join(Shelf::AUTHOR).unscoped(Shelf::DEAR).count(&db)?, 3);
    Ok(())
}

#[test]
fn the_same_table_under_another_name_hides_the_same() -> Result<()> {
    alias!(Boss);
    let db = library();
    let mia = Employee::insert(NewEmployee::new("Mia (left)")).one(&db)?;
    Employee::insert(NewEmployee::new("Tom").boss_id(mia.id)).run(&db)?;
    let with_boss = || Staff::all().left_join(Staff::BOSS.parent_as(Boss));
    let rows = with_boss().select((Staff::NAME, Staff::NAME.of(Boss))).all(&db)?;
    assert_eq!(rows, [("Tom".to_owned(), None)]);
    let rows = with_boss()
        .unscoped(Staff::PRESENT.of(Boss))
        .select((Staff::NAME, Staff::NAME.of(Boss)))
        .all(&db)?;
    assert_eq!(rows, [("Tom".to_owned(), Some("Mia (left)".to_owned()))]);
    Ok(())
}

#[test]
fn relations_give_no_row_that_is_hidden() -> Result<()> {
    let db = library();
    let ada = shelf(&db)?;
    let (_, books) = Author::get(&ada.id).with(Shelf::AUTHOR).one(&db)?;
    assert_eq!(books.len(), 1);
    let dear = Shelf::AUTHOR.children().unscoped(Shelf::PRINTED);
    let (_, books) = Author::get(&ada.id).with(dear).one(&db)?;
    assert_eq!(books.len(), 2);
    let authors = Author::all().all(&db)?;
    assert_eq!(Shelf::AUTHOR.children_of(&authors).load(&db)?.rows().len(), 1);
    let several = Shelf::AUTHOR.children_of(&authors).unscoped(Shelf::DEAR).load(&db)?;
    assert_eq!(several.rows().len(), 3);
    assert_eq!(Author::all().select(Shelf::AUTHOR.count()).all(&db)?.iter().sum::<i64>(), 1);
    assert_eq!(Author::all().filter(Shelf::AUTHOR.any()).count(&db)?, 1);
    Ok(())
}

#[test]
fn writing_reaches_what_is_hidden() -> Result<()> {
    let db = library();
    shelf(&db)?;
    // What is hidden could not be shown again otherwise.
    let shown = Shelf::update_all().filter(Shelf::TITLE.eq("dear")).set(Shelf::IN_PRINT, true);
    assert_eq!(shown.run(&db)?, 1);
    assert_eq!(titles(Shelf::all(), &db)?, ["both", "dear"]);
    assert_eq!(Shelf::delete_all().run(&db)?, 5);
    Ok(())
}
