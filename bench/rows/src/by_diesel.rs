//! Diesel on either database, and diesel-async on PostgreSQL: one set of words for all three.

use diesel::prelude::*;
use scenarios::answer;

diesel::table! { users (id) { id -> BigInt, name -> Text, hair_color -> Nullable<Text>, } }
diesel::table! { guests (id) { id -> BigInt, name -> Text, hair_color -> Nullable<Text>, } }
diesel::table! { posts (id) { id -> BigInt, user_id -> BigInt, title -> Text, body -> Text, } }
diesel::table! { comments (id) { id -> BigInt, post_id -> BigInt, text -> Text, } }
diesel::table! { customers (id) { id -> BigInt, company -> Text, contact -> Text, city -> Text, country -> Nullable<Text>, } }
diesel::table! { suppliers (id) { id -> BigInt, company -> Text, city -> Text, } }
diesel::table! { products (id) { id -> BigInt, supplier_id -> BigInt, name -> Text, price -> Integer, } }
diesel::table! { orders (id) { id -> BigInt, customer_id -> BigInt, ship_name -> Text, ship_country -> Text, } }
diesel::table! { order_lines (id) { id -> BigInt, order_id -> BigInt, product_id -> BigInt, price -> Integer, quantity -> Integer, } }
diesel::joinable!(posts -> users (user_id));
diesel::joinable!(comments -> posts (post_id));
diesel::joinable!(products -> suppliers (supplier_id));
diesel::joinable!(order_lines -> orders (order_id));
diesel::joinable!(order_lines -> products (product_id));
diesel::allow_tables_to_appear_in_same_query!(users, posts, comments);
diesel::allow_tables_to_appear_in_same_query!(suppliers, products, orders, order_lines);

#[derive(Queryable, Selectable, Identifiable)]
#[diesel(table_name = users)]
pub struct User {
    id: i64,
    name: String,
    hair_color: Option<String>,
}

#[derive(Queryable, Selectable, Identifiable, Associations)]
#[diesel(table_name = posts, belongs_to(User))]
pub struct Post {
    id: i64,
    user_id: i64,
    title: String,
    body: String,
}

#[derive(Queryable, Selectable, Identifiable, Associations)]
#[diesel(table_name = comments, belongs_to(Post))]
pub struct Comment {
    id: i64,
    post_id: i64,
    text: String,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = guests)]
pub struct Guest {
    name: String,
    hair_color: Option<String>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = customers)]
pub struct Customer {
    id: i64,
    company: String,
    contact: String,
    city: String,
    country: Option<String>,
}

#[derive(Queryable, Selectable, Identifiable)]
#[diesel(table_name = suppliers)]
pub struct Supplier {
    id: i64,
    company: String,
    city: String,
}

#[derive(Queryable, Selectable, Identifiable, Associations)]
#[diesel(table_name = products, belongs_to(Supplier))]
pub struct Product {
    id: i64,
    supplier_id: i64,
    name: String,
    price: i32,
}

#[derive(Queryable, Selectable, Identifiable)]
#[diesel(table_name = orders)]
pub struct Order {
    id: i64,
    customer_id: i64,
    ship_name: String,
    ship_country: String,
}

#[derive(Queryable, Selectable, Identifiable, Associations)]
#[diesel(table_name = order_lines, belongs_to(Order))]
pub struct Line {
    id: i64,
    order_id: i64,
    product_id: i64,
    price: i32,
    quantity: i32,
}

#[derive(Queryable)]
pub struct Summary {
    id: i64,
    ship_name: String,
    ship_country: String,
    lines: i64,
    pieces: Option<i64>,
    price: Option<i64>,
}

answer! {
    User { id, name, hair_color }
    Post { id, user_id, title, body }
    Comment { id, post_id, text }
    Guest { name, hair_color }
    Customer { id, company, contact, city, country }
    Supplier { id, company, city }
    Product { id, supplier_id, name, price }
    Order { id, customer_id, ship_name, ship_country }
    Line { id, order_id, product_id, price, quantity }
    Summary { id, ship_name, ship_country, lines, pieces, price }
}

