//! SeaORM on either database, on a pool of one connection: it has no other way in.

use std::time::Duration;

use futures_util::future::try_join_all;
use scenarios::{
    Answer, Contender, Crowd, Crowded, Failure, LEFT_OUT, NewGuest, PAGE, POOL, Round, answer,
    tasks,
};
use sea_orm::ActiveValue::{NotSet, Set, Unchanged};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, FromQueryResult, JoinType,
    LoaderTrait, QueryOrder, QuerySelect, TransactionTrait,
};
use tokio::runtime::Runtime;

use crate::place::Place;
use crate::plain;

mod users {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "users")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub name: String,
        pub hair_color: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(has_many = "super::posts::Entity")]
        Posts,
    }

    impl Related<super::posts::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Posts.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod guests {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "guests")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub name: String,
        pub hair_color: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod posts {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "posts")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub user_id: i64,
        pub title: String,
        pub body: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(
            belongs_to = "super::users::Entity",
            from = "Column::UserId",
            to = "super::users::Column::Id"
        )]
        User,
        #[sea_orm(has_many = "super::comments::Entity")]
        Comments,
    }

    impl Related<super::users::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::User.def()
        }
    }

    impl Related<super::comments::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Comments.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod comments {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "comments")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub post_id: i64,
        pub text: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(
            belongs_to = "super::posts::Entity",
            from = "Column::PostId",
            to = "super::posts::Column::Id"
        )]
        Post,
    }

    impl Related<super::posts::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Post.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod customers {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "customers")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub company: String,
        pub contact: String,
        pub city: String,
        pub country: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod suppliers {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "suppliers")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub company: String,
        pub city: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(has_many = "super::products::Entity")]
        Products,
    }

    impl Related<super::products::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Products.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod products {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "products")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub supplier_id: i64,
        pub name: String,
        pub price: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(
            belongs_to = "super::suppliers::Entity",
            from = "Column::SupplierId",
            to = "super::suppliers::Column::Id"
        )]
        Supplier,
    }

    impl Related<super::suppliers::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Supplier.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod orders {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "orders")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub customer_id: i64,
        pub ship_name: String,
        pub ship_country: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(has_many = "super::lines::Entity")]
        Lines,
    }

    impl Related<super::lines::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Lines.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod lines {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "order_lines")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub order_id: i64,
        pub product_id: i64,
        pub price: i32,
        pub quantity: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(
            belongs_to = "super::orders::Entity",
            from = "Column::OrderId",
            to = "super::orders::Column::Id"
        )]
        Order,
        #[sea_orm(
            belongs_to = "super::products::Entity",
            from = "Column::ProductId",
            to = "super::products::Column::Id"
        )]
        Product,
    }

    impl Related<super::orders::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Order.def()
        }
    }

    impl Related<super::products::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Product.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// An order with what its lines come to.
#[derive(FromQueryResult)]
struct Summary {
    id: i64,
    ship_name: String,
    ship_country: String,
    lines: i64,
    pieces: i64,
    price: i64,
}

answer! {
    users::Model { id, name, hair_color }
    posts::Model { id, user_id, title, body }
    comments::Model { id, post_id, text }
    guests::Model { name, hair_color }
    customers::Model { id, company, contact, city, country }
    suppliers::Model { id, company, city }
    products::Model { id, supplier_id, name, price }
    orders::Model { id, customer_id, ship_name, ship_country }
    lines::Model { id, order_id, product_id, price, quantity }
    Summary { id, ship_name, ship_country, lines, pieces, price }
}

impl From<NewGuest> for guests::ActiveModel {
    fn from(row: NewGuest) -> Self {
        Self { id: NotSet, name: Set(row.name), hair_color: Set(row.hair_color) }
    }
}

/// SeaORM, driven by a runtime on this thread.
pub struct SeaOrm<'r> {
    runtime: &'r Runtime,
    database: DatabaseConnection,
}

fn options(url: String, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .sqlx_logging(false)
        .test_before_acquire(false);
    options
}

impl<'r> SeaOrm<'r> {
    /// Opens the database with the settings and the rows.
    pub fn new(runtime: &'r Runtime, place: &Place) -> Result<Self, Failure> {
        let (url, script) = match place {
            Place::Memory => ("sqlite::memory:".to_owned(), place.script()),
            Place::File(_) => {
                let url = format!("sqlite:{}?mode=rwc", place.path("sea-orm").display());
                (url, place.script())
            }
            Place::Server(..) => (place.filled("sea_orm")?, place.settings().to_owned()),
        };
        let database = runtime.block_on(async {
            let database = Database::connect(options(url, 1)).await?;
            database.execute_unprepared(&script).await?;
            Ok::<_, DbErr>(database)
        })?;
        Ok(Self { runtime, database })
    }

