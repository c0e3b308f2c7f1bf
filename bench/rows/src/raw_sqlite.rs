//! `rusqlite` by hand: statements prepared once and held, or looked up in its cache at each call.

use rusqlite::{Connection, Params, Row, Statement, params_from_iter};
use scenarios::{Answer, Contender, Crowd, Crowded, Failure, LEFT_OUT, NewGuest, Round, threads};

use crate::place::Place;
use crate::plain::{self, Pages, Product, User, read, tree};

/// A statement, by its text or by how many parameters it has.
#[derive(Debug, Clone, Copy)]
enum Sql {
    Point,
    Load,
    Filter,
    Page,
    Join,
    Update,
    Customer,
    Orders,
    Products,
    Supplier,
    ProductsOf,
    Order,
    Lines,
    Begin,
    Commit,
    Among(usize),
    Posts(usize),
    Comments(usize),
    Insert(usize),
}

impl Sql {
    /// Which kind it is, and which of that kind.
    fn place(self) -> (usize, usize) {
        match self {
            Self::Point => (0, 0),
            Self::Load => (0, 1),
            Self::Filter => (0, 2),
            Self::Page => (0, 3),
            Self::Join => (0, 4),
            Self::Update => (0, 5),
            Self::Customer => (0, 6),
            Self::Orders => (0, 7),
            Self::Products => (0, 8),
            Self::Supplier => (0, 9),
            Self::ProductsOf => (0, 10),
            Self::Order => (0, 11),
            Self::Lines => (0, 12),
            Self::Begin => (0, 13),
            Self::Commit => (0, 14),
            Self::Among(keys) => (1, keys),
            Self::Posts(keys) => (2, keys),
            Self::Comments(keys) => (3, keys),
            Self::Insert(rows) => (4, rows),
        }
    }

    fn text(self) -> std::borrow::Cow<'static, str> {
        let list =
            |start: &str, keys: usize| format!("{start} IN ({})", vec!["?"; keys].join(", "));
        match self {
            Self::Point => plain::POINT.into(),
            Self::Load => plain::LOAD.into(),
            Self::Filter => plain::FILTER.into(),
            Self::Page => plain::PAGE.into(),
            Self::Join => plain::JOIN.into(),
            Self::Update => plain::UPDATE.into(),
            Self::Customer => plain::CUSTOMER.into(),
            Self::Orders => plain::ORDERS.into(),
            Self::Products => plain::PRODUCTS.into(),
            Self::Supplier => plain::SUPPLIER.into(),
            Self::ProductsOf => plain::PRODUCTS_OF.into(),
            Self::Order => plain::ORDER.into(),
            Self::Lines => plain::LINES.into(),
            Self::Begin => "BEGIN".into(),
            Self::Commit => "COMMIT".into(),
            Self::Among(keys) => {
                list("SELECT id, name, hair_color FROM users WHERE id", keys).into()
            }
            Self::Posts(keys) => {
                list("SELECT id, user_id, title, body FROM posts WHERE user_id", keys).into()
            }
            Self::Comments(keys) => {
                list("SELECT id, post_id, text FROM comments WHERE post_id", keys).into()
            }
            Self::Insert(rows) => plain::insert(rows).into(),
        }
    }
}

