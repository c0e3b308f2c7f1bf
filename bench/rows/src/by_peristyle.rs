//! Peristyle: the table's derive, and its synchronous door.

use peristyle::{Connection, Id, Table};

use crate::contender::{Contender, Failure, Row};
use crate::place::{Place, script};
use crate::question::{self, LEFT_OUT, floors, keys};

/// A row of the table.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "users")]
pub struct User {
    #[key(auto)]
    id: Id<User>,
    name: String,
    hair_color: Option<String>,
}

impl Row for User {
    fn id(&self) -> i64 {
        *self.id.key()
    }
    fn name(&self) -> &str {
        &self.name
    }
    fn hair_color(&self) -> Option<&str> {
        self.hair_color.as_deref()
    }
}

/// Peristyle on a connection of its own, which it sets up itself.
pub struct Peristyle {
    connection: Connection,
}

impl Peristyle {
    /// Opens the database with the rows.
    pub fn new(place: &Place) -> Result<Self, Failure> {
        let url = format!("sqlite:{}", place.path("peristyle").display());
        let connection = Connection::open(&url)?;
        connection.execute_script(&script())?;
        Ok(Self { connection })
    }
}

impl Contender for Peristyle {
    type User = User;
    type New = NewUser;

    fn new_row(row: question::NewUser) -> NewUser {
        NewUser { id: None, name: row.name, hair_color: row.hair_color }
    }

    fn points(&mut self) -> Result<Vec<User>, Failure> {
        let point = |key| User::get(Id::new(key)).one(&self.connection);
        Ok(keys().map(point).collect::<Result<_, _>>()?)
    }

    fn load(&mut self) -> Result<Vec<User>, Failure> {
        Ok(User::all().all(&self.connection)?)
    }

    fn filters(&mut self) -> Result<Vec<User>, Failure> {
        let mut found = Vec::new();
        for floor in floors() {
            let rows = User::all()
                .filter(User::ID.gt(Id::new(floor)))
                .filter(User::HAIR_COLOR.is_not_null())
                .filter(User::NAME.ne(LEFT_OUT))
                .order(User::ID.asc())
                .limit(10);
            found.extend(rows.all(&self.connection)?);
        }
        Ok(found)
    }

    fn insert_each(&mut self, rows: Vec<NewUser>) -> Result<(), Failure> {
        for row in rows {
            User::insert(row).run(&self.connection)?;
        }
        Ok(())
    }

    fn insert_many(&mut self, rows: Vec<NewUser>) -> Result<(), Failure> {
        User::insert_many(rows).run(&self.connection)?;
        Ok(())
    }

    fn insert_in_transaction(&mut self, rows: Vec<NewUser>) -> Result<(), Failure> {
        self.connection.transaction(|transaction| {
            rows.into_iter().try_for_each(|row| User::insert(row).run(transaction).map(drop))
        })?;
        Ok(())
    }

    fn forget(&mut self) -> Result<u64, Failure> {
        Ok(User::delete_all().filter(User::ID.gt(Id::new(10_000))).run(&self.connection)?)
    }
}
