//! Diesel. `get_result` and not `first`: `first` binds a limit, and SQLite prepares anew when a limit is bound.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;

use crate::contender::{Contender, Failure, row};
use crate::place::{Place, script};
use crate::question::{LEFT_OUT, NewUser, floors, keys};

diesel::table! {
    users (id) {
        id -> BigInt,
        name -> Text,
        hair_color -> Nullable<Text>,
    }
}

/// A row.
#[derive(Queryable, Selectable)]
#[diesel(table_name = users, check_for_backend(diesel::sqlite::Sqlite))]
pub struct User {
    id: i64,
    name: String,
    hair_color: Option<String>,
}

row!(User);

/// A row to insert. NULL is written as NULL: with a default in its place many rows would be many statements.
#[derive(Insertable)]
#[diesel(table_name = users, treat_none_as_default_value = false)]
struct Insertion<'a> {
    name: &'a str,
    hair_color: Option<&'a str>,
}

impl<'a> From<&'a NewUser> for Insertion<'a> {
    fn from(row: &'a NewUser) -> Self {
        Self { name: &row.name, hair_color: row.hair_color.as_deref() }
    }
}

/// Diesel on a connection of its own.
pub struct Diesel {
    connection: SqliteConnection,
}

impl Diesel {
    /// Opens the database with the settings and the rows.
    pub fn new(place: &Place) -> Result<Self, Failure> {
        let path = place.path("diesel");
        let mut connection = SqliteConnection::establish(&path.to_string_lossy())?;
        connection.batch_execute(place.settings())?;
        connection.batch_execute(&script())?;
        Ok(Self { connection })
    }

    fn insert(&mut self, row: &NewUser) -> QueryResult<usize> {
        diesel::insert_into(users::table).values(Insertion::from(row)).execute(&mut self.connection)
    }
}

impl Contender for Diesel {
    type User = User;
    type New = NewUser;

    fn new_row(row: NewUser) -> NewUser {
        row
    }

    fn points(&mut self) -> Result<Vec<User>, Failure> {
        let point =
            |key| users::table.find(key).select(User::as_select()).get_result(&mut self.connection);
        Ok(keys().map(point).collect::<Result<_, _>>()?)
    }

    fn load(&mut self) -> Result<Vec<User>, Failure> {
        Ok(users::table.select(User::as_select()).load(&mut self.connection)?)
    }

    fn filters(&mut self) -> Result<Vec<User>, Failure> {
        let mut found = Vec::new();
        for floor in floors() {
            let rows: Vec<User> = users::table
                .filter(users::id.gt(floor))
                .filter(users::hair_color.is_not_null())
                .filter(users::name.ne(LEFT_OUT))
                .order(users::id)
                .limit(10)
                .select(User::as_select())
                .load(&mut self.connection)?;
            found.extend(rows);
        }
        Ok(found)
    }

    fn insert_each(&mut self, rows: Vec<NewUser>) -> Result<(), Failure> {
        for row in &rows {
            self.insert(row)?;
        }
        Ok(())
    }

    fn insert_many(&mut self, rows: Vec<NewUser>) -> Result<(), Failure> {
        let rows: Vec<Insertion<'_>> = rows.iter().map(Insertion::from).collect();
        diesel::insert_into(users::table).values(&rows).execute(&mut self.connection)?;
        Ok(())
    }

    fn insert_in_transaction(&mut self, rows: Vec<NewUser>) -> Result<(), Failure> {
        self.connection.transaction(|connection| {
            for row in &rows {
                diesel::insert_into(users::table)
                    .values(Insertion::from(row))
                    .execute(connection)?;
            }
            QueryResult::Ok(())
        })?;
        Ok(())
    }

    fn forget(&mut self) -> Result<u64, Failure> {
        let deleted = diesel::delete(users::table.filter(users::id.gt(10_000_i64)));
        Ok(deleted.execute(&mut self.connection)?.try_into()?)
    }
}
