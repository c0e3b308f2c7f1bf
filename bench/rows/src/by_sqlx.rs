//! sqlx, on one held connection: its pool would add a ping to every call.

use std::str::FromStr;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection, QueryBuilder};
use tokio::runtime::Runtime;

use crate::contender::{Contender, Failure, row};
use crate::place::{Place, script};
use crate::question::{FORGET, LEFT_OUT, NewUser, floors, keys};

/// A row.
#[derive(sqlx::FromRow)]
pub struct User {
    id: i64,
    name: String,
    hair_color: Option<String>,
}

row!(User);

/// sqlx on a connection of its own, driven by a runtime on this thread.
pub struct Sqlx<'r> {
    runtime: &'r Runtime,
    connection: SqliteConnection,
}

impl<'r> Sqlx<'r> {
    /// Opens the database with the settings and the rows.
    pub fn new(runtime: &'r Runtime, place: &Place) -> Result<Self, Failure> {
        let path = place.path("sqlx");
        let options = match place {
            Place::Memory => SqliteConnectOptions::from_str("sqlite::memory:")?,
            Place::File(_) => SqliteConnectOptions::new().filename(path).create_if_missing(true),
        };
        let connection = runtime.block_on(async {
            let mut connection = SqliteConnection::connect_with(&options).await?;
            sqlx::raw_sql(place.settings()).execute(&mut connection).await?;
            sqlx::raw_sql(AssertSqlSafe(script())).execute(&mut connection).await?;
            Ok::<_, sqlx::Error>(connection)
        })?;
        Ok(Self { runtime, connection })
    }
}

async fn insert(connection: &mut SqliteConnection, row: &NewUser) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO users (name, hair_color) VALUES (?1, ?2)")
        .bind(row.name.as_str())
        .bind(row.hair_color.as_deref())
        .execute(connection)
        .await?;
    Ok(())
}

impl Contender for Sqlx<'_> {
    type User = User;
    type New = NewUser;

    fn new_row(row: NewUser) -> NewUser {
        row
    }

    fn points(&mut self) -> Result<Vec<User>, Failure> {
        let connection = &mut self.connection;
        let points = async {
            let mut found = Vec::new();
            for key in keys() {
                let sql = "SELECT id, name, hair_color FROM users WHERE id = ?1";
                found.push(sqlx::query_as(sql).bind(key).fetch_one(&mut *connection).await?);
            }
            Ok::<_, sqlx::Error>(found)
        };
        Ok(self.runtime.block_on(points)?)
    }

    fn load(&mut self) -> Result<Vec<User>, Failure> {
        let rows = sqlx::query_as("SELECT id, name, hair_color FROM users");
        Ok(self.runtime.block_on(rows.fetch_all(&mut self.connection))?)
    }

    fn filters(&mut self) -> Result<Vec<User>, Failure> {
        let connection = &mut self.connection;
        let filters = async {
            let mut found = Vec::new();
            for floor in floors() {
                let sql = "SELECT id, name, hair_color FROM users \
                     WHERE id > ?1 AND hair_color IS NOT NULL AND name <> ?2 ORDER BY id LIMIT 10";
                let rows = sqlx::query_as(sql).bind(floor).bind(LEFT_OUT);
                found.extend(rows.fetch_all(&mut *connection).await?);
            }
            Ok::<_, sqlx::Error>(found)
        };
        Ok(self.runtime.block_on(filters)?)
    }

    fn insert_each(&mut self, rows: Vec<NewUser>) -> Result<(), Failure> {
        let connection = &mut self.connection;
        let inserts = async {
            for row in &rows {
                insert(connection, row).await?;
            }
            Ok::<_, sqlx::Error>(())
        };
        Ok(self.runtime.block_on(inserts)?)
    }

    fn insert_many(&mut self, rows: Vec<NewUser>) -> Result<(), Failure> {
        let mut query = QueryBuilder::new("INSERT INTO users (name, hair_color) ");
        query.push_values(&rows, |mut values, row| {
            values.push_bind(row.name.as_str()).push_bind(row.hair_color.as_deref());
        });
        self.runtime.block_on(query.build().execute(&mut self.connection))?;
        Ok(())
    }

    fn insert_in_transaction(&mut self, rows: Vec<NewUser>) -> Result<(), Failure> {
        let connection = &mut self.connection;
        let inserts = async {
            let mut transaction = connection.begin().await?;
            for row in &rows {
                insert(&mut transaction, row).await?;
            }
            transaction.commit().await
        };
        Ok(self.runtime.block_on(inserts)?)
    }

    fn forget(&mut self) -> Result<u64, Failure> {
        let deleted = sqlx::query(FORGET).execute(&mut self.connection);
        Ok(self.runtime.block_on(deleted)?.rows_affected())
    }
}
