//! tokio-postgres by hand: statements prepared once and held.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::try_join_all;
use scenarios::{
    Answer, Contender, Crowd, Crowded, Failure, LEFT_OUT, NewGuest, POOL, Round, tasks,
};
use tokio::runtime::Runtime;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Error, NoTls, Row, Statement};

use crate::place::Place;
use crate::plain::{self, Pages, Product, User, read, tree};

const AMONG: &str = "SELECT id, name, hair_color FROM users WHERE id = ANY($1)";
const POSTS: &str = "SELECT id, user_id, title, body FROM posts WHERE user_id = ANY($1)";
const COMMENTS: &str = "SELECT id, post_id, text FROM comments WHERE post_id = ANY($1)";

/// What is held.
struct Statements {
    point: Statement,
    load: Statement,
    filter: Statement,
    page: Statement,
    join: Statement,
    update: Statement,
    among: Statement,
    posts: Statement,
    comments: Statement,
    customer: Statement,
    orders: Statement,
    products: Statement,
    supplier: Statement,
    products_of: Statement,
    order: Statement,
    lines: Statement,
    /// By how many rows they insert.
    inserts: RefCell<HashMap<usize, Statement>>,
}

impl Statements {
    async fn prepare(client: &Client) -> Result<Self, Error> {
        Ok(Self {
            point: client.prepare(plain::POINT).await?,
            load: client.prepare(plain::LOAD).await?,
            filter: client.prepare(plain::FILTER).await?,
            page: client.prepare(plain::PAGE).await?,
            join: client.prepare(plain::JOIN).await?,
            update: client.prepare(plain::UPDATE).await?,
            among: client.prepare(AMONG).await?,
            posts: client.prepare(POSTS).await?,
            comments: client.prepare(COMMENTS).await?,
            customer: client.prepare(plain::CUSTOMER).await?,
            orders: client.prepare(plain::ORDERS).await?,
            products: client.prepare(plain::PRODUCTS).await?,
            supplier: client.prepare(plain::SUPPLIER).await?,
            products_of: client.prepare(plain::PRODUCTS_OF).await?,
            order: client.prepare(plain::ORDER).await?,
            lines: client.prepare(plain::LINES).await?,
            inserts: RefCell::default(),
        })
    }
}

async fn connect(url: &str) -> Result<Client, Error> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

/// tokio-postgres on a connection of its own, driven by a runtime on this thread.
pub struct Raw<'r> {
    runtime: &'r Runtime,
    client: Client,
    held: Statements,
}

impl<'r> Raw<'r> {
    /// Connects to a database with the rows.
    pub fn new(runtime: &'r Runtime, place: &Place) -> Result<Self, Failure> {
        let url = place.filled("raw")?;
        let (client, held) = runtime.block_on(async {
            let client = connect(&url).await?;
            let held = Statements::prepare(&client).await?;
            Ok::<_, Error>((client, held))
        })?;
        Ok(Self { runtime, client, held })
    }

    async fn all<T>(
        &self,
        statement: &Statement,
        parameters: &[&(dyn ToSql + Sync)],
        read: impl Fn(&Row) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        self.client.query(statement, parameters).await?.iter().map(read).collect()
    }

    async fn point(&self, key: i64) -> Result<User, Error> {
        user(&self.client.query_one(&self.held.point, &[&key]).await?)
    }

    async fn insert_of(&self, rows: usize) -> Result<Statement, Error> {
        if let Some(statement) = self.held.inserts.borrow().get(&rows) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(&plain::insert(rows)).await?;
        self.held.inserts.borrow_mut().insert(rows, statement.clone());
        Ok(statement)
    }

