//! Columns that hold arrays, described without the derive.

use peristyle::Result;
use peristyle::prelude::*;
use peristyle::query::*;

use crate::schema::{Genre, library};

#[derive(Debug, Clone, PartialEq)]
struct Shelf {
    id: i64,
    words: Vec<String>,
    numbers: Vec<i32>,
    genres: Vec<Genre>,
    seen: Option<Vec<Option<Timestamp>>>,
    keys: Vec<Uuid>,
    blobs: Vec<Vec<u8>>,
    prices: Vec<Decimal>,
}

const TABLE: &str = "CREATE TABLE shelves (id bigint PRIMARY KEY, words text[] NOT NULL, numbers integer[] NOT NULL,
    genres genre[] NOT NULL, seen timestamptz[], keys uuid[] NOT NULL, blobs bytea[] NOT NULL, prices numeric[] NOT NULL)";

impl Row for Shelf {
    const WIDTH: usize = 8;

    fn decode<'r, R: Reader<'r>>(row: &R, at: usize) -> std::result::Result<Self, DecodeError> {
        Ok(Self {
            id: row.get(at)?,
            words: row.get(at + 1)?,
            numbers: row.get(at + 2)?,
            genres: row.get(at + 3)?,
            seen: row.get(at + 4)?,
            keys: row.get(at + 5)?,
            blobs: row.get(at + 6)?,
            prices: row.get(at + 7)?,
        })
    }

    fn is_absent<'r, R: Reader<'r>>(row: &R, at: usize) -> bool {
        row.cell(at).is_null()
    }
}

const fn plain(name: &'static str) -> ColumnInfo {
    ColumnInfo { name, field: name, nullable: false, origin: Origin::Given, on_update: None }
}

impl Source for Shelf {
    const SOURCE: &'static SourceInfo = &SourceInfo {
        namespace: None,
        name: "shelves",
        alias: None,
        home: Home::Database,
        columns: &[
            plain("id"),
            plain("words"),
            plain("numbers"),
            plain("genres"),
            ColumnInfo { nullable: true, ..plain("seen") },
            plain("keys"),
            plain("blobs"),
            plain("prices"),
        ],
        key: &[0],
        uniques: &[UniqueInfo { name: "shelves_pkey", columns: &[0], filter: None }],
    };

    fn bind(&self, column: u16) -> Bind<'_> {
        match column {
            0 => self.id.bind(),
            1 => self.words.bind(),
            2 => self.numbers.bind(),
            3 => self.genres.bind(),
            4 => self.seen.bind(),
            5 => self.keys.bind(),
            6 => self.blobs.bind(),
            7 => self.prices.bind(),
            _ => Bind::Null,
        }
    }
}

impl New for Shelf {
    fn value(&self, column: u16) -> Option<Bind<'_>> {
        Some(Source::bind(self, column))
    }
}

impl Patch for Shelf {
    fn value(&self, column: u16) -> Option<Bind<'_>> {
        Some(Source::bind(self, column))
    }
}

impl Table for Shelf {
    type Key = i64;
    type New = Self;
    type Patch = Self;
    const DECLARATION: &'static str = "{}";
}

const WORDS: Column<Shelf, Vec<String>> = Column::new(1);
const NUMBERS: Column<Shelf, Vec<i32>> = Column::new(2);
const GENRES: Column<Shelf, Vec<Genre>> = Column::new(3);

fn shelf(id: i64) -> Shelf {
    Shelf {
        id,
        words: Vec::new(),
        numbers: Vec::new(),
        genres: Vec::new(),
        seen: None,
        keys: Vec::new(),
        blobs: Vec::new(),
        prices: Vec::new(),
    }
}