    async fn round(&self, round: &Round) -> Result<impl Answer + use<>, DbErr> {
        let database = &self.database;
        let missing = || DbErr::RecordNotFound(String::new());
        let customer = customers::Entity::find_by_id(round.customer).one(database).await?;
        let summaries = orders::Entity::find()
            .select_only()
            .columns([orders::Column::Id, orders::Column::ShipName, orders::Column::ShipCountry])
            .column_as(lines::Column::Id.count(), "lines")
            .column_as(lines::Column::Quantity.sum(), "pieces")
            .column_as(
                Expr::col((lines::Entity, lines::Column::Quantity))
                    .mul(Expr::col((lines::Entity, lines::Column::Price)))
                    .sum(),
                "price",
            )
            .join(JoinType::InnerJoin, orders::Relation::Lines.def())
            .filter(orders::Column::Id.gt(round.order))
            .group_by(orders::Column::Id)
            .order_by_asc(orders::Column::Id)
            .limit(50)
            .into_model::<Summary>()
            .all(database)
            .await?;
        let like = products::Entity::find().filter(products::Column::Name.like(round.pattern));
        let like = like.all(database).await?;
        let supplier = suppliers::Entity::find_by_id(round.supplier).one(database).await?;
        let supplier = supplier.ok_or_else(missing)?;
        let offered = supplier.find_related(products::Entity).all(database).await?;
        let order = orders::Entity::find_by_id(round.order).one(database).await?;
        let order = order.ok_or_else(missing)?;
        let bought = order.find_related(lines::Entity).find_also_related(products::Entity);
        let bought = bought.all(database).await?;
        Ok((customer, summaries, like, (supplier, offered), (order, bought)))
    }
}

async fn insert(database: &impl ConnectionTrait, row: guests::ActiveModel) -> Result<(), DbErr> {
    guests::Entity::insert(row).exec_without_returning(database).await?;
    Ok(())
}

impl Contender for SeaOrm<'_> {
    type Guest = guests::ActiveModel;

    fn guest(row: NewGuest) -> guests::ActiveModel {
        row.into()
    }

    fn points(&mut self, keys: &[i64]) -> Result<impl Answer, Failure> {
        let points = async {
            let mut found = Vec::with_capacity(keys.len());
            for &key in keys {
                found.extend(users::Entity::find_by_id(key).one(&self.database).await?);
            }
            Ok::<_, DbErr>(found)
        };
        Ok(self.runtime.block_on(points)?)
    }

    fn points_together(&mut self, keys: &[i64]) -> Result<impl Answer, Failure> {
        let points = keys.iter().map(|&key| users::Entity::find_by_id(key).one(&self.database));
        let found = self.runtime.block_on(async { try_join_all(points).await })?;
        Ok(found.into_iter().flatten().collect::<Vec<_>>())
    }

    fn among(&mut self, keys: &[i64]) -> Result<impl Answer, Failure> {
        let users = users::Entity::find().filter(users::Column::Id.is_in(keys.iter().copied()));
        Ok(self.runtime.block_on(users.all(&self.database))?)
    }

    fn filters(&mut self, floors: &[i64]) -> Result<impl Answer, Failure> {
        let filters = async {
            let mut found = Vec::with_capacity(floors.len());
            for &floor in floors {
                let rows = users::Entity::find()
                    .filter(users::Column::Id.gt(floor))
                    .filter(users::Column::HairColor.is_not_null())
                    .filter(users::Column::Name.ne(LEFT_OUT))
                    .order_by_asc(users::Column::Id)
                    .limit(10);
                found.push(rows.all(&self.database).await?);
            }
            Ok::<_, DbErr>(found)
        };
        Ok(self.runtime.block_on(filters)?)
    }

    fn pages(&mut self, after: &[(String, i64)]) -> Result<impl Answer, Failure> {
        let pages = async {
            let mut found = Vec::with_capacity(after.len());
            for (name, key) in after {
                let mut pages =
                    users::Entity::find().cursor_by((users::Column::Name, users::Column::Id));
                pages.after((name.as_str(), *key)).first(PAGE as u64);
                found.push(pages.all(&self.database).await?);
            }
            Ok::<_, DbErr>(found)
        };
        Ok(self.runtime.block_on(pages)?)
    }

    fn load(&mut self, most: i64) -> Result<impl Answer, Failure> {
        let users = users::Entity::find().filter(users::Column::Id.lte(most));
        Ok(self.runtime.block_on(users.all(&self.database))?)
    }

    fn join(&mut self, rows: i64) -> Result<impl Answer, Failure> {
        let pairs = users::Entity::find()
            .filter(users::Column::Id.gt(100))
            .filter(users::Column::Id.lte(100 + rows))
            .find_also_related(posts::Entity)
            .order_by_asc(users::Column::Id);
        Ok(self.runtime.block_on(pairs.all(&self.database))?)
    }

    fn tree(&mut self, roots: i64) -> Result<impl Answer, Failure> {
        let tree = async {
            let users = users::Entity::find().filter(users::Column::Id.lte(roots));
            let users = users.all(&self.database).await?;
            let posts = users.load_many(posts::Entity, &self.database).await?;
            // The loader takes the rows of one level as one list.
            let lengths: Vec<usize> = posts.iter().map(Vec::len).collect();
            let posts: Vec<posts::Model> = posts.into_iter().flatten().collect();
            let comments = posts.load_many(comments::Entity, &self.database).await?;
            let mut posts = posts.into_iter().zip(comments);
            let branches = lengths.into_iter().map(|length| posts.by_ref().take(length).collect());
            let branches: Vec<Vec<(posts::Model, Vec<comments::Model>)>> = branches.collect();
            Ok::<_, DbErr>(users.into_iter().zip(branches).collect::<Vec<_>>())
        };
        Ok(self.runtime.block_on(tree)?)
    }

    fn updates(&mut self, keys: &[i64], hair: &str) -> Result<(), Failure> {
        let updates = async {
            for &key in keys {
                // `update` on the model alone would ask for the row again.
                let row = users::ActiveModel {
                    id: Unchanged(key),
                    hair_color: Set(Some(hair.to_owned())),
                    ..Default::default()
                };
                users::Entity::update_many()
                    .set(row)
                    .filter(users::Column::Id.eq(key))
                    .exec(&self.database)
                    .await?;
            }
            Ok::<_, DbErr>(())
        };
        Ok(self.runtime.block_on(updates)?)
    }

    fn insert(&mut self, mut guests: Vec<guests::ActiveModel>) -> Result<(), Failure> {
        let inserted = async {
            if guests.len() == 1 {
                for guest in guests.drain(..) {
                    insert(&self.database, guest).await?;
                }
                return Ok(());
            }
            let insert = guests::Entity::insert_many(guests);
            insert.exec_without_returning(&self.database).await.map(drop)
        };
        Ok(self.runtime.block_on(inserted)?)
    }

    fn insert_in_transaction(&mut self, guests: Vec<guests::ActiveModel>) -> Result<(), Failure> {
        let inserts = async {
            let transaction = self.database.begin().await?;
            for guest in guests {
                insert(&transaction, guest).await?;
            }
            transaction.commit().await
        };
        Ok(self.runtime.block_on(inserts)?)
    }

    fn guests(&mut self) -> Result<impl Answer, Failure> {
        Ok(self.runtime.block_on(guests::Entity::find().all(&self.database))?)
    }

    fn forget(&mut self) -> Result<(), Failure> {
        self.runtime.block_on(self.database.execute_unprepared(plain::FORGET))?;
        Ok(())
    }

    fn web(&mut self, rounds: &[Round]) -> Result<impl Answer, Failure> {
        let web = async {
            let mut found = Vec::with_capacity(rounds.len());
            for round in rounds {
                found.push(self.round(round).await?);
            }
            Ok::<_, DbErr>(found)
        };
        Ok(self.runtime.block_on(web)?)
    }
}