/// A way to come by a prepared statement.
pub trait Prepare {
    /// Does something with it.
    #[allow(private_interfaces)]
    fn with<T>(
        &mut self,
        sql: Sql,
        work: impl FnOnce(&mut Statement<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T>;

    /// The connection.
    fn connection(&self) -> &Connection;

    /// All rows of a statement.
    #[allow(private_interfaces)]
    fn all<T>(
        &mut self,
        sql: Sql,
        parameters: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        self.with(sql, |statement| statement.query_map(parameters, read)?.collect())
    }

    /// Its one row.
    #[allow(private_interfaces)]
    fn one<T>(
        &mut self,
        sql: Sql,
        parameters: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        self.with(sql, |statement| statement.query_row(parameters, read))
    }

    /// Runs it.
    #[allow(private_interfaces)]
    fn run(&mut self, sql: Sql, parameters: impl Params) -> rusqlite::Result<()> {
        self.with(sql, |statement| statement.execute(parameters).map(drop))
    }
}

/// Every statement prepared when it is first needed, and held: the least that `rusqlite` can cost.
pub struct Held<'c> {
    connection: &'c Connection,
    statements: [Vec<Option<Statement<'c>>>; 5],
}

impl<'c> Held<'c> {
    /// Nothing is prepared yet.
    pub fn new(connection: &'c Connection) -> Self {
        Self { connection, statements: Default::default() }
    }
}

impl Prepare for Held<'_> {
    #[allow(private_interfaces)]
    fn with<T>(
        &mut self,
        sql: Sql,
        work: impl FnOnce(&mut Statement<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        let (kind, number) = sql.place();
        let kind = &mut self.statements[kind];
        if kind.len() <= number {
            kind.resize_with(number + 1, || None);
        }
        let held = &mut kind[number];
        match held {
            Some(statement) => work(statement),
            None => work(held.insert(self.connection.prepare(&sql.text())?)),
        }
    }

    fn connection(&self) -> &Connection {
        self.connection
    }
}

/// Every statement looked up by its text in the connection's cache at each call.
pub struct Cached<'c> {
    connection: &'c Connection,
}

impl<'c> Cached<'c> {
    /// On a connection whose cache has room for all of them.
    pub fn new(connection: &'c Connection) -> Self {
        connection.set_prepared_statement_cache_capacity(64);
        Self { connection }
    }
}

impl Prepare for Cached<'_> {
    #[allow(private_interfaces)]
    fn with<T>(
        &mut self,
        sql: Sql,
        work: impl FnOnce(&mut Statement<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        work(&mut *self.connection.prepare_cached(&sql.text())?)
    }

    fn connection(&self) -> &Connection {
        self.connection
    }
}

/// `rusqlite`, its statements come by one way or the other.
pub struct Raw<P>(pub P);

fn user(row: &Row<'_>) -> rusqlite::Result<User> {
    Ok(read!(User, row.get, 0))
}

fn product(row: &Row<'_>) -> rusqlite::Result<Product> {
    Ok(read!(Product, row.get, 0))
}

fn pages(rows: &mut impl Prepare, round: &Round) -> rusqlite::Result<Pages> {
    Ok((
        rows.one(Sql::Customer, [round.customer], |row| Ok(read!(Customer, row.get, 0)))?,
        rows.all(Sql::Orders, [round.order], |row| Ok(read!(Summary, row.get, 0)))?,
        rows.all(Sql::Products, [round.pattern], product)?,
        (
            rows.one(Sql::Supplier, [round.supplier], |row| Ok(read!(Supplier, row.get, 0)))?,
            rows.all(Sql::ProductsOf, [round.supplier], product)?,
        ),
        (
            rows.one(Sql::Order, [round.order], |row| Ok(read!(Order, row.get, 0)))?,
            rows.all(Sql::Lines, [round.order], |row| {
                Ok((read!(Line, row.get, 0), read!(Product, row.get, 5)))
            })?,
        ),
    ))
}

impl<P: Prepare> Contender for Raw<P> {
    type Guest = NewGuest;

    fn guest(row: NewGuest) -> NewGuest {
        row
    }

    fn points(&mut self, keys: &[i64]) -> Result<impl Answer, Failure> {
        let one = |key| self.0.one(Sql::Point, [key], user);
        Ok(keys.iter().map(one).collect::<rusqlite::Result<Vec<User>>>()?)
    }

    fn among(&mut self, keys: &[i64]) -> Result<impl Answer, Failure> {
        Ok(self.0.all(Sql::Among(keys.len()), params_from_iter(keys), user)?)
    }

    fn filters(&mut self, floors: &[i64]) -> Result<impl Answer, Failure> {
        let ten = |&floor: &i64| self.0.all(Sql::Filter, (floor, LEFT_OUT), user);
        Ok(floors.iter().map(ten).collect::<rusqlite::Result<Vec<_>>>()?)
    }

    fn pages(&mut self, after: &[(String, i64)]) -> Result<impl Answer, Failure> {
        let page = |(name, key): &(String, i64)| self.0.all(Sql::Page, (name, key), user);
        Ok(after.iter().map(page).collect::<rusqlite::Result<Vec<_>>>()?)
    }