    async fn round(&self, round: &Round) -> Result<Pages, Error> {
        let held = &self.held;
        let row = self.client.query_one(&held.customer, &[&round.customer]).await?;
        let customer = read!(Customer, row.try_get, 0);
        let summary = |row: &Row| Ok(read!(Summary, row.try_get, 0));
        let orders = self.all(&held.orders, &[&round.order], summary).await?;
        let products = self.all(&held.products, &[&round.pattern], product).await?;
        let row = self.client.query_one(&held.supplier, &[&round.supplier]).await?;
        let supplier = read!(Supplier, row.try_get, 0);
        let offered = self.all(&held.products_of, &[&round.supplier], product).await?;
        let row = self.client.query_one(&held.order, &[&round.order]).await?;
        let order = read!(Order, row.try_get, 0);
        let line = |row: &Row| Ok((read!(Line, row.try_get, 0), read!(Product, row.try_get, 5)));
        let lines = self.all(&held.lines, &[&round.order], line).await?;
        Ok((customer, orders, products, (supplier, offered), (order, lines)))
    }
}

fn user(row: &Row) -> Result<User, Error> {
    Ok(read!(User, row.try_get, 0))
}

fn product(row: &Row) -> Result<Product, Error> {
    Ok(read!(Product, row.try_get, 0))
}

impl Contender for Raw<'_> {
    type Guest = NewGuest;

    fn guest(row: NewGuest) -> NewGuest {
        row
    }

    fn points(&mut self, keys: &[i64]) -> Result<impl Answer, Failure> {
        let points = async {
            let mut found = Vec::with_capacity(keys.len());
            for &key in keys {
                found.push(self.point(key).await?);
            }
            Ok::<_, Error>(found)
        };
        Ok(self.runtime.block_on(points)?)
    }

    fn points_together(&mut self, keys: &[i64]) -> Result<impl Answer, Failure> {
        let points = async { try_join_all(keys.iter().map(|&key| self.point(key))).await };
        Ok(self.runtime.block_on(points)?)
    }

    fn among(&mut self, keys: &[i64]) -> Result<impl Answer, Failure> {
        Ok(self.runtime.block_on(self.all(&self.held.among, &[&keys], user))?)
    }

    fn filters(&mut self, floors: &[i64]) -> Result<impl Answer, Failure> {
        let filters = async {
            let mut found = Vec::with_capacity(floors.len());
            for floor in floors {
                found.push(self.all(&self.held.filter, &[floor, &LEFT_OUT], user).await?);
            }
            Ok::<_, Error>(found)
        };
        Ok(self.runtime.block_on(filters)?)
    }

    fn pages(&mut self, after: &[(String, i64)]) -> Result<impl Answer, Failure> {
        let pages = async {
            let mut found = Vec::with_capacity(after.len());
            for (name, key) in after {
                found.push(self.all(&self.held.page, &[name, key], user).await?);
            }
            Ok::<_, Error>(found)
        };
        Ok(self.runtime.block_on(pages)?)
    }

    fn load(&mut self, most: i64) -> Result<impl Answer, Failure> {
        Ok(self.runtime.block_on(self.all(&self.held.load, &[&most], user))?)
    }

    fn join(&mut self, rows: i64) -> Result<impl Answer, Failure> {
        let pair = |row: &Row| Ok(read!(Pair, row.try_get));
        Ok(self.runtime.block_on(self.all(&self.held.join, &[&(100 + rows)], pair))?)
    }

    fn tree(&mut self, roots: i64) -> Result<impl Answer, Failure> {
        let tree = async {
            let users = self.all(&self.held.load, &[&roots], user).await?;
            let keys: Vec<i64> = users.iter().map(|user| user.id).collect();
            let post = |row: &Row| Ok(read!(Post, row.try_get, 0));
            let posts = self.all(&self.held.posts, &[&keys], post).await?;
            let keys: Vec<i64> = posts.iter().map(|post| post.id).collect();
            let comment = |row: &Row| Ok(read!(Comment, row.try_get, 0));
            let comments = self.all(&self.held.comments, &[&keys], comment).await?;
            Ok::<_, Error>(tree(users, posts, comments))
        };
        Ok(self.runtime.block_on(tree)?)
    }

    fn updates(&mut self, keys: &[i64], hair: &str) -> Result<(), Failure> {
        let updates = async {
            for key in keys {
                self.client.execute(&self.held.update, &[&hair, key]).await?;
            }
            Ok::<_, Error>(())
        };
        Ok(self.runtime.block_on(updates)?)
    }

    fn insert(&mut self, guests: Vec<NewGuest>) -> Result<(), Failure> {
        let insert = async {
            let statement = self.insert_of(guests.len()).await?;
            let values: Vec<&(dyn ToSql + Sync)> = guests
                .iter()
                .flat_map(|guest| [&guest.name as &(dyn ToSql + Sync), &guest.hair_color])
                .collect();
            self.client.execute(&statement, &values).await
        };
        self.runtime.block_on(insert)?;
        Ok(())
    }

    fn insert_in_transaction(&mut self, guests: Vec<NewGuest>) -> Result<(), Failure> {
        let runtime = self.runtime;
        let inserts = async {
            let statement = self.insert_of(1).await?;
            let transaction = self.client.transaction().await?;
            for NewGuest { name, hair_color } in &guests {
                transaction.execute(&statement, &[name, hair_color]).await?;
            }
            transaction.commit().await
        };
        Ok(runtime.block_on(inserts)?)
    }

    fn guests(&mut self) -> Result<impl Answer, Failure> {
        let rows = self.runtime.block_on(self.client.query(plain::GUESTS, &[]))?;
        let guest = |row: &Row| Ok::<_, Error>(read!(Guest, row.try_get, 0));
        Ok(rows.iter().map(guest).collect::<Result<Vec<_>, _>>()?)
    }

    fn forget(&mut self) -> Result<(), Failure> {
        Ok(self.runtime.block_on(self.client.batch_execute(plain::FORGET))?)
    }

    fn web(&mut self, rounds: &[Round]) -> Result<impl Answer, Failure> {
        let web = async {
            let mut found = Vec::with_capacity(rounds.len());
            for round in rounds {
                found.push(self.round(round).await?);
            }
            Ok::<_, Error>(found)
        };
        Ok(self.runtime.block_on(web)?)
    }
}

