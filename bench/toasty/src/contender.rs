//! The questions. There is no join, no comparison of rows and no group: related rows are included, and sums are made here.

use scenarios::{Answer, Contender, Digest, Failure, LEFT_OUT, NewGuest, PAGE, Round};
use toasty::{Db, Executor};
use tokio::runtime::Runtime;

use crate::model::{
    Customer, Guest, Line, Order, Pairs, Product, Supplier, Tree, User, With,
};

/// Toasty, driven by a runtime on this thread.
pub struct Toasty<'r> {
    runtime: &'r Runtime,
    db: Db,
}

impl<'r> Toasty<'r> {
    /// On a database with the rows.
    pub fn new(runtime: &'r Runtime, db: Db) -> Self {
        Self { runtime, db }
    }
}

/// An order with what its lines come to.
struct Summary {
    id: i64,
    ship_name: String,
    ship_country: String,
    lines: i64,
    pieces: i64,
    price: i64,
}

scenarios::answer! { Summary { id, ship_name, ship_country, lines, pieces, price } }

impl From<Order> for Summary {
    fn from(order: Order) -> Self {
        let lines = order.lines.get();
        let price = |line: &Line| i64::from(line.quantity) * i64::from(line.price);
        Self {
            lines: lines.len() as i64,
            pieces: lines.iter().map(|line| i64::from(line.quantity)).sum(),
            price: lines.iter().map(price).sum(),
            id: order.id,
            ship_name: order.ship_name,
            ship_country: order.ship_country,
        }
    }
}

/// What one round of pages gives.
struct Pages {
    customer: Customer,
    summaries: Vec<Summary>,
    like: Vec<Product>,
    supplier: Supplier,
    order: Order,
}

impl Answer for Pages {
    fn add(&self, digest: &mut Digest) {
        self.customer.add(digest);
        self.summaries.add(digest);
        self.like.add(digest);
        With(&self.supplier).add(digest);
        With(&self.order).add(digest);
    }
}

async fn pages(db: &mut Db, round: &Round) -> toasty::Result<Pages> {
    let customer = Customer::get_by_id(db, round.customer).await?;
    let orders = Order::filter(Order::fields().id().gt(round.order))
        .order_by(Order::fields().id().asc())
        .limit(50)
        .include(Order::fields().lines());
    let summaries = orders.exec(db).await?.into_iter().map(Summary::from).collect();
    let like = Product::filter(Product::fields().name().like(round.pattern)).exec(db).await?;
    let supplier = Supplier::filter_by_id(round.supplier).include(Supplier::fields().products());
    let supplier = supplier.one().exec(db).await?;
    let order = Order::filter_by_id(round.order).include(Order::fields().lines().product());
    let order = order.one().exec(db).await?;
    Ok(Pages { customer, summaries, like, supplier, order })
}

async fn insert(executor: &mut dyn Executor, guest: NewGuest) -> toasty::Result<()> {
    let guest = toasty::create!(Guest { name: guest.name, hair_color: guest.hair_color });
    guest.exec(executor).await.map(drop)
}

