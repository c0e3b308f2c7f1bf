//! Two tables as the derive expands them, written by hand so that this crate is tested without it.
#![allow(dead_code, reason = "each test file uses a part")]

use peristyle_query::*;

#[derive(Debug, Clone, PartialEq)]
pub struct User {
    pub id: Id<User>,
    pub email: String,
    pub name: Option<String>,
    pub age: i64,
    pub tags: Json<Vec<String>>,
}

impl Keyed for User {
    type Key = i64;
}

impl SingleKey for User {}

impl Row for User {
    const WIDTH: usize = 5;

    fn decode<'r, R: Reader<'r>>(row: &R, at: usize) -> Result<Self, DecodeError> {
        Ok(Self {
            id: row.get(at)?,
            email: row.get(at + 1)?,
            name: row.get(at + 2)?,
            age: row.get(at + 3)?,
            tags: row.get(at + 4)?,
        })
    }

    fn is_absent<'r, R: Reader<'r>>(row: &R, at: usize) -> bool {
        row.cell(at).is_null()
    }
}

const fn plain(name: &'static str, nullable: bool) -> ColumnInfo {
    ColumnInfo { name, field: name, nullable, origin: Origin::Given, on_update: None }
}

impl Source for User {
    const SOURCE: &'static SourceInfo = &SourceInfo {
        namespace: None,
        name: "users",
        alias: None,
        home: Home::Database,
        columns: &[
            ColumnInfo {
                name: "id",
                field: "id",
                nullable: false,
                origin: Origin::Database,
                on_update: None,
            },
            plain("email", false),
            plain("name", true),
            ColumnInfo {
                name: "age",
                field: "age",
                nullable: false,
                origin: Origin::Database,
                on_update: None,
            },
            plain("tags", false),
        ],
        key: &[0],
        uniques: &[
            UniqueInfo { name: "users_pkey", columns: &[0], filter: None },
            UniqueInfo { name: "users_email_key", columns: &[1], filter: None },
        ],
    };

    fn bind(&self, column: u16) -> Bind<'_> {
        match column {
            0 => self.id.bind(),
            1 => self.email.bind(),
            2 => self.name.bind(),
            3 => self.age.bind(),
            4 => self.tags.bind(),
            _ => Bind::Null,
        }
    }
}

impl User {
    pub const ID: Column<Self, Id<Self>> = Column::new(0);
    pub const EMAIL: Column<Self, String> = Column::new(1);
    pub const NAME: Column<Self, Option<String>> = Column::new(2);
    pub const AGE: Column<Self, i64> = Column::new(3);
    pub const TAGS: Column<Self, Json<Vec<String>>> = Column::new(4);
    pub const EMAIL_KEY: Unique<Self> = Unique::new(1);
}

#[derive(Debug, Clone)]
pub struct NewUser {
    pub id: Option<Id<User>>,
    pub email: String,
    pub name: Option<String>,
    pub age: Option<i64>,
    pub tags: Json<Vec<String>>,
}

impl NewUser {
    pub fn new(email: impl Into<String>, tags: impl Into<Json<Vec<String>>>) -> Self {
        Self { id: None, email: email.into(), name: None, age: None, tags: tags.into() }
    }
}

impl New for NewUser {
    fn value(&self, column: u16) -> Option<Bind<'_>> {
        match column {
            0 => self.id.as_ref().map(Value::bind),
            1 => Some(self.email.bind()),
            2 => Some(self.name.bind()),
            3 => self.age.as_ref().map(Value::bind),
            4 => Some(self.tags.bind()),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, Default)]
pub struct UserPatch {
    pub email: Option<String>,
    pub name: Option<Option<String>>,
    pub age: Option<i64>,
    pub tags: Option<Json<Vec<String>>>,
}

impl Patch for UserPatch {
    fn value(&self, column: u16) -> Option<Bind<'_>> {
        match column {
            1 => self.email.as_ref().map(Value::bind),
            2 => self.name.as_ref().map(Value::bind),
            3 => self.age.as_ref().map(Value::bind),
            4 => self.tags.as_ref().map(Value::bind),
            _ => None,
        }
    }
}

