//! Peristyle: the derives, and both of its doors. Its words are the same on both databases.

use std::time::Duration;

use futures_util::future::try_join_all;
use peristyle::{Connection, Cursor, Db, Error, Id, Row, Table, Threading, count};
use scenarios::{
    Answer, Contender, Crowd, Crowded, Engine, Failure, LEFT_OUT, PAGE, POOL, Round, after, answer,
    tasks, threads,
};
use tokio::runtime::Runtime;

use crate::place::Place;

#[derive(Table, Debug, Clone, PartialEq)]
struct User {
    #[key(auto)]
    id: Id<User>,
    name: String,
    hair_color: Option<String>,
}

/// A row that is inserted.
#[derive(Table, Debug, Clone, PartialEq)]
pub struct Guest {
    #[key(auto)]
    id: Id<Guest>,
    name: String,
    hair_color: Option<String>,
}

#[derive(Table, Debug, Clone, PartialEq)]
struct Post {
    #[key(auto)]
    id: Id<Post>,
    user_id: Id<User>,
    title: String,
    body: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
struct Comment {
    #[key(auto)]
    id: Id<Comment>,
    post_id: Id<Post>,
    text: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
struct Customer {
    #[key(auto)]
    id: Id<Customer>,
    company: String,
    contact: String,
    city: String,
    country: Option<String>,
}

#[derive(Table, Debug, Clone, PartialEq)]
struct Supplier {
    #[key(auto)]
    id: Id<Supplier>,
    company: String,
    city: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
struct Product {
    #[key(auto)]
    id: Id<Product>,
    supplier_id: Id<Supplier>,
    name: String,
    price: i32,
}

#[derive(Table, Debug, Clone, PartialEq)]
struct Order {
    #[key(auto)]
    id: Id<Order>,
    customer_id: Id<Customer>,
    ship_name: String,
    ship_country: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "order_lines")]
struct Line {
    #[key(auto)]
    id: Id<Line>,
    order_id: Id<Order>,
    product_id: Id<Product>,
    price: i32,
    quantity: i32,
}

/// An order with what its lines come to.
#[derive(Row, Debug, PartialEq)]
struct Summary {
    id: Id<Order>,
    ship_name: String,
    ship_country: String,
    lines: i64,
    pieces: Option<i64>,
    price: Option<i64>,
}

/// A typed key, and what stands in it.
macro_rules! keyed {
    ($($type:ident { $($key:ident),* ; $($field:ident),* })+) => {$(
        impl Answer for $type {
            fn add(&self, digest: &mut scenarios::Digest) {
                $(Answer::add(self.$key.key(), digest);)*
                $(Answer::add(&self.$field, digest);)*
            }
        }
    )+};
}

keyed! {
    User { id; name, hair_color }
    Post { id, user_id; title, body }
    Comment { id, post_id; text }
    Customer { id; company, contact, city, country }
    Supplier { id; company, city }
    Product { id, supplier_id; name, price }
    Order { id, customer_id; ship_name, ship_country }
    Line { id, order_id, product_id; price, quantity }
    Summary { id; ship_name, ship_country, lines, pieces, price }
}

answer! { Guest { name, hair_color } }

/// The synchronous door.
pub struct Here {
    door: Connection,
    cursors: Vec<Cursor>,
}

/// The asynchronous door, driven by a runtime on this thread.
pub struct Awaited<'r> {
    runtime: &'r Runtime,
    door: Db,
    cursors: Vec<Cursor>,
}

fn url(place: &Place, name: &str) -> Result<String, Failure> {
    match place {
        Place::Memory => Ok("sqlite::memory:".to_owned()),
        Place::File(_) => Ok(format!("sqlite:{}", place.filled(name)?)),
        Place::Server(..) => place.filled(name),
    }
}

/// What says of each place where its page begins: made by the page before it, as a client would hand it back.
fn cursors(door: &Connection) -> Result<Vec<Cursor>, Error> {
    let cursor = |(name, _): (String, i64)| {
        let users = User::all().filter(User::NAME.ge(name));
        let page = users.order(User::NAME.asc()).order(User::ID.asc()).page(1, None, door)?;
        page.next.ok_or(Error::NotFound { table: "users" })
    };
    after().into_iter().map(cursor).collect()
}

impl Here {
    /// Opens a database with the rows.
    pub fn new(place: &Place) -> Result<Self, Failure> {
        let door = Connection::open(&url(place, "peristyle")?)?;
        if let Place::Memory = place {
            door.execute_script(&place.script())?;
        }
        let cursors = cursors(&door)?;
        Ok(Self { door, cursors })
    }
}

/// How the asynchronous door is opened for one user at a time. On SQLite short reads run where they are awaited.
fn threading(engine: Engine) -> Threading {
    match engine {
        Engine::Sqlite => Threading::InlineReads,
        Engine::Postgres => Threading::Blocking,
    }
}

impl<'r> Awaited<'r> {
    /// Opens a database with the rows.
    pub fn new(runtime: &'r Runtime, place: &Place) -> Result<Self, Failure> {
        let url = url(place, "peristyle_async")?;
        let script = matches!(place, Place::Memory).then(|| place.script());
        let (door, cursors) = runtime.block_on(async {
            let options = Db::options().threading(threading(place.engine()));
            let door = options.connections(20).open(&url).await?;
            if let Some(script) = script {
                door.run(move |door| door.execute_script(&script)).await?;
            }
            let cursors = door.read(cursors).await?;
            Ok::<_, Error>((door, cursors))
        })?;
        Ok(Self { runtime, door, cursors })
    }
}

/// Runs a block at once, and gets what a statement gives.
macro_rules! at_once {
    (run $self:ident $block:block) => {
        (|| $block)()
    };
    (get $statement:expr) => {
        $statement?
    };
}

/// Runs a block on the runtime, and awaits what a statement gives.
macro_rules! awaited {
    (run $self:ident $block:block) => { $self.runtime.block_on(async $block) };
    (get $statement:expr) => { $statement.await? };
}

/// The questions, for either door.
macro_rules! contender {
    ($door:ty, $way:ident $(, $more:item)?) => {
        impl Contender for $door {
            type Guest = NewGuest;

            fn guest(row: scenarios::NewGuest) -> NewGuest {
                NewGuest { id: None, name: row.name, hair_color: row.hair_color }
            }

            fn points(&mut self, keys: &[i64]) -> Result<impl Answer, Failure> {
                Ok($way!(run self {
                    let mut found = Vec::with_capacity(keys.len());
                    for &key in keys {
                        found.push($way!(get User::get(Id::new(key)).one(&self.door)));
                    }
                    Ok::<_, Error>(found)
                })?)
            }

            fn among(&mut self, keys: &[i64]) -> Result<impl Answer, Failure> {
                let keys: Vec<Id<User>> = keys.iter().copied().map(Id::new).collect();
                Ok($way!(run self {
                    Ok::<_, Error>($way!(get User::all().filter(User::ID.is_in(keys)).all(&self.door)))
                })?)
            }

            fn filters(&mut self, floors: &[i64]) -> Result<impl Answer, Failure> {
                Ok($way!(run self {
                    let mut found = Vec::with_capacity(floors.len());
                    for &floor in floors {
                        let rows = User::all()
                            .filter(User::ID.gt(Id::new(floor)))
                            .filter(User::HAIR_COLOR.is_not_null())
                            .filter(User::NAME.ne(LEFT_OUT))
                            .order(User::ID.asc())
                            .limit(10);
                        found.push($way!(get rows.all(&self.door)));
                    }
                    Ok::<_, Error>(found)
                })?)
            }

            fn pages(&mut self, _: &[(String, i64)]) -> Result<impl Answer, Failure> {
                Ok($way!(run self {
                    let mut found = Vec::with_capacity(self.cursors.len());
                    for cursor in &self.cursors {
                        let users = User::all().order(User::NAME.asc()).order(User::ID.asc());
                        let page = users.page(PAGE as u32, Some(cursor.clone()), &self.door);
                        found.push($way!(get page).rows);
                    }
                    Ok::<_, Error>(found)
                })?)
            }

            fn load(&mut self, most: i64) -> Result<impl Answer, Failure> {
                Ok($way!(run self {
                    let users = User::all().filter(User::ID.le(Id::new(most)));
                    Ok::<_, Error>($way!(get users.all(&self.door)))
                })?)
            }

            fn join(&mut self, rows: i64) -> Result<impl Answer, Failure> {
                Ok($way!(run self {
                    let pairs = User::all()
                        .filter(User::ID.gt(Id::new(100)))
                        .filter(User::ID.le(Id::new(100 + rows)))
                        .left_join(Post::USER)
                        .order(User::ID.asc());
                    Ok::<_, Error>($way!(get pairs.all(&self.door)))
                })?)
            }

            fn tree(&mut self, roots: i64) -> Result<impl Answer, Failure> {
                Ok($way!(run self {
                    let posts = Post::USER.children().with(Comment::POST);
                    let users = User::all().filter(User::ID.le(Id::new(roots))).with(posts);
                    Ok::<_, Error>($way!(get users.all(&self.door)))
                })?)
            }

            fn updates(&mut self, keys: &[i64], hair: &str) -> Result<(), Failure> {
                Ok($way!(run self {
                    for &key in keys {
                        let update = User::update(Id::new(key)).set(User::HAIR_COLOR, hair);
                        $way!(get update.run(&self.door));
                    }
                    Ok::<_, Error>(())
                })?)
            }

            fn insert(&mut self, guests: Vec<NewGuest>) -> Result<(), Failure> {
                Ok($way!(run self {
                    // One row is an insert of one.
                    match <[NewGuest; 1]>::try_from(guests) {
                        Ok([guest]) => { $way!(get Guest::insert(guest).run(&self.door)); }
                        Err(guests) => { $way!(get Guest::insert_many(guests).run(&self.door)); }
                    }
                    Ok::<_, Error>(())
                })?)
            }

            fn insert_in_transaction(&mut self, guests: Vec<NewGuest>) -> Result<(), Failure> {
                Ok($way!(run self {
                    Ok::<_, Error>($way!(get self.door.transaction(move |door| {
                        guests.into_iter().try_for_each(|guest| Guest::insert(guest).run(door).map(drop))
                    })))
                })?)
            }

            fn guests(&mut self) -> Result<impl Answer, Failure> {
                Ok($way!(run self { Ok::<_, Error>($way!(get Guest::all().all(&self.door))) })?)
            }

            fn forget(&mut self) -> Result<(), Failure> {
                Ok($way!(run self {
                    $way!(get Guest::delete_all().run(&self.door));
                    Ok::<_, Error>(())
                })?)
            }

            fn web(&mut self, rounds: &[Round]) -> Result<impl Answer, Failure> {
                Ok($way!(run self {
                    let mut found = Vec::with_capacity(rounds.len());
                    for round in rounds {
                        let orders = Order::all()
                            .filter(Order::ID.gt(Id::new(round.order)))
                            .join(Line::ORDER)
                            .group_by(Order::ID)
                            .group_by(Order::SHIP_NAME)
                            .group_by(Order::SHIP_COUNTRY)
                            .order(Order::ID.asc())
                            .limit(50)
                            .select_as::<Summary>()
                            .from((
                                Order::ID,
                                Order::SHIP_NAME,
                                Order::SHIP_COUNTRY,
                                count(),
                                Line::QUANTITY.sum(),
                                Line::QUANTITY.times(Line::PRICE).sum(),
                            ));
                        let lines = Line::ORDER.children().with(Line::PRODUCT);
                        found.push((
                            $way!(get Customer::get(Id::new(round.customer)).one(&self.door)),
                            $way!(get orders.all(&self.door)),
                            $way!(get Product::all().filter(Product::NAME.like(round.pattern)).all(&self.door)),
                            $way!(get Supplier::get(Id::new(round.supplier)).with(Product::SUPPLIER).one(&self.door)),
                            $way!(get Order::get(Id::new(round.order)).with(lines).one(&self.door)),
                        ));
                    }
                    Ok::<_, Error>(found)
                })?)
            }

            $($more)?
        }
    };
}

contender!(Here, at_once);
contender!(
    Awaited<'_>,
    awaited,
    fn points_together(&mut self, keys: &[i64]) -> Result<impl Answer, Failure> {
        let door = &self.door;
        let points = keys.iter().map(|&key| User::get(Id::new(key)).one(door));
        Ok(self.runtime.block_on(async { try_join_all(points).await })?)
    }
);

/// 33 threads, each with a connection of its own.
pub struct HereCrowd {
    url: String,
}

impl HereCrowd {
    /// Makes the database.
    pub fn new(place: &Place) -> Result<Self, Failure> {
        Ok(Self { url: url(place, "peristyle_crowd")? })
    }
}

impl Crowd for HereCrowd {
    fn crowd(&mut self, time: Duration) -> Result<Crowded, Failure> {
        let reader = || {
            let door = Connection::open(&self.url)?;
            Ok(move |key: i64| {
                let found = User::get(Id::new(key)).one(&door)?;
                if *found.id.key() == key { Ok(()) } else { Err("another user".into()) }
            })
        };
        let writer = || {
            let door = Connection::open(&self.url)?;
            Ok(move || {
                Ok(Guest::insert(NewGuest::new("somebody").hair_color("brown"))
                    .run(&door)
                    .map(drop)?)
            })
        };
        let crowded = threads(time, reader, writer)?;
        Guest::delete_all().run(&Connection::open(&self.url)?)?;
        Ok(crowded)
    }
}

/// 33 tasks on one pool, on a runtime of several threads.
pub struct AwaitedCrowd<'r> {
    runtime: &'r Runtime,
    door: Db,
}

impl<'r> AwaitedCrowd<'r> {
    /// Opens the pool.
    pub fn new(runtime: &'r Runtime, place: &Place) -> Result<Self, Failure> {
        let url = url(place, "peristyle_async_crowd")?;
        let options = Db::options().threading(threading(place.engine())).connections(POOL);
        Ok(Self { runtime, door: runtime.block_on(options.open(&url))? })
    }
}

impl Crowd for AwaitedCrowd<'_> {
    fn crowd(&mut self, time: Duration) -> Result<Crowded, Failure> {
        let said = |error: Error| error.to_string();
        let door = self.door.clone();
        let read = move |_: usize, key: i64| {
            let found = User::get(Id::new(key)).one(&door);
            async move {
                let found = found.await.map_err(said)?;
                if *found.id.key() == key { Ok(()) } else { Err("another user".to_owned()) }
            }
        };
        let door = self.door.clone();
        let write = move || {
            let done = Guest::insert(NewGuest::new("somebody").hair_color("brown")).run(&door);
            async move { done.await.map_err(said).map(drop) }
        };
        let crowded = tasks(self.runtime, time, read, write)?;
        self.runtime.block_on(Guest::delete_all().run(&self.door))?;
        Ok(crowded)
    }
}