/// A row to insert. NULL is written as NULL: with a default in its place many rows would be many statements.
#[derive(Insertable)]
#[diesel(table_name = guests, treat_none_as_default_value = false)]
pub struct NewGuest {
    name: String,
    hair_color: Option<String>,
}

impl From<scenarios::NewGuest> for NewGuest {
    fn from(row: scenarios::NewGuest) -> Self {
        Self { name: row.name, hair_color: row.hair_color }
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
    (transaction $connection:ident $rows:ident) => {
        $connection.transaction(|connection| {
            for row in &$rows {
                diesel::insert_into(guests::table).values(row).execute(connection)?;
            }
            QueryResult::Ok(())
        })?
    };
}

/// Runs a block on the runtime, and awaits what a statement gives.
macro_rules! awaited {
    (run $self:ident $block:block) => { $self.runtime.block_on(async $block) };
    (get $statement:expr) => { $statement.await? };
    (transaction $connection:ident $rows:ident) => {
        $connection.transaction(async |connection| {
            for row in &$rows {
                diesel::insert_into(guests::table).values(row).execute(connection).await?;
            }
            QueryResult::Ok(())
        }).await?
    };
}

/// The questions, for one kind of connection. `get_result` and not `first`: `first` binds a limit, and SQLite prepares a
/// statement anew when a limit is bound.
macro_rules! contender {
    ($door:ty, $way:ident $(, $more:item)?) => {
        impl Contender for $door {
            type Guest = NewGuest;

            fn guest(row: scenarios::NewGuest) -> NewGuest {
                row.into()
            }

            fn points(&mut self, keys: &[i64]) -> Result<impl Answer, Failure> {
                let connection = &mut self.connection;
                Ok($way!(run self {
                    let mut found: Vec<User> = Vec::with_capacity(keys.len());
                    for &key in keys {
                        let user = users::table.find(key).select(User::as_select());
                        found.push($way!(get user.get_result(connection)));
                    }
                    QueryResult::Ok(found)
                })?)
            }

            fn among(&mut self, keys: &[i64]) -> Result<impl Answer, Failure> {
                let connection = &mut self.connection;
                Ok($way!(run self {
                    let rows = users::table.filter(users::id.eq_any(keys)).select(User::as_select());
                    QueryResult::<Vec<User>>::Ok($way!(get rows.load(connection)))
                })?)
            }

            fn filters(&mut self, floors: &[i64]) -> Result<impl Answer, Failure> {
                let connection = &mut self.connection;
                Ok($way!(run self {
                    let mut found: Vec<Vec<User>> = Vec::with_capacity(floors.len());
                    for &floor in floors {
                        let rows = users::table
                            .filter(users::id.gt(floor))
                            .filter(users::hair_color.is_not_null())
                            .filter(users::name.ne(LEFT_OUT))
                            .order(users::id)
                            .limit(10)
                            .select(User::as_select());
                        found.push($way!(get rows.load(connection)));
                    }
                    QueryResult::Ok(found)
                })?)
            }

            fn pages(&mut self, after: &[(String, i64)]) -> Result<impl Answer, Failure> {
                let connection = &mut self.connection;
                Ok($way!(run self {
                    let mut found: Vec<Vec<User>> = Vec::with_capacity(after.len());
                    for (name, key) in after {
                        // No comparison of rows is offered.
                        let rows = users::table
                            .filter(users::name.ge(name))
                            .filter(users::name.gt(name).or(users::id.gt(*key)))
                            .order((users::name, users::id))
                            .limit(PAGE)
                            .select(User::as_select());
                        found.push($way!(get rows.load(connection)));
                    }
                    QueryResult::Ok(found)
                })?)
            }

            fn load(&mut self, most: i64) -> Result<impl Answer, Failure> {
                let connection = &mut self.connection;
                Ok($way!(run self {
                    let rows = users::table.filter(users::id.le(most)).select(User::as_select());
                    QueryResult::<Vec<User>>::Ok($way!(get rows.load(connection)))
                })?)
            }

            fn join(&mut self, rows: i64) -> Result<impl Answer, Failure> {
                let connection = &mut self.connection;
                Ok($way!(run self {
                    let rows = users::table
                        .left_join(posts::table)
                        .filter(users::id.gt(100))
                        .filter(users::id.le(100 + rows))
                        .order(users::id)
                        .select((User::as_select(), Option::<Post>::as_select()));
                    QueryResult::<Vec<(User, Option<Post>)>>::Ok($way!(get rows.load(connection)))
                })?)
            }

            fn tree(&mut self, roots: i64) -> Result<impl Answer, Failure> {
                let connection = &mut self.connection;
                Ok($way!(run self {
                    let rows = users::table.filter(users::id.le(roots)).select(User::as_select());
                    let found: Vec<User> = $way!(get rows.load(connection));
                    let rows = Post::belonging_to(&found).select(Post::as_select());
                    let posts: Vec<Post> = $way!(get rows.load(connection));
                    let rows = Comment::belonging_to(&posts).select(Comment::as_select());
                    let comments: Vec<Comment> = $way!(get rows.load(connection));
                    let comments = comments.grouped_by(&posts);
                    let posts = posts.into_iter().zip(comments).grouped_by(&found);
                    QueryResult::Ok(found.into_iter().zip(posts).collect::<Vec<_>>())
                })?)
            }

            fn updates(&mut self, keys: &[i64], hair: &str) -> Result<(), Failure> {
                let connection = &mut self.connection;
                Ok($way!(run self {
                    for &key in keys {
                        let update = diesel::update(users::table.find(key));
                        $way!(get update.set(users::hair_color.eq(hair)).execute(connection));
                    }
                    QueryResult::Ok(())
                })?)
            }

            fn insert(&mut self, guests: Vec<NewGuest>) -> Result<(), Failure> {
                let connection = &mut self.connection;
                Ok($way!(run self {
                    let table = diesel::insert_into(guests::table);
                    // A single row's statement is kept prepared; a list's is not.
                    match &*guests {
                        [guest] => $way!(get table.values(guest).execute(connection)),
                        guests => $way!(get table.values(guests).execute(connection)),
                    };
                    QueryResult::Ok(())
                })?)
            }

            fn insert_in_transaction(&mut self, guests: Vec<NewGuest>) -> Result<(), Failure> {
                let connection = &mut self.connection;
                Ok($way!(run self {
                    $way!(transaction connection guests);
                    QueryResult::Ok(())
                })?)
            }

            fn guests(&mut self) -> Result<impl Answer, Failure> {
                let connection = &mut self.connection;
                Ok($way!(run self {
                    let rows = guests::table.select(Guest::as_select());
                    QueryResult::<Vec<Guest>>::Ok($way!(get rows.load(connection)))
                })?)
            }

            fn forget(&mut self) -> Result<(), Failure> {
                let connection = &mut self.connection;
                Ok($way!(run self {
                    $way!(get diesel::delete(guests::table).execute(connection));
                    QueryResult::Ok(())
                })?)
            }

            fn web(&mut self, rounds: &[Round]) -> Result<impl Answer, Failure> {
                let connection = &mut self.connection;
                Ok($way!(run self {
                    let mut found = Vec::with_capacity(rounds.len());
                    for round in rounds {
                        let customer = customers::table.find(round.customer).select(Customer::as_select());
                        let customer: Customer = $way!(get customer.get_result(connection));
                        let summaries = orders::table
                            .inner_join(order_lines::table)
                            .filter(orders::id.gt(round.order))
                            .group_by(orders::id)
                            .order(orders::id)
                            .limit(50)
                            .select((
                                orders::id,
                                orders::ship_name,
                                orders::ship_country,
                                diesel::dsl::count_star(),
                                diesel::dsl::sum(order_lines::quantity),
                                diesel::dsl::sum(order_lines::quantity * order_lines::price),
                            ));
                        let summaries: Vec<Summary> = $way!(get summaries.load(connection));
                        let like = products::table.filter(products::name.like(round.pattern));
                        let like: Vec<Product> = $way!(get like.select(Product::as_select()).load(connection));
                        let supplier = suppliers::table.find(round.supplier).select(Supplier::as_select());
                        let supplier: Supplier = $way!(get supplier.get_result(connection));
                        let offered = Product::belonging_to(&supplier).select(Product::as_select());
                        let offered: Vec<Product> = $way!(get offered.load(connection));
                        let order = orders::table.find(round.order).select(Order::as_select());
                        let order: Order = $way!(get order.get_result(connection));
                        let lines = Line::belonging_to(&order)
                            .inner_join(products::table)
                            .select((Line::as_select(), Product::as_select()));
                        let lines: Vec<(Line, Product)> = $way!(get lines.load(connection));
                        found.push((customer, summaries, like, (supplier, offered), (order, lines)));
                    }
                    QueryResult::Ok(found)
                })?)
            }

            $($more)?
        }
    };
}

pub mod at_once {
    //! Diesel itself.