/// 16 connections that two readers share each and one that writes, on a runtime of several threads.
pub struct RawCrowd<'r> {
    runtime: &'r Runtime,
    readers: Arc<Vec<(Client, Statement)>>,
    writer: Arc<(Client, Statement)>,
}

impl<'r> RawCrowd<'r> {
    /// Connects them.
    pub fn new(runtime: &'r Runtime, place: &Place) -> Result<Self, Failure> {
        let url = place.filled("raw_crowd")?;
        let held = |sql: String| {
            let url = &url;
            async move {
                let client = connect(url).await?;
                let statement = client.prepare(&sql).await?;
                Ok::<_, Error>((client, statement))
            }
        };
        let (readers, writer) = runtime.block_on(async {
            let readers = try_join_all((0..POOL).map(|_| held(plain::POINT.to_owned()))).await?;
            Ok::<_, Error>((readers, held(plain::insert(1)).await?))
        })?;
        Ok(Self { runtime, readers: Arc::new(readers), writer: Arc::new(writer) })
    }
}

impl Crowd for RawCrowd<'_> {
    fn crowd(&mut self, time: Duration) -> Result<Crowded, Failure> {
        let said = |error: Error| error.to_string();
        let readers = Arc::clone(&self.readers);
        let read = move |reader: usize, key: i64| {
            let readers = Arc::clone(&readers);
            async move {
                let (client, point) = &readers[reader % POOL];
                let row = client.query_one(point, &[&key]).await.map_err(said)?;
                let found = user(&row).map_err(said)?;
                if found.id == key { Ok(()) } else { Err("another user".to_owned()) }
            }
        };
        let writer = Arc::clone(&self.writer);
        let write = move || {
            let writer = Arc::clone(&writer);
            async move {
                let (client, insert) = &*writer;
                client.execute(insert, &[&"somebody", &"brown"]).await.map_err(said).map(drop)
            }
        };
        let crowded = tasks(self.runtime, time, read, write)?;
        self.runtime.block_on(self.writer.0.batch_execute(plain::FORGET))?;
        Ok(crowded)
    }
}
