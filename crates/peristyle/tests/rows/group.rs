//! Many rows as one: aggregates, groups, windows.

use peristyle::prelude::*;
use peristyle::{Result, Row, case, count, dense_rank, rank, row_number, window};

use crate::schema::*;

/// Ada: 10 and 30; Eve: 20; Kim none.
fn shelf(db: &Connection) -> Result<()> {
    let (ada, eve, _) = (author(db, "Ada"), author(db, "Eve"), author(db, "Kim"));
    Book::insert(book(&ada, "Notes", "10").rating(1.5)).run(db)?;
    Book::insert(book(&ada, "Sketches", "30").rating(2.5)).run(db)?;
    Book::insert(book(&eve, "Apples", "20").genre(Genre::Essay)).run(db)?;
    Ok(())
}

#[test]
fn aggregates_of_all_rows() -> Result<()> {
    let db = library();
    shelf(&db)?;
    let (rows, titles, dear, cheap, all, mean) = Book::all()
        .select((
            count(),
            Book::GENRE.count_distinct(),
            Book::PRICE.max(),
            Book::PRICE.min(),
            Book::PRICE.sum(),
            Book::RATING.avg(),
        ))
        .one(&db)?;
    assert_eq!((rows, titles), (3, 2));
    assert_eq!((dear, cheap), (Some(decimal("30")), Some(decimal("10"))));
    assert_eq!(all, Some(decimal("60")));
    assert!((mean.unwrap() - 4.0 / 3.0).abs() < 1e-9);
    Ok(())
}

#[test]
fn aggregates_of_no_rows() -> Result<()> {
    let db = library();
    let row: (i64, i64, Option<i64>, Option<f64>, Option<String>) = Author::all()
        .select((
            count(),
            Author::NAME.count(),
            Author::KARMA.sum(),
            Author::KARMA.avg(),
            Author::NAME.max(),
        ))
        .one(&db)?;
    assert_eq!(row, (0, 0, None, None, None));
    Ok(())
}

#[test]
fn groups_and_which_of_them() -> Result<()> {
    let db = library();
    shelf(&db)?;
    let rows: Vec<(Option<String>, i64)> = Author::all()
        .left_join(Book::AUTHOR)
        .group_by(Author::NAME)
        .order(Author::NAME.asc())
        .select((Author::NAME, Book::ID.count()))
        .all(&db)?;
    let row = |name: &str, books| (Some(name.to_owned()), books);
    assert_eq!(rows, [row("Ada", 2), row("Eve", 1), row("Kim", 0)]);
    let many = Book::all().group_by(Book::AUTHOR_ID).having(count().gt(1));
    assert_eq!(many.select(count()).all(&db)?, [2]);
    Ok(())
}

#[test]
fn groups_are_counted_as_the_rows_that_they_are() -> Result<()> {
    let db = library();
    shelf(&db)?;
    let groups = Book::all().group_by(Book::AUTHOR_ID).select(Book::AUTHOR_ID);
    assert_eq!(groups.clone().count(&db)?, 2);
    assert!(groups.exists(&db)?);
    assert_eq!(Book::all().select(Book::GENRE).distinct().count(&db)?, 2);
    Ok(())
}

#[test]
fn an_aggregate_of_some_rows() -> Result<()> {
    let db = library();
    shelf(&db)?;
    let (essays, dear): (i64, Option<f64>) = Book::all()
        .select((
            count().filter_where(Book::GENRE.eq(Genre::Essay)),
            Book::RATING.sum().filter_where(Book::PRICE.gt(decimal("15"))),
        ))
        .one(&db)?;
    assert_eq!(essays, 1);
    assert_eq!(dear, Some(2.5));
    Ok(())
}

#[test]
fn sorted_by_an_aggregate() -> Result<()> {
    let db = library();
    shelf(&db)?;
    let ids = Book::all()
        .group_by(Book::GENRE)
        .order(Book::PRICE.sum().desc())
        .select((Book::GENRE, Book::PRICE.sum()))
        .all(&db)?;
    let genres: Vec<Genre> = ids.into_iter().map(|(genre, _)| genre).collect();
    assert_eq!(genres, [Genre::Novel, Genre::Essay]);
    Ok(())
}