    use std::time::Duration;

    use diesel::connection::SimpleConnection;
    use diesel::prelude::*;
    use scenarios::{Answer, Contender, Crowd, Crowded, Failure, LEFT_OUT, PAGE, Round, threads};

    use super::*;
    use crate::place::Place;

    /// Diesel on a connection of its own to one kind of database.
    pub struct Diesel<C> {
        connection: C,
    }

    impl Diesel<SqliteConnection> {
        /// Opens the database with the settings and the rows.
        pub fn sqlite(place: &Place) -> Result<Self, Failure> {
            let path = place.path("diesel");
            let mut connection = SqliteConnection::establish(&path.to_string_lossy())?;
            connection.batch_execute(&place.script())?;
            Ok(Self { connection })
        }
    }

    impl Diesel<PgConnection> {
        /// Connects to a database with the rows.
        pub fn postgres(place: &Place) -> Result<Self, Failure> {
            Ok(Self { connection: PgConnection::establish(&place.filled("diesel")?)? })
        }
    }

    contender!(Diesel<SqliteConnection>, at_once);
    contender!(Diesel<PgConnection>, at_once);

    /// 33 threads, each with a connection of its own.
    pub struct DieselCrowd<'p> {
        place: &'p Place,
        url: String,
    }

    impl<'p> DieselCrowd<'p> {
        /// Makes the database.
        pub fn new(place: &'p Place) -> Result<Self, Failure> {
            Ok(Self { place, url: place.filled("diesel_crowd")? })
        }