/// 33 tasks on a pool, on a runtime of several threads.
pub struct SeaOrmCrowd<'r> {
    runtime: &'r Runtime,
    database: DatabaseConnection,
}

impl<'r> SeaOrmCrowd<'r> {
    /// Makes the pool.
    pub fn new(runtime: &'r Runtime, place: &Place) -> Result<Self, Failure> {
        let path = place.filled("sea_orm_crowd")?;
        let options = match place {
            Place::Memory | Place::File(_) => {
                let mut options = options(format!("sqlite:{path}"), 5);
                options.map_sqlx_sqlite_opts(|options| {
                    options.pragma("synchronous", "NORMAL").busy_timeout(Duration::from_secs(5))
                });
                options
            }
            Place::Server(..) => options(path, POOL as u32),
        };
        Ok(Self { runtime, database: runtime.block_on(Database::connect(options))? })
    }
}

impl Crowd for SeaOrmCrowd<'_> {
    fn crowd(&mut self, time: Duration) -> Result<Crowded, Failure> {
        let said = |error: DbErr| error.to_string();
        let database = self.database.clone();
        let read = move |_: usize, key: i64| {
            let database = database.clone();
            async move {
                let found = users::Entity::find_by_id(key).one(&database).await.map_err(said)?;
                match found {
                    Some(found) if found.id == key => Ok(()),
                    _ => Err("another user".to_owned()),
                }
            }
        };
        let database = self.database.clone();
        let write = move || {
            let database = database.clone();
            async move {
                let guest = NewGuest { name: "somebody".into(), hair_color: Some("brown".into()) };
                insert(&database, guest.into()).await.map_err(said)
            }
        };
        let crowded = tasks(self.runtime, time, read, write)?;
        self.runtime.block_on(self.database.execute_unprepared(plain::FORGET))?;
        Ok(crowded)
    }
}