impl Contender for Toasty<'_> {
    type Guest = NewGuest;

    fn guest(row: NewGuest) -> NewGuest {
        row
    }

    fn points(&mut self, keys: &[i64]) -> Result<impl Answer, Failure> {
        let db = &mut self.db;
        Ok(self.runtime.block_on(async {
            let mut found = Vec::with_capacity(keys.len());
            for &key in keys {
                found.push(User::get_by_id(db, key).await?);
            }
            Ok::<_, toasty::Error>(found)
        })?)
    }

    fn among(&mut self, keys: &[i64]) -> Result<impl Answer, Failure> {
        let users = User::filter(User::fields().id().in_list(keys.to_vec()));
        Ok(self.runtime.block_on(users.exec(&mut self.db))?)
    }

    fn filters(&mut self, floors: &[i64]) -> Result<impl Answer, Failure> {
        let db = &mut self.db;
        Ok(self.runtime.block_on(async {
            let mut found = Vec::with_capacity(floors.len());
            for &floor in floors {
                let rows = User::filter(User::fields().id().gt(floor))
                    .filter(User::fields().hair_color().is_some())
                    .filter(User::fields().name().ne(LEFT_OUT))
                    .order_by(User::fields().id().asc())
                    .limit(10);
                found.push(rows.exec(db).await?);
            }
            Ok::<_, toasty::Error>(found)
        })?)
    }

    fn pages(&mut self, after: &[(String, i64)]) -> Result<impl Answer, Failure> {
        let db = &mut self.db;
        Ok(self.runtime.block_on(async {
            let mut found = Vec::with_capacity(after.len());
            for (name, key) in after {
                let (name, key) = (name.as_str(), *key);
                let behind = User::fields().name().gt(name).or(User::fields().id().gt(key));
                let rows = User::filter(User::fields().name().ge(name))
                    .filter(behind)
                    .order_by((User::fields().name().asc(), User::fields().id().asc()))
                    .limit(PAGE as usize);
                found.push(rows.exec(db).await?);
            }
            Ok::<_, toasty::Error>(found)
        })?)
    }

    fn load(&mut self, most: i64) -> Result<impl Answer, Failure> {
        let users = User::filter(User::fields().id().le(most));
        Ok(self.runtime.block_on(users.exec(&mut self.db))?)
    }

    fn join(&mut self, rows: i64) -> Result<impl Answer, Failure> {
        let users = User::filter(User::fields().id().gt(100))
            .filter(User::fields().id().le(100 + rows))
            .order_by(User::fields().id().asc())
            .include(User::fields().posts());
        Ok(Pairs(self.runtime.block_on(users.exec(&mut self.db))?))
    }

    fn tree(&mut self, roots: i64) -> Result<impl Answer, Failure> {
        let users =
            User::filter(User::fields().id().le(roots)).include(User::fields().posts().comments());
        Ok(Tree(self.runtime.block_on(users.exec(&mut self.db))?))
    }

    fn updates(&mut self, keys: &[i64], hair: &str) -> Result<(), Failure> {
        let db = &mut self.db;
        Ok(self.runtime.block_on(async {
            for &key in keys {
                User::filter_by_id(key).update().hair_color(hair).exec(db).await?;
            }
            Ok::<_, toasty::Error>(())
        })?)
    }

    /// What is inserted always comes back.
    fn insert(&mut self, guests: Vec<NewGuest>) -> Result<(), Failure> {
        let db = &mut self.db;
        Ok(self.runtime.block_on(async {
            let guests = guests.into_iter().map(|guest| {
                toasty::create!(Guest { name: guest.name, hair_color: guest.hair_color })
            });
            let all = guests.fold(Guest::create_many(), |all, guest| all.item(guest));
            all.exec(db).await.map(drop)
        })?)
    }

    fn insert_in_transaction(&mut self, guests: Vec<NewGuest>) -> Result<(), Failure> {
        let db = &mut self.db;
        Ok(self.runtime.block_on(async {
            let mut transaction = db.transaction().await?;
            for guest in guests {
                insert(&mut transaction, guest).await?;
            }
            transaction.commit().await
        })?)
    }

    fn guests(&mut self) -> Result<impl Answer, Failure> {
        Ok(self.runtime.block_on(Guest::all().exec(&mut self.db))?)
    }

    fn forget(&mut self) -> Result<(), Failure> {
        Ok(self.runtime.block_on(Guest::all().delete().exec(&mut self.db))?)
    }

    fn web(&mut self, rounds: &[Round]) -> Result<impl Answer, Failure> {
        let db = &mut self.db;
        Ok(self.runtime.block_on(async {
            let mut found = Vec::with_capacity(rounds.len());
            for round in rounds {
                found.push(pages(db, round).await?);
            }
            Ok::<_, toasty::Error>(found)
        })?)
    }
}
