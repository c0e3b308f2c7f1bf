//! sqlx on either database, on one held connection: its pool would add a ping to every call.

use std::str::FromStr;
use std::time::Duration;

use scenarios::{
    Answer, Contender, Crowd, Crowded, Failure, LEFT_OUT, NewGuest, POOL, Round, tasks,
};
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions, PgRow};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqlitePool, SqlitePoolOptions, SqliteRow,
};
use sqlx::{AssertSqlSafe, Connection, Postgres, QueryBuilder, Row, Sqlite};
use tokio::runtime::Runtime;

use crate::place::Place;
use crate::plain::{self, read, tree};

/// sqlx on a connection of its own to one kind of database, driven by a runtime on this thread.
pub struct Sqlx<'r, C> {
    runtime: &'r Runtime,
    connection: C,
}

impl<'r> Sqlx<'r, SqliteConnection> {
    /// Opens the database with the settings and the rows.
    pub fn sqlite(runtime: &'r Runtime, place: &Place) -> Result<Self, Failure> {
        let options = match place {
            Place::Memory | Place::Server(..) => SqliteConnectOptions::from_str("sqlite::memory:")?,
            Place::File(_) => {
                SqliteConnectOptions::new().filename(place.path("sqlx")).create_if_missing(true)
            }
        };
        let connection = runtime.block_on(async {
            let mut connection = SqliteConnection::connect_with(&options).await?;
            sqlx::raw_sql(AssertSqlSafe(place.script())).execute(&mut connection).await?;
            Ok::<_, sqlx::Error>(connection)
        })?;
        Ok(Self { runtime, connection })
    }
}

impl<'r> Sqlx<'r, PgConnection> {
    /// Connects to a database with the rows.
    pub fn postgres(runtime: &'r Runtime, place: &Place) -> Result<Self, Failure> {
        let options = PgConnectOptions::from_str(&place.filled("sqlx")?)?;
        let connection = runtime.block_on(PgConnection::connect_with(&options))?;
        Ok(Self { runtime, connection })
    }
}

/// How the rows of a level are found by the keys of the level above.
struct Lists {
    users: &'static str,
    posts: &'static str,
    comments: &'static str,
}

/// PostgreSQL takes an array.
const ARRAYS: Lists = Lists {
    users: "SELECT id, name, hair_color FROM users WHERE id = ANY($1)",
    posts: "SELECT id, user_id, title, body FROM posts WHERE user_id = ANY($1)",
    comments: "SELECT id, post_id, text FROM comments WHERE post_id = ANY($1)",
};

/// On SQLite the list is pushed to the text.
const TEXTS: Lists = Lists {
    users: "SELECT id, name, hair_color FROM users WHERE id IN (",
    posts: "SELECT id, user_id, title, body FROM posts WHERE user_id IN (",
    comments: "SELECT id, post_id, text FROM comments WHERE post_id IN (",
};

async fn sqlite_list<T: Send + Unpin>(
    connection: &mut SqliteConnection,
    start: &'static str,
    keys: &[i64],
    read: impl Fn(SqliteRow) -> sqlx::Result<T> + Send,
) -> sqlx::Result<Vec<T>> {
    let mut query = QueryBuilder::<Sqlite>::new(start);
    let mut list = query.separated(", ");
    for key in keys {
        list.push_bind(*key);
    }
    query.push(")");
    query.build().try_map(read).fetch_all(connection).await
}

async fn postgres_list<T: Send + Unpin>(
    connection: &mut PgConnection,
    sql: &'static str,
    keys: &[i64],
    read: impl Fn(PgRow) -> sqlx::Result<T> + Send,
) -> sqlx::Result<Vec<T>> {
    sqlx::query(sql).bind(keys).try_map(read).fetch_all(connection).await
}