impl Table for User {
    type Key = Id<User>;
    type New = NewUser;
    type Patch = UserPatch;
    const DECLARATION: &'static str = "{}";
}

#[derive(Debug, Clone, PartialEq)]
pub struct Post {
    pub id: i64,
    pub author_id: Option<Id<User>>,
    pub title: String,
}

impl Row for Post {
    const WIDTH: usize = 3;

    fn decode<'r, R: Reader<'r>>(row: &R, at: usize) -> Result<Self, DecodeError> {
        Ok(Self { id: row.get(at)?, author_id: row.get(at + 1)?, title: row.get(at + 2)? })
    }

    fn is_absent<'r, R: Reader<'r>>(row: &R, at: usize) -> bool {
        row.cell(at).is_null()
    }
}

impl Source for Post {
    const SOURCE: &'static SourceInfo = &SourceInfo {
        namespace: None,
        name: "posts",
        alias: None,
        home: Home::Database,
        columns: &[
            ColumnInfo {
                name: "id",
                field: "id",
                nullable: false,
                origin: Origin::Database,
                on_update: None,
            },
            plain("author_id", true),
            plain("title", false),
        ],
        key: &[0],
        uniques: &[UniqueInfo { name: "posts_pkey", columns: &[0], filter: None }],
    };

    fn bind(&self, column: u16) -> Bind<'_> {
        match column {
            0 => self.id.bind(),
            1 => self.author_id.bind(),
            2 => self.title.bind(),
            _ => Bind::Null,
        }
    }
}

impl Post {
    pub const ID: Column<Self, i64> = Column::new(0);
    pub const AUTHOR_ID: Column<Self, Option<Id<User>>> = Column::new(1);
    pub const TITLE: Column<Self, String> = Column::new(2);
    pub const AUTHOR: Reference<Self, User> = Reference::new(&[1], &[]);
}

#[derive(Debug, Clone)]
pub struct NewPost {
    pub id: Option<i64>,
    pub author_id: Option<Id<User>>,
    pub title: String,
}

impl New for NewPost {
    fn value(&self, column: u16) -> Option<Bind<'_>> {
        match column {
            0 => self.id.as_ref().map(Value::bind),
            1 => Some(self.author_id.bind()),
            2 => Some(self.title.bind()),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, Default)]
pub struct PostPatch {
    pub author_id: Option<Option<Id<User>>>,
    pub title: Option<String>,
}

impl Patch for PostPatch {
    fn value(&self, column: u16) -> Option<Bind<'_>> {
        match column {
            1 => self.author_id.as_ref().map(Value::bind),
            2 => self.title.as_ref().map(Value::bind),
            _ => None,
        }
    }
}

impl Table for Post {
    type Key = i64;
    type New = NewPost;
    type Patch = PostPatch;
    const DECLARATION: &'static str = "{}";
}

pub const SCHEMA: &str = "
    CREATE TABLE users (
        id INTEGER PRIMARY KEY,
        email TEXT NOT NULL,
        name TEXT,
        age INTEGER NOT NULL DEFAULT 18 CHECK (age >= 0),
        tags TEXT NOT NULL CHECK (json_valid(tags))
    );
    CREATE UNIQUE INDEX users_email_key ON users (email);
    CREATE TABLE posts (
        id INTEGER PRIMARY KEY,
        author_id INTEGER REFERENCES users (id),
        title TEXT NOT NULL
    );
";

/// A database in memory with both tables, empty.
pub fn database() -> Connection {
    let connection = Connection::open("sqlite::memory:").expect("a database in memory");
    connection.execute_script(SCHEMA).expect("the tables");
    connection
}

pub fn tags(tags: &[&str]) -> Json<Vec<String>> {
    Json(tags.iter().map(|tag| (*tag).to_owned()).collect())
}

/// A user of this name, whose address follows from it.
pub fn user(name: &str, age: i64, words: &[&str]) -> NewUser {
    NewUser {
        name: Some(name.to_owned()),
        age: Some(age),
        ..NewUser::new(format!("{}@example.org", name.to_lowercase()), tags(words))
    }
}
