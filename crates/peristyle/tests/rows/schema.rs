//! A small library: every kind of column, key and reference.

use peristyle::{
    Bytes, Connection, Date, DateTime, Decimal, Enum, Id, Json, Newtype, Table, Time, Timestamp,
    Uuid, View,
};
use serde::{Deserialize, Serialize};

/// Somebody who writes.
#[derive(Table, Debug, Clone, PartialEq)]
#[index(name, where = "name is not null")]
pub struct Author {
    #[key(default = cuid2)]
    pub id: Id<Author>,
    #[unique]
    pub email: String,
    pub name: Option<String>,
    #[column(default = 0, check = "karma >= -100")]
    pub karma: i64,
    pub born: Option<Date>,
    #[column(default = now)]
    pub created_at: Timestamp,
    #[column(default = now, on_update = now)]
    pub updated_at: Timestamp,
}

#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Genre {
    Novel,
    Essay,
    #[value(name = "sci-fi")]
    ScienceFiction,
}

#[derive(Newtype, Debug, Clone, PartialEq, Eq)]
pub struct Isbn(pub String);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Details {
    pub pages: u32,
    pub language: String,
    #[serde(default)]
    pub weight: Option<f64>,
    #[serde(default)]
    pub awards: Vec<Award>,
    #[serde(default)]
    pub signed: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Award {
    pub name: String,
    pub year: i32,
}

/// What somebody wrote.
#[derive(Table, Debug, Clone, PartialEq)]
#[unique(author_id, title)]
#[check("price >= 0", name = "price_is_not_negative")]
#[unique(isbn, where = "in_print", name = "books_isbn_in_print")]
pub struct Book {
    #[key(auto)]
    pub id: Id<Book>,
    #[references(on_delete = cascade)]
    pub author_id: Id<Author>,
    #[references(on_delete = set_null)]
    pub editor_id: Option<Id<Author>>,
    pub title: String,
    #[column(precision = 10, scale = 2)]
    pub price: Decimal,
    #[column(default = Genre::Novel)]
    pub genre: Genre,
    #[column(default = "[]")]
    pub tags: Json<Vec<String>>,
    pub details: Option<Json<Details>>,
    pub isbn: Option<Isbn>,
    pub published: Option<DateTime>,
    pub cover: Option<Bytes>,
    #[column(default = 0.0)]
    pub rating: f64,
    #[column(default = true)]
    pub in_print: bool,
    #[column(generated = "length(title)", stored)]
    pub title_length: i64,
}

/// An author is a member of a club once.
#[derive(Table, Debug, Clone, PartialEq)]
#[key(author_id, club)]
pub struct Membership {
    #[references(on_delete = cascade)]
    pub author_id: Id<Author>,
    pub club: String,
    pub since: Date,
}

/// What a membership costs.
#[derive(Table, Debug, Clone, PartialEq)]
#[foreign_key(columns(author_id, club), references = Membership(author_id, club), on_delete = cascade)]
pub struct Fee {
    #[key(auto)]
    pub id: i64,
    #[column(no_reference)]
    pub author_id: Id<Author>,
    pub club: String,
    pub amount: Decimal,
}

/// Something said, without a key.
#[derive(Table, Debug, Clone, PartialEq)]
pub struct LogLine {
    pub message: String,
    #[column(default = app::now)]
    pub at: Timestamp,
}

#[derive(Table, Debug, Clone, PartialEq)]
pub struct Token {
    #[key(default = uuid7)]
    pub id: Id<Token>,
    #[column(default = app::uuid4)]
    pub secret: Uuid,
    pub opens: Time,
    pub level: i16,
    pub weight: f32,
}

/// Somebody with a boss.
#[derive(Table, Debug, Clone, PartialEq)]
pub struct Employee {
    #[key(auto)]
    pub id: Id<Employee>,
    pub name: String,
    pub boss_id: Option<Id<Employee>>,
}

/// A table whose words are keywords of both languages.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "order")]
pub struct Keyword {
    #[key]
    pub key: String,
    pub r#type: String,
    #[column(name = "group")]
    pub group_name: Option<String>,
    #[column(default = "none")]
    pub select: Option<String>,
}

/// The books that cost more than 20.
#[derive(View, Debug, Clone, PartialEq)]
#[view(sql = "select id, title, price from books where price > 20")]
pub struct ExpensiveBook {
    pub id: Id<Book>,
    pub title: String,
    pub price: Decimal,
}

pub use crate::database::{Library, library};

pub fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal number")
}

/// An author of this name, whose address follows from it.
pub fn author(connection: &Connection, name: &str) -> Author {
    let email = format!("{}@example.org", name.to_lowercase());
    Author::insert(NewAuthor::new(email).name(name))
        .one(connection)
        .expect("the author is inserted")
}

/// A book of this author.
pub fn book(author: &Author, title: &str, price: &str) -> NewBook {
    NewBook::new(author.id.clone(), title, decimal(price))
}

/// Twelve authors of karma 0 to 11, with names for the even ones only.
pub fn dozen(connection: &Connection) -> Vec<Author> {
    let rows = (0..12).map(|n| {
        let new = NewAuthor::new(format!("{n}@example.org")).karma(n);
        if n % 2 == 0 { new.name(format!("Author {n:02}")) } else { new }
    });
    Author::insert_many(rows).all(connection).expect("twelve authors")
}

pub fn strings(words: &[&str]) -> Json<Vec<String>> {
    Json(words.iter().map(|word| (*word).to_owned()).collect())
}
