//! The tables as models.

use scenarios::{Answer, Digest, answer};
use toasty::Deferred;

/// A user.
#[derive(Debug, toasty::Model)]
#[table = "users"]
pub struct User {
    /// Its key.
    #[key]
    #[auto]
    pub id: i64,
    /// The name.
    pub name: String,
    /// The colour of the hair.
    pub hair_color: Option<String>,
    /// What they posted.
    #[has_many]
    pub posts: Deferred<Vec<Post>>,
}

/// Something that a user posted.
#[derive(Debug, toasty::Model)]
#[table = "posts"]
pub struct Post {
    /// Its key.
    #[key]
    #[auto]
    pub id: i64,
    /// Whose it is.
    #[index]
    pub user_id: i64,
    /// That user.
    #[belongs_to]
    pub user: Deferred<User>,
    /// The title.
    pub title: String,
    /// The text.
    pub body: String,
    /// What was said about it.
    #[has_many]
    pub comments: Deferred<Vec<Comment>>,
}

/// What was said about a post.
#[derive(Debug, toasty::Model)]
#[table = "comments"]
pub struct Comment {
    /// Its key.
    #[key]
    #[auto]
    pub id: i64,
    /// What it is about.
    #[index]
    pub post_id: i64,
    /// That post.
    #[belongs_to]
    pub post: Deferred<Post>,
    /// The text.
    pub text: String,
}

/// A row that is inserted.
#[derive(Debug, toasty::Model)]
#[table = "guests"]
pub struct Guest {
    /// Its key.
    #[key]
    #[auto]
    pub id: i64,
    /// The name.
    pub name: String,
    /// The colour of the hair.
    pub hair_color: Option<String>,
}

/// A customer.
#[derive(Debug, toasty::Model)]
#[table = "customers"]
pub struct Customer {
    /// Its key.
    #[key]
    #[auto]
    pub id: i64,
    /// The company.
    pub company: String,
    /// Whom to call.
    pub contact: String,
    /// The city.
    pub city: String,
    /// The country.
    pub country: Option<String>,
}

/// A supplier.
#[derive(Debug, toasty::Model)]
#[table = "suppliers"]
pub struct Supplier {
    /// Its key.
    #[key]
    #[auto]
    pub id: i64,
    /// The company.
    pub company: String,
    /// The city.
    pub city: String,
    /// What it offers.
    #[has_many]
    pub products: Deferred<Vec<Product>>,
}

/// A product of a supplier.
#[derive(Debug, toasty::Model)]
#[table = "products"]
pub struct Product {
    /// Its key.
    #[key]
    #[auto]
    pub id: i64,
    /// Whose it is.
    #[index]
    pub supplier_id: i64,
    /// That supplier.
    #[belongs_to]
    pub supplier: Deferred<Supplier>,
    /// The name.
    pub name: String,
    /// The price in cents.
    pub price: i32,
}

/// An order of a customer.
#[derive(Debug, toasty::Model)]
#[table = "orders"]
pub struct Order {
    /// Its key.
    #[key]
    #[auto]
    pub id: i64,
    /// Whose it is.
    pub customer_id: i64,
    /// Whom it is shipped to.
    pub ship_name: String,
    /// Where to.
    pub ship_country: String,
    /// What is in it.
    #[has_many]
    pub lines: Deferred<Vec<Line>>,
}

/// A line of an order.
#[derive(Debug, toasty::Model)]
#[table = "order_lines"]
pub struct Line {
    /// Its key.
    #[key]
    #[auto]
    pub id: i64,
    /// Whose it is.
    #[index]
    pub order_id: i64,
    /// That order.
    #[belongs_to]
    pub order: Deferred<Order>,
    /// What is bought.
    pub product_id: i64,
    /// That product.
    #[belongs_to]
    pub product: Deferred<Product>,
    /// The price of one.
    pub price: i32,
    /// How many.
    pub quantity: i32,
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
}

/// A row with the rows that belong to it, as they were loaded with it.
pub struct With<T>(pub T);

/// Says under which field the rows that belong to a row are.
macro_rules! with {
    ($($type:ty { $field:ident })+) => {$(
        impl Answer for With<&$type> {
            fn add(&self, digest: &mut Digest) {
                self.0.add(digest);
                self.0.$field.get().iter().map(With).collect::<Vec<_>>().add(digest);
            }
        }
    )+};
}

with! { User { posts } Supplier { products } Order { lines } }

impl Answer for With<&Post> {
    fn add(&self, digest: &mut Digest) {
        self.0.add(digest);
        if self.0.comments.is_unloaded() {
            return;
        }
        self.0.comments.get().add(digest);
    }
}

impl Answer for With<&Product> {
    fn add(&self, digest: &mut Digest) {
        self.0.add(digest);
    }
}

impl Answer for With<&Line> {
    fn add(&self, digest: &mut Digest) {
        self.0.add(digest);
        self.0.product.get().add(digest);
    }
}

/// Users with their posts and those with their comments.
pub struct Tree(pub Vec<User>);

impl Answer for Tree {
    fn add(&self, digest: &mut Digest) {
        self.0.iter().map(With).collect::<Vec<_>>().add(digest);
    }
}

/// Users with their post, as the rows of a join.
pub struct Pairs(pub Vec<User>);

impl Answer for Pairs {
    fn add(&self, digest: &mut Digest) {
        let mut pairs = Vec::new();
        for user in &self.0 {
            let posts = user.posts.get();
            if posts.is_empty() {
                pairs.push(Pair(user, None));
            }
            pairs.extend(posts.iter().map(|post| Pair(user, Some(post))));
        }
        pairs.add(digest);
    }
}

struct Pair<'a>(&'a User, Option<&'a Post>);

impl Answer for Pair<'_> {
    fn add(&self, digest: &mut Digest) {
        self.0.add(digest);
        match self.1 {
            Some(post) => post.add(digest),
            None => None::<String>.add(digest),
        }
    }
}