#[test]
fn texts_one_behind_the_other() -> Result<()> {
    let db = library();
    shelf(&db)?;
    let titles = Book::all().select(Book::TITLE.joined(", ")).one(&db)?.unwrap();
    let mut titles: Vec<&str> = titles.split(", ").collect();
    titles.sort_unstable();
    assert_eq!(titles, ["Apples", "Notes", "Sketches"]);
    Ok(())
}

#[test]
fn a_struct_of_ones_own() -> Result<()> {
    #[derive(Row, Debug, PartialEq)]
    struct Summary {
        genre: Genre,
        books: i64,
        dearest: Option<Decimal>,
    }
    let db = library();
    shelf(&db)?;
    let rows = Book::all()
        .group_by(Book::GENRE)
        .order(count().desc())
        .select_as::<Summary>()
        .from((Book::GENRE, count(), Book::PRICE.max()))
        .all(&db)?;
    let expected = [
        Summary { genre: Genre::Novel, books: 2, dearest: Some(decimal("30")) },
        Summary { genre: Genre::Essay, books: 1, dearest: Some(decimal("20")) },
    ];
    assert_eq!(rows, expected);
    Ok(())
}

#[test]
fn numbers_in_windows() -> Result<()> {
    let db = library();
    dozen(&db);
    let rows: Vec<(i64, i64, i64, i64)> = Author::all()
        .filter(Author::KARMA.lt(4))
        .order(Author::KARMA.asc())
        .select((
            Author::KARMA,
            row_number().over(window().order(Author::KARMA.desc())),
            rank().over(window().order(Author::NAME.is_null().value().asc())),
            dense_rank().over(window().order(Author::NAME.is_null().value().asc())),
        ))
        .all(&db)?;
    assert_eq!(rows, [(0, 4, 1, 1), (1, 3, 3, 2), (2, 2, 1, 1), (3, 1, 3, 2)]);
    Ok(())
}

#[test]
fn sums_over_partitions() -> Result<()> {
    let db = library();
    shelf(&db)?;
    let rows: Vec<(String, Option<f64>, Option<f64>)> = Book::all()
        .order(Book::TITLE.asc())
        .select((
            Book::TITLE,
            Book::RATING.sum().over(window().partition_by(Book::AUTHOR_ID)),
            Book::RATING.sum().over(window().order(Book::TITLE.asc())),
        ))
        .all(&db)?;
    let row = |title: &str, sum, running| (title.to_owned(), Some(sum), Some(running));
    assert_eq!(rows, [row("Apples", 0.0, 0.0), row("Notes", 4.0, 1.5), row("Sketches", 4.0, 4.0)]);
    Ok(())
}

#[test]
fn neighbours_in_a_window() -> Result<()> {
    let db = library();
    dozen(&db);
    let rows = Author::all()
        .filter(Author::KARMA.lt(3))
        .order(Author::KARMA.asc())
        .select((
            Author::KARMA,
            Author::KARMA.lag(1).over(window().order(Author::KARMA.asc())),
            Author::KARMA.lead(1).over(window().order(Author::KARMA.asc())),
            Author::KARMA.first_value().over(window().order(Author::KARMA.asc())),
        ))
        .all(&db)?;
    assert_eq!(
        rows,
        [(0, None, Some(1), Some(0)), (1, Some(0), Some(2), Some(0)), (2, Some(1), None, Some(0))]
    );
    Ok(())
}

#[test]
fn groups_by_an_expression() -> Result<()> {
    let db = library();
    dozen(&db);
    let rows: Vec<(bool, i64)> = Author::all()
        .group_by(Author::NAME.is_null().is_true())
        .order(Author::NAME.is_null().is_true().asc())
        .select((Author::NAME.is_null().is_true(), count()))
        .all(&db)?;
    assert_eq!(rows, [(false, 6), (true, 6)]);
    let named: Option<i64> = Author::all()
        .select(case().when(Author::NAME.is_null(), 0_i64).otherwise(1_i64).sum())
        .one(&db)?;
    assert_eq!(named, Some(6));
    Ok(())
}