        fn run<C>(
            &self,
            time: Duration,
            open: impl Fn() -> Result<C, Failure> + Sync,
        ) -> Result<Crowded, Failure>
        where
            C: Ask,
        {
            let reader = || {
                let mut connection = open()?;
                Ok(move |key: i64| {
                    let found = connection.point(key)?;
                    if found.id == key { Ok(()) } else { Err("another user".into()) }
                })
            };
            let writer = || {
                let mut connection = open()?;
                Ok(move || Ok(connection.insert().map(drop)?))
            };
            let crowded = threads(time, reader, writer)?;
            open()?.forget()?;
            Ok(crowded)
        }
    }

    /// What a crowd does.
    trait Ask {
        fn point(&mut self, key: i64) -> QueryResult<User>;
        fn insert(&mut self) -> QueryResult<usize>;
        fn forget(&mut self) -> QueryResult<usize>;
    }

    macro_rules! ask {
        ($($connection:ty)+) => {$(
            impl Ask for $connection {
                fn point(&mut self, key: i64) -> QueryResult<User> {
                    users::table.find(key).select(User::as_select()).get_result(self)
                }
                fn insert(&mut self) -> QueryResult<usize> {
                    let guest =
                        NewGuest { name: "somebody".into(), hair_color: Some("brown".into()) };
                    diesel::insert_into(guests::table).values(&guest).execute(self)
                }
                fn forget(&mut self) -> QueryResult<usize> {
                    diesel::delete(guests::table).execute(self)
                }
            }
        )+};
    }

    ask! { SqliteConnection PgConnection }

    impl Crowd for DieselCrowd<'_> {
        fn crowd(&mut self, time: Duration) -> Result<Crowded, Failure> {
            match self.place {
                Place::Memory | Place::File(_) => self.run(time, || {
                    let mut connection = SqliteConnection::establish(&self.url)?;
                    connection.batch_execute(self.place.settings())?;
                    Ok(connection)
                }),
                Place::Server(..) => self.run(time, || Ok(PgConnection::establish(&self.url)?)),
            }
        }
    }
}