/// The questions, for one kind of connection.
macro_rules! contender {
    ($connection:ty, $database:ty, $row:ty, $lists:ident, $list:ident) => {
        impl Sqlx<'_, $connection> {
            async fn add(connection: &mut $connection, row: &NewGuest) -> sqlx::Result<()> {
                sqlx::query("INSERT INTO guests (name, hair_color) VALUES ($1, $2)")
                    .bind(row.name.as_str())
                    .bind(row.hair_color.as_deref())
                    .execute(connection)
                    .await?;
                Ok(())
            }
        }

        impl Contender for Sqlx<'_, $connection> {
            type Guest = NewGuest;

            fn guest(row: NewGuest) -> NewGuest {
                row
            }

            fn points(&mut self, keys: &[i64]) -> Result<impl Answer, Failure> {
                let connection = &mut self.connection;
                Ok(self.runtime.block_on(async {
                    let mut found = Vec::with_capacity(keys.len());
                    for key in keys {
                        let user = sqlx::query(plain::POINT).bind(key);
                        let user = user.try_map(|row: $row| Ok(read!(User, row.try_get, 0)));
                        found.push(user.fetch_one(&mut *connection).await?);
                    }
                    Ok::<_, sqlx::Error>(found)
                })?)
            }

            fn among(&mut self, keys: &[i64]) -> Result<impl Answer, Failure> {
                let user = |row: $row| Ok(read!(User, row.try_get, 0));
                Ok(self.runtime.block_on($list(&mut self.connection, $lists.users, keys, user))?)
            }

            fn filters(&mut self, floors: &[i64]) -> Result<impl Answer, Failure> {
                let connection = &mut self.connection;
                Ok(self.runtime.block_on(async {
                    let mut found = Vec::with_capacity(floors.len());
                    for floor in floors {
                        let rows = sqlx::query(plain::FILTER).bind(floor).bind(LEFT_OUT);
                        let rows = rows.try_map(|row: $row| Ok(read!(User, row.try_get, 0)));
                        found.push(rows.fetch_all(&mut *connection).await?);
                    }
                    Ok::<_, sqlx::Error>(found)
                })?)
            }

            fn pages(&mut self, after: &[(String, i64)]) -> Result<impl Answer, Failure> {
                let connection = &mut self.connection;
                Ok(self.runtime.block_on(async {
                    let mut found = Vec::with_capacity(after.len());
                    for (name, key) in after {
                        let rows = sqlx::query(plain::PAGE).bind(name.as_str()).bind(key);
                        let rows = rows.try_map(|row: $row| Ok(read!(User, row.try_get, 0)));
                        found.push(rows.fetch_all(&mut *connection).await?);
                    }
                    Ok::<_, sqlx::Error>(found)
                })?)
            }

            fn load(&mut self, most: i64) -> Result<impl Answer, Failure> {
                let rows = sqlx::query(plain::LOAD).bind(most);
                let rows = rows.try_map(|row: $row| Ok(read!(User, row.try_get, 0)));
                Ok(self.runtime.block_on(rows.fetch_all(&mut self.connection))?)
            }

            fn join(&mut self, rows: i64) -> Result<impl Answer, Failure> {
                let rows = sqlx::query(plain::JOIN).bind(100 + rows);
                let rows = rows.try_map(|row: $row| {
                    let post = match row.try_get::<Option<i64>, _>(3)? {
                        Some(_) => Some(read!(Post, row.try_get, 3)),
                        None => None,
                    };
                    Ok((read!(User, row.try_get, 0), post))
                });
                Ok(self.runtime.block_on(rows.fetch_all(&mut self.connection))?)
            }

            fn tree(&mut self, roots: i64) -> Result<impl Answer, Failure> {
                let connection = &mut self.connection;
                Ok(self.runtime.block_on(async {
                    let users = sqlx::query(plain::LOAD).bind(roots);
                    let users = users.try_map(|row: $row| Ok(read!(User, row.try_get, 0)));
                    let users = users.fetch_all(&mut *connection).await?;
                    let keys: Vec<i64> = users.iter().map(|user| user.id).collect();
                    let post = |row: $row| Ok(read!(Post, row.try_get, 0));
                    let posts = $list(connection, $lists.posts, &keys, post).await?;
                    let keys: Vec<i64> = posts.iter().map(|post| post.id).collect();
                    let comment = |row: $row| Ok(read!(Comment, row.try_get, 0));
                    let comments = $list(connection, $lists.comments, &keys, comment).await?;
                    Ok::<_, sqlx::Error>(tree(users, posts, comments))
                })?)
            }

            fn updates(&mut self, keys: &[i64], hair: &str) -> Result<(), Failure> {
                let connection = &mut self.connection;
                Ok(self.runtime.block_on(async {
                    for key in keys {
                        let update = sqlx::query(plain::UPDATE).bind(hair).bind(key);
                        update.execute(&mut *connection).await?;
                    }
                    Ok::<_, sqlx::Error>(())
                })?)
            }

            fn insert(&mut self, guests: Vec<NewGuest>) -> Result<(), Failure> {
                let connection = &mut self.connection;
                Ok(self.runtime.block_on(async {
                    if let [guest] = &*guests {
                        return Self::add(connection, guest).await;
                    }
                    let mut query =
                        QueryBuilder::<$database>::new("INSERT INTO guests (name, hair_color) ");
                    query.push_values(&guests, |mut values, row| {
                        values.push_bind(row.name.as_str()).push_bind(row.hair_color.as_deref());
                    });
                    query.build().execute(connection).await.map(drop)
                })?)
            }

            fn insert_in_transaction(&mut self, guests: Vec<NewGuest>) -> Result<(), Failure> {
                let connection = &mut self.connection;
                Ok(self.runtime.block_on(async {
                    let mut transaction = connection.begin().await?;
                    for guest in &guests {
                        Self::add(&mut transaction, guest).await?;
                    }
                    transaction.commit().await
                })?)
            }

            fn guests(&mut self) -> Result<impl Answer, Failure> {
                let rows = sqlx::query(plain::GUESTS);
                let rows = rows.try_map(|row: $row| Ok(read!(Guest, row.try_get, 0)));
                Ok(self.runtime.block_on(rows.fetch_all(&mut self.connection))?)
            }

            fn forget(&mut self) -> Result<(), Failure> {
                self.runtime.block_on(sqlx::query(plain::FORGET).execute(&mut self.connection))?;
                Ok(())
            }

            fn web(&mut self, rounds: &[Round]) -> Result<impl Answer, Failure> {
                let connection = &mut self.connection;
                Ok(self.runtime.block_on(async {
                    let mut found = Vec::with_capacity(rounds.len());
                    for round in rounds {
                        let customer = sqlx::query(plain::CUSTOMER).bind(round.customer);
                        let customer = customer
                            .try_map(|row: $row| Ok(read!(Customer, row.try_get, 0)))
                            .fetch_one(&mut *connection)
                            .await?;
                        let orders = sqlx::query(plain::ORDERS).bind(round.order);
                        let orders = orders
                            .try_map(|row: $row| Ok(read!(Summary, row.try_get, 0)))
                            .fetch_all(&mut *connection)
                            .await?;
                        let products = sqlx::query(plain::PRODUCTS).bind(round.pattern);
                        let products = products
                            .try_map(|row: $row| Ok(read!(Product, row.try_get, 0)))
                            .fetch_all(&mut *connection)
                            .await?;
                        let supplier = sqlx::query(plain::SUPPLIER).bind(round.supplier);
                        let supplier = supplier
                            .try_map(|row: $row| Ok(read!(Supplier, row.try_get, 0)))
                            .fetch_one(&mut *connection)
                            .await?;
                        let offered = sqlx::query(plain::PRODUCTS_OF).bind(round.supplier);
                        let offered = offered
                            .try_map(|row: $row| Ok(read!(Product, row.try_get, 0)))
                            .fetch_all(&mut *connection)
                            .await?;
                        let order = sqlx::query(plain::ORDER).bind(round.order);
                        let order = order
                            .try_map(|row: $row| Ok(read!(Order, row.try_get, 0)))
                            .fetch_one(&mut *connection)
                            .await?;
                        let lines = sqlx::query(plain::LINES).bind(round.order);
                        let lines = lines
                            .try_map(|row: $row| {
                                Ok((read!(Line, row.try_get, 0), read!(Product, row.try_get, 5)))
                            })
                            .fetch_all(&mut *connection)
                            .await?;
                        found.push((
                            customer,
                            orders,
                            products,
                            (supplier, offered),
                            (order, lines),
                        ));
                    }
                    Ok::<_, sqlx::Error>(found)
                })?)
            }
        }
    };
}

