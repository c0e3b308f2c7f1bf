//! SeaORM, on a pool of one connection: it has no other way in.

use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, QueryOrder, QuerySelect,
    TransactionTrait,
};
use tokio::runtime::Runtime;

use crate::contender::{Contender, Failure, row};
use crate::place::{Place, script};
use crate::question::{FORGET, LEFT_OUT, NewUser, floors, keys};

mod users {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "users")]
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

row!(users::Model);

impl From<NewUser> for users::ActiveModel {
    fn from(row: NewUser) -> Self {
        Self { id: NotSet, name: Set(row.name), hair_color: Set(row.hair_color) }
    }
}

/// SeaORM, driven by a runtime on this thread.
pub struct SeaOrm<'r> {
    runtime: &'r Runtime,
    database: DatabaseConnection,
}

impl<'r> SeaOrm<'r> {
    /// Opens the database with the settings and the rows.
    pub fn new(runtime: &'r Runtime, place: &Place) -> Result<Self, Failure> {
        let url = match place {
            Place::Memory => "sqlite::memory:".to_owned(),
            Place::File(_) => format!("sqlite:{}?mode=rwc", place.path("sea-orm").display()),
        };
        let mut options = ConnectOptions::new(url);
        options
            .max_connections(1)
            .min_connections(1)
            .sqlx_logging(false)
            .test_before_acquire(false);
        let database = runtime.block_on(async {
            let database = Database::connect(options).await?;
            database.execute_unprepared(place.settings()).await?;
            database.execute_unprepared(&script()).await?;
            Ok::<_, DbErr>(database)
        })?;
        Ok(Self { runtime, database })
    }
}

async fn insert(database: &impl ConnectionTrait, row: users::ActiveModel) -> Result<(), DbErr> {
    users::Entity::insert(row).exec_without_returning(database).await?;
    Ok(())
}

impl Contender for SeaOrm<'_> {
    type User = users::Model;
    type New = users::ActiveModel;

    fn new_row(row: NewUser) -> users::ActiveModel {
        users::ActiveModel::from(row)
    }

    fn points(&mut self) -> Result<Vec<users::Model>, Failure> {
        let points = async {
            let mut found = Vec::new();
            for key in keys() {
                found.extend(users::Entity::find_by_id(key).one(&self.database).await?);
            }
            Ok::<_, DbErr>(found)
        };
        Ok(self.runtime.block_on(points)?)
    }

    fn load(&mut self) -> Result<Vec<users::Model>, Failure> {
        Ok(self.runtime.block_on(users::Entity::find().all(&self.database))?)
    }

    fn filters(&mut self) -> Result<Vec<users::Model>, Failure> {
        let filters = async {
            let mut found = Vec::new();
            for floor in floors() {
                let rows = users::Entity::find()
                    .filter(users::Column::Id.gt(floor))
                    .filter(users::Column::HairColor.is_not_null())
                    .filter(users::Column::Name.ne(LEFT_OUT))
                    .order_by_asc(users::Column::Id)
                    .limit(10);
                found.extend(rows.all(&self.database).await?);
            }
            Ok::<_, DbErr>(found)
        };
        Ok(self.runtime.block_on(filters)?)
    }

    fn insert_each(&mut self, rows: Vec<users::ActiveModel>) -> Result<(), Failure> {
        let inserts = async {
            for row in rows {
                insert(&self.database, row).await?;
            }
            Ok::<_, DbErr>(())
        };
        Ok(self.runtime.block_on(inserts)?)
    }

    fn insert_many(&mut self, rows: Vec<users::ActiveModel>) -> Result<(), Failure> {
        let insert = users::Entity::insert_many(rows).exec_without_returning(&self.database);
        self.runtime.block_on(insert)?;
        Ok(())
    }

    fn insert_in_transaction(&mut self, rows: Vec<users::ActiveModel>) -> Result<(), Failure> {
        let inserts = async {
            let transaction = self.database.begin().await?;
            for row in rows {
                insert(&transaction, row).await?;
            }
            transaction.commit().await
        };
        Ok(self.runtime.block_on(inserts)?)
    }

    fn forget(&mut self) -> Result<u64, Failure> {
        Ok(self.runtime.block_on(self.database.execute_unprepared(FORGET))?.rows_affected())
    }
}