pub mod awaited {
    //! diesel-async.

    use std::time::Duration;

    use diesel::{
        BelongingToDsl, BoolExpressionMethods, ExpressionMethods, GroupedBy, QueryDsl, QueryResult,
        SelectableHelper, TextExpressionMethods,
    };
    use diesel_async::pooled_connection::AsyncDieselConnectionManager;
    use diesel_async::pooled_connection::deadpool::Pool;
    use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
    use futures_util::future::try_join_all;
    use scenarios::{
        Answer, Contender, Crowd, Crowded, Failure, LEFT_OUT, PAGE, POOL, Round, tasks,
    };
    use tokio::runtime::Runtime;

    use super::*;
    use crate::place::Place;

    /// diesel-async on a connection of its own, driven by a runtime on this thread.
    pub struct DieselAsync<'r> {
        runtime: &'r Runtime,
        connection: AsyncPgConnection,
    }

    impl<'r> DieselAsync<'r> {
        /// Connects to a database with the rows.
        pub fn new(runtime: &'r Runtime, place: &Place) -> Result<Self, Failure> {
            let url = place.filled("diesel_async")?;
            Ok(Self { runtime, connection: runtime.block_on(AsyncPgConnection::establish(&url))? })
        }
    }

    contender!(
        DieselAsync<'_>,
        awaited,
        fn points_together(&mut self, keys: &[i64]) -> Result<impl Answer, Failure> {
            // What its documentation calls pipelining: futures on shared references, polled together.
            let connection = &self.connection;
            let points = keys.iter().map(|&key| async move {
                let mut shared = connection;
                let user = users::table.find(key).select(User::as_select());
                user.get_result::<User>(&mut shared).await
            });
            Ok(self.runtime.block_on(async { try_join_all(points).await })?)
        }
    );

    /// 33 tasks on deadpool's pool, on a runtime of several threads.
    pub struct DieselAsyncCrowd<'r> {
        runtime: &'r Runtime,
        pool: Pool<AsyncPgConnection>,
    }

    impl<'r> DieselAsyncCrowd<'r> {
        /// Makes the pool.
        pub fn new(runtime: &'r Runtime, place: &Place) -> Result<Self, Failure> {
            let manager = AsyncDieselConnectionManager::new(place.filled("diesel_async_crowd")?);
            Ok(Self { runtime, pool: Pool::builder(manager).max_size(POOL).build()? })
        }
    }

    impl Crowd for DieselAsyncCrowd<'_> {
        fn crowd(&mut self, time: Duration) -> Result<Crowded, Failure> {
            let pool = self.pool.clone();
            let read = move |_: usize, key: i64| {
                let pool = pool.clone();
                async move {
                    let mut connection = pool.get().await.map_err(|error| error.to_string())?;
                    let user = users::table.find(key).select(User::as_select());
                    let found: User = user
                        .get_result(&mut connection)
                        .await
                        .map_err(|error| error.to_string())?;
                    if found.id == key { Ok(()) } else { Err("another user".to_owned()) }
                }
            };
            let pool = self.pool.clone();
            let write = move || {
                let pool = pool.clone();
                async move {
                    let mut connection = pool.get().await.map_err(|error| error.to_string())?;
                    let guest =
                        NewGuest { name: "somebody".into(), hair_color: Some("brown".into()) };
                    let insert = diesel::insert_into(guests::table).values(&guest);
                    insert
                        .execute(&mut connection)
                        .await
                        .map_err(|error| error.to_string())
                        .map(drop)
                }
            };
            let crowded = tasks(self.runtime, time, read, write)?;
            self.runtime.block_on(async {
                let mut connection = self.pool.get().await.map_err(|error| error.to_string())?;
                let deleted = diesel::delete(guests::table).execute(&mut connection).await;
                deleted.map_err(|error| error.to_string())
            })?;
            Ok(crowded)
        }
    }
}