contender!(SqliteConnection, Sqlite, SqliteRow, TEXTS, sqlite_list);
contender!(PgConnection, Postgres, PgRow, ARRAYS, postgres_list);

/// 33 tasks on a pool, on a runtime of several threads.
pub struct SqlxCrowd<'r, P> {
    runtime: &'r Runtime,
    pool: P,
}

impl<'r> SqlxCrowd<'r, SqlitePool> {
    /// Makes the pool.
    pub fn sqlite(runtime: &'r Runtime, place: &Place) -> Result<Self, Failure> {
        let options = SqliteConnectOptions::from_str(&place.filled("sqlx-crowd")?)?
            .pragma("synchronous", "NORMAL")
            .busy_timeout(Duration::from_secs(5));
        let pool = SqlitePoolOptions::new().max_connections(5).test_before_acquire(false);
        Ok(Self { runtime, pool: runtime.block_on(pool.connect_with(options))? })
    }
}

impl<'r> SqlxCrowd<'r, PgPool> {
    /// Makes the pool.
    pub fn postgres(runtime: &'r Runtime, place: &Place) -> Result<Self, Failure> {
        let url = place.filled("sqlx_crowd")?;
        let pool = PgPoolOptions::new().max_connections(POOL as u32).test_before_acquire(false);
        Ok(Self { runtime, pool: runtime.block_on(pool.connect(&url))? })
    }
}

macro_rules! crowd {
    ($pool:ty, $row:ty) => {
        impl Crowd for SqlxCrowd<'_, $pool> {
            fn crowd(&mut self, time: Duration) -> Result<Crowded, Failure> {
                let pool = self.pool.clone();
                let read = move |_: usize, key: i64| {
                    let pool = pool.clone();
                    async move {
                        let user = sqlx::query(plain::POINT).bind(key);
                        let user = user.try_map(|row: $row| Ok(read!(User, row.try_get, 0)));
                        let found =
                            user.fetch_one(&pool).await.map_err(|error| error.to_string())?;
                        if found.id == key { Ok(()) } else { Err("another user".to_owned()) }
                    }
                };
                let pool = self.pool.clone();
                let write = move || {
                    let pool = pool.clone();
                    async move {
                        sqlx::query("INSERT INTO guests (name, hair_color) VALUES ($1, $2)")
                            .bind("somebody")
                            .bind("brown")
                            .execute(&pool)
                            .await
                            .map_err(|error| error.to_string())
                            .map(drop)
                    }
                };
                let crowded = tasks(self.runtime, time, read, write)?;
                self.runtime.block_on(sqlx::query(plain::FORGET).execute(&self.pool))?;
                Ok(crowded)
            }
        }
    };
}

crowd!(SqlitePool, SqliteRow);
crowd!(PgPool, PgRow);
