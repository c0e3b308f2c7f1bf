//! `rusqlite` by hand: statements prepared once and held, or looked up in its cache at each call.

use rusqlite::{
    CachedStatement, Connection, Row as SqliteRow, Statement, params, params_from_iter,
};

use crate::contender::{Contender, Failure, row};
use crate::question::{FORGET, LEFT_OUT, NewUser, floors, keys};

/// A row.
pub struct User {
    id: i64,
    name: String,
    hair_color: Option<String>,
}

row!(User);

const POINT: &str = "SELECT id, name, hair_color FROM users WHERE id = ?1";
const LOAD: &str = "SELECT id, name, hair_color FROM users";
const FILTER: &str = "SELECT id, name, hair_color FROM users \
     WHERE id > ?1 AND hair_color IS NOT NULL AND name <> ?2 ORDER BY id LIMIT 10";
const INSERT: &str = "INSERT INTO users (name, hair_color) VALUES (?1, ?2)";

fn insert_many(rows: usize) -> String {
    format!("INSERT INTO users (name, hair_color) VALUES {}", vec!["(?, ?)"; rows].join(", "))
}

fn user(row: &SqliteRow<'_>) -> rusqlite::Result<User> {
    Ok(User { id: row.get(0)?, name: row.get(1)?, hair_color: row.get(2)? })
}

fn point(statement: &mut Statement<'_>, key: i64) -> rusqlite::Result<User> {
    statement.query_row([key], user)
}

fn filter(statement: &mut Statement<'_>, floor: i64, into: &mut Vec<User>) -> rusqlite::Result<()> {
    for found in statement.query_map(params![floor, LEFT_OUT], user)? {
        into.push(found?);
    }
    Ok(())
}

fn load(statement: &mut Statement<'_>) -> rusqlite::Result<Vec<User>> {
    statement.query_map([], user)?.collect()
}

fn insert(statement: &mut Statement<'_>, row: &NewUser) -> rusqlite::Result<()> {
    statement.execute(params![row.name, row.hair_color])?;
    Ok(())
}

fn insert_all(statement: &mut Statement<'_>, rows: &[NewUser]) -> rusqlite::Result<()> {
    let values = rows.iter().flat_map(|row| [Some(row.name.as_str()), row.hair_color.as_deref()]);
    statement.execute(params_from_iter(values))?;
    Ok(())
}

/// Every statement prepared before, and held: the least that `rusqlite` can cost.
pub struct Held<'c> {
    connection: &'c Connection,
    point: Statement<'c>,
    load: Statement<'c>,
    filter: Statement<'c>,
    insert: Statement<'c>,
    insert_many: Statement<'c>,
    begin: Statement<'c>,
    commit: Statement<'c>,
}

impl<'c> Held<'c> {
    /// Prepares everything.
    pub fn new(connection: &'c Connection) -> Result<Self, Failure> {
        Ok(Self {
            connection,
            point: connection.prepare(POINT)?,
            load: connection.prepare(LOAD)?,
            filter: connection.prepare(FILTER)?,
            insert: connection.prepare(INSERT)?,
            insert_many: connection.prepare(&insert_many(100))?,
            begin: connection.prepare("BEGIN")?,
            commit: connection.prepare("COMMIT")?,
        })
    }
}

impl Contender for Held<'_> {
    type User = User;
    type New = NewUser;

    fn new_row(row: NewUser) -> NewUser {
        row
    }

    fn points(&mut self) -> Result<Vec<User>, Failure> {
        Ok(keys().map(|key| point(&mut self.point, key)).collect::<Result<_, _>>()?)
    }

    fn load(&mut self) -> Result<Vec<User>, Failure> {
        Ok(load(&mut self.load)?)
    }

    fn filters(&mut self) -> Result<Vec<User>, Failure> {
        let mut found = Vec::new();
        for floor in floors() {
            filter(&mut self.filter, floor, &mut found)?;
        }
        Ok(found)
    }

    fn insert_each(&mut self, rows: Vec<NewUser>) -> Result<(), Failure> {
        Ok(rows.iter().try_for_each(|row| insert(&mut self.insert, row))?)
    }

    fn insert_many(&mut self, rows: Vec<NewUser>) -> Result<(), Failure> {
        Ok(insert_all(&mut self.insert_many, &rows)?)
    }

    fn insert_in_transaction(&mut self, rows: Vec<NewUser>) -> Result<(), Failure> {
        self.begin.execute([])?;
        rows.iter().try_for_each(|row| insert(&mut self.insert, row))?;
        self.commit.execute([])?;
        Ok(())
    }

    fn forget(&mut self) -> Result<u64, Failure> {
        Ok(self.connection.execute(FORGET, [])?.try_into()?)
    }
}

/// Every statement looked up by its text in the connection's cache at each call.
pub struct Cached<'c> {
    connection: &'c mut Connection,
}

impl<'c> Cached<'c> {
    /// Takes the connection.
    pub fn new(connection: &'c mut Connection) -> Self {
        Self { connection }
    }

    fn prepare(&self, sql: &str) -> rusqlite::Result<CachedStatement<'_>> {
        self.connection.prepare_cached(sql)
    }
}

impl Contender for Cached<'_> {
    type User = User;
    type New = NewUser;

    fn new_row(row: NewUser) -> NewUser {
        row
    }

    fn points(&mut self) -> Result<Vec<User>, Failure> {
        Ok(keys().map(|key| point(&mut *self.prepare(POINT)?, key)).collect::<Result<_, _>>()?)
    }

    fn load(&mut self) -> Result<Vec<User>, Failure> {
        Ok(load(&mut *self.prepare(LOAD)?)?)
    }

    fn filters(&mut self) -> Result<Vec<User>, Failure> {
        let mut found = Vec::new();
        for floor in floors() {
            filter(&mut *self.prepare(FILTER)?, floor, &mut found)?;
        }
        Ok(found)
    }

    fn insert_each(&mut self, rows: Vec<NewUser>) -> Result<(), Failure> {
        Ok(rows.iter().try_for_each(|row| insert(&mut *self.prepare(INSERT)?, row))?)
    }

    fn insert_many(&mut self, rows: Vec<NewUser>) -> Result<(), Failure> {
        Ok(insert_all(&mut *self.prepare(&insert_many(rows.len()))?, &rows)?)
    }

    fn insert_in_transaction(&mut self, rows: Vec<NewUser>) -> Result<(), Failure> {
        let transaction = self.connection.transaction()?;
        rows.iter().try_for_each(|row| insert(&mut *transaction.prepare_cached(INSERT)?, row))?;
        Ok(transaction.commit()?)
    }

    fn forget(&mut self) -> Result<u64, Failure> {
        Ok(self.connection.execute(FORGET, [])?.try_into()?)
    }
}