    fn load(&mut self, most: i64) -> Result<impl Answer, Failure> {
        Ok(self.0.all(Sql::Load, [most], user)?)
    }

    fn join(&mut self, rows: i64) -> Result<impl Answer, Failure> {
        Ok(self.0.all(Sql::Join, [100 + rows], |row| Ok(read!(Pair, row.get)))?)
    }

    fn tree(&mut self, roots: i64) -> Result<impl Answer, Failure> {
        let users = self.0.all(Sql::Load, [roots], user)?;
        let keys = params_from_iter(users.iter().map(|user| user.id));
        let posts = self.0.all(Sql::Posts(users.len()), keys, |row| Ok(read!(Post, row.get, 0)))?;
        let keys = params_from_iter(posts.iter().map(|post| post.id));
        let comments =
            self.0.all(Sql::Comments(posts.len()), keys, |row| Ok(read!(Comment, row.get, 0)))?;
        Ok(tree(users, posts, comments))
    }

    fn updates(&mut self, keys: &[i64], hair: &str) -> Result<(), Failure> {
        Ok(keys.iter().try_for_each(|&key| self.0.run(Sql::Update, (hair, key)))?)
    }

    fn insert(&mut self, guests: Vec<NewGuest>) -> Result<(), Failure> {
        let values = guests
            .iter()
            .flat_map(|guest| [Some(guest.name.as_str()), guest.hair_color.as_deref()]);
        Ok(self.0.run(Sql::Insert(guests.len()), params_from_iter(values))?)
    }

    fn insert_in_transaction(&mut self, guests: Vec<NewGuest>) -> Result<(), Failure> {
        self.0.run(Sql::Begin, [])?;
        for NewGuest { name, hair_color } in &guests {
            self.0.run(Sql::Insert(1), (name, hair_color))?;
        }
        Ok(self.0.run(Sql::Commit, [])?)
    }

    fn guests(&mut self) -> Result<impl Answer, Failure> {
        let mut statement = self.0.connection().prepare(plain::GUESTS)?;
        let guests = statement.query_map([], |row| Ok(read!(Guest, row.get, 0)))?;
        Ok(guests.collect::<rusqlite::Result<Vec<_>>>()?)
    }

    fn forget(&mut self) -> Result<(), Failure> {
        self.0.connection().execute(plain::FORGET, [])?;
        Ok(())
    }

    fn web(&mut self, rounds: &[Round]) -> Result<impl Answer, Failure> {
        let pages = |round| pages(&mut self.0, round);
        Ok(rounds.iter().map(pages).collect::<rusqlite::Result<Vec<_>>>()?)
    }
}

/// Opens a database by `rusqlite` with the settings and the rows.
pub fn open(place: &Place, name: &str) -> Result<Connection, Failure> {
    let connection = Connection::open(place.path(name))?;
    connection.execute_batch(&place.script())?;
    Ok(connection)
}

/// 33 threads, each with a connection to one file.
pub struct RawCrowd<'p> {
    place: &'p Place,
    path: String,
}

impl<'p> RawCrowd<'p> {
    /// Makes the file.
    pub fn new(place: &'p Place) -> Result<Self, Failure> {
        Ok(Self { place, path: place.filled("rusqlite-crowd")? })
    }

    fn open(&self) -> Result<Connection, Failure> {
        let connection = Connection::open(&self.path)?;
        connection.execute_batch(self.place.settings())?;
        Ok(connection)
    }
}

impl Crowd for RawCrowd<'_> {
    fn crowd(&mut self, time: std::time::Duration) -> Result<Crowded, Failure> {
        let reader = || {
            let connection = self.open()?;
            Ok(move |key: i64| {
                let found = connection.prepare_cached(plain::POINT)?.query_row([key], user)?;
                if found.id == key { Ok(()) } else { Err("another user".into()) }
            })
        };
        let writer = || {
            let connection = self.open()?;
            let sql = plain::insert(1);
            Ok(move || {
                connection.prepare_cached(&sql)?.execute(("somebody", "brown"))?;
                Ok(())
            })
        };
        let crowded = threads(time, reader, writer)?;
        self.open()?.execute(plain::FORGET, [])?;
        Ok(crowded)
    }
}