fn full() -> Shelf {
    let instant = "2024-05-01T09:30:00.5Z".parse().expect("an instant");
    Shelf {
        id: 1,
        words: ["plain", "with \"quotes\", {braces} and \\", "", "NULL"].map(str::to_owned).into(),
        numbers: vec![i32::MIN, 0, i32::MAX],
        genres: vec![Genre::ScienceFiction, Genre::Novel],
        seen: Some(vec![Some(instant), None]),
        keys: vec![Uuid::from_u128(7)],
        blobs: vec![vec![0, 255], vec![]],
        prices: ["0.10", "-12345678901234567890.5"].map(|p| p.parse().expect("a price")).into(),
    }
}

#[test]
fn arrays_come_back_as_they_went() -> Result<()> {
    let db = library();
    db.execute_script(TABLE)?;
    assert_eq!(Shelf::insert(full()).one(&db)?, full());
    assert_eq!(Shelf::insert(shelf(2)).one(&db)?, shelf(2));
    assert_eq!(
        Shelf::all().order(Column::<Shelf, i64>::new(0).asc()).all(&db)?,
        [full(), shelf(2)]
    );
    Ok(())
}

#[test]
fn arrays_are_asked_for_what_they_hold() -> Result<()> {
    let db = library();
    db.execute_script(TABLE)?;
    Shelf::insert_many([full(), shelf(2)]).run(&db)?;
    let ids = |condition: Predicate<Shelf>| -> Result<Vec<i64>> {
        Ok(Shelf::all().filter(condition).all(&db)?.into_iter().map(|shelf| shelf.id).collect())
    };
    assert_eq!(ids(WORDS.contains("plain"))?, [1]);
    assert_eq!(ids(!WORDS.contains("plain"))?, [2]);
    assert_eq!(ids(NUMBERS.contains(0))?, [1]);
    assert_eq!(ids(GENRES.contains(Genre::Novel))?, [1]);
    assert_eq!(ids(GENRES.contains(Genre::Essay))?, [] as [i64; 0]);
    assert_eq!(ids(NUMBERS.eq(vec![]))?, [2]);
    Shelf::update(2i64).set(WORDS, vec!["plain".to_owned()]).run(&db)?;
    assert_eq!(ids(WORDS.contains("plain"))?.len(), 2);
    Ok(())
}

#[test]
fn an_array_of_several_dimensions_is_an_error_that_names_it() -> Result<()> {
    let db = library();
    db.execute_script(TABLE)?;
    Shelf::insert(shelf(2)).run(&db)?;
    for column in ["numbers = '{{1,2},{3,4}}'", "genres = '{{novel}}'"] {
        db.execute_script(&format!("UPDATE shelves SET {column}"))?;
        let error = Shelf::all().one(&db).expect_err("refused");
        assert!(error.to_string().contains("expected an array of one dimension"), "{error}");
        db.execute_script("UPDATE shelves SET numbers = '{}', genres = '{}'")?;
    }
    db.execute_script("UPDATE shelves SET words = '{a,NULL}'")?;
    let error = Shelf::all().one(&db).expect_err("refused");
    assert!(error.to_string().starts_with("shelves.words of row 2: there is no value"), "{error}");
    Ok(())
}

#[test]
fn arrays_hold_some_of_many_and_are_counted() -> Result<()> {
    let db = library();
    db.execute_script(TABLE)?;
    Shelf::insert(full()).run(&db)?;
    Shelf::insert(shelf(2)).run(&db)?;
    let ids = |condition: peristyle::Predicate<Shelf>| {
        Shelf::all().filter(condition).select(Column::<Shelf, i64>::new(0)).all(&db)
    };
    assert_eq!(ids(NUMBERS.contains_all([0, i32::MAX]))?, [1]);
    assert_eq!(ids(NUMBERS.contains_all([0, 1]))?, [] as [i64; 0]);
    assert_eq!(ids(NUMBERS.contains_any([0, 1]))?, [1]);
    assert_eq!(ids(GENRES.contains_any([Genre::Essay, Genre::Novel]))?, [1]);
    assert_eq!(ids(WORDS.contains_all(["plain", "NULL"]))?, [1]);
    assert_eq!(ids(WORDS.elements().eq(4))?, [1]);
    assert_eq!(ids(NUMBERS.elements().lt(1))?, [2]);
    Ok(())
}
