//! The rows as structs, and the SQL that finds them: for those that are written by hand.

use scenarios::answer;

/// A user.
pub struct User {
    pub id: i64,
    pub name: String,
    pub hair_color: Option<String>,
}

/// Something that a user posted.
pub struct Post {
    pub id: i64,
    pub user_id: i64,
    pub title: String,
    pub body: String,
}

/// What was said about a post.
pub struct Comment {
    pub id: i64,
    pub post_id: i64,
    pub text: String,
}

/// A row that was inserted.
pub struct Guest {
    pub name: String,
    pub hair_color: Option<String>,
}

/// A customer.
pub struct Customer {
    pub id: i64,
    pub company: String,
    pub contact: String,
    pub city: String,
    pub country: Option<String>,
}

/// A supplier.
pub struct Supplier {
    pub id: i64,
    pub company: String,
    pub city: String,
}

/// A product of a supplier.
pub struct Product {
    pub id: i64,
    pub supplier_id: i64,
    pub name: String,
    pub price: i32,
}

/// An order of a customer.
pub struct Order {
    pub id: i64,
    pub customer_id: i64,
    pub ship_name: String,
    pub ship_country: String,
}

/// A line of an order.
pub struct Line {
    pub id: i64,
    pub order_id: i64,
    pub product_id: i64,
    pub price: i32,
    pub quantity: i32,
}

/// An order with what its lines come to.
pub struct Summary {
    pub id: i64,
    pub ship_name: String,
    pub ship_country: String,
    pub lines: i64,
    pub pieces: i64,
    pub price: i64,
}

/// What one round of pages gives.
pub type Pages =
    (Customer, Vec<Summary>, Vec<Product>, (Supplier, Vec<Product>), (Order, Vec<(Line, Product)>));

/// Users with their posts, each with its comments.
pub type Tree = Vec<(User, Vec<(Post, Vec<Comment>)>)>;

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

pub const POINT: &str = "SELECT id, name, hair_color FROM users WHERE id = $1";
pub const LOAD: &str = "SELECT id, name, hair_color FROM users WHERE id <= $1";
pub const FILTER: &str = "SELECT id, name, hair_color FROM users \
    WHERE id > $1 AND hair_color IS NOT NULL AND name <> $2 ORDER BY id LIMIT 10";
pub const PAGE: &str = "SELECT id, name, hair_color FROM users \
    WHERE (name, id) > ($1, $2) ORDER BY name, id LIMIT 20";
pub const JOIN: &str = "SELECT u.id, u.name, u.hair_color, p.id, p.user_id, p.title, p.body \
    FROM users u LEFT JOIN posts p ON p.user_id = u.id WHERE u.id > 100 AND u.id <= $1 ORDER BY u.id";
pub const UPDATE: &str = "UPDATE users SET hair_color = $1 WHERE id = $2";
pub const GUESTS: &str = "SELECT name, hair_color FROM guests";
pub const FORGET: &str = "DELETE FROM guests";
pub const CUSTOMER: &str =
    "SELECT id, company, contact, city, country FROM customers WHERE id = $1";
pub const ORDERS: &str = "SELECT o.id, o.ship_name, o.ship_country, \
        count(*), sum(l.quantity), sum(l.quantity * l.price) \
    FROM orders o JOIN order_lines l ON l.order_id = o.id \
    WHERE o.id > $1 GROUP BY o.id ORDER BY o.id LIMIT 50";
pub const PRODUCTS: &str = "SELECT id, supplier_id, name, price FROM products WHERE name LIKE $1";
pub const SUPPLIER: &str = "SELECT id, company, city FROM suppliers WHERE id = $1";
pub const PRODUCTS_OF: &str =
    "SELECT id, supplier_id, name, price FROM products WHERE supplier_id = $1";
pub const ORDER: &str = "SELECT id, customer_id, ship_name, ship_country FROM orders WHERE id = $1";
pub const LINES: &str = "SELECT l.id, l.order_id, l.product_id, l.price, l.quantity, \
        p.id, p.supplier_id, p.name, p.price \
    FROM order_lines l JOIN products p ON p.id = l.product_id WHERE l.order_id = $1";

/// An insert of so many guests.
pub fn insert(rows: usize) -> String {
    let values: Vec<String> =
        (0..rows).map(|row| format!("(${}, ${})", 2 * row + 1, 2 * row + 2)).collect();
    format!("INSERT INTO guests (name, hair_color) VALUES {}", values.join(", "))
}

/// Reads a struct from a row's columns from `$at` on; `$get` is how the driver's row reads one.
macro_rules! read {
    (User, $row:ident.$get:ident, $at:expr) => {
        $crate::plain::User {
            id: $row.$get($at)?,
            name: $row.$get($at + 1)?,
            hair_color: $row.$get($at + 2)?,
        }
    };
    (Post, $row:ident.$get:ident, $at:expr) => {
        $crate::plain::Post {
            id: $row.$get($at)?,
            user_id: $row.$get($at + 1)?,
            title: $row.$get($at + 2)?,
            body: $row.$get($at + 3)?,
        }
    };
    (Comment, $row:ident.$get:ident, $at:expr) => {
        $crate::plain::Comment {
            id: $row.$get($at)?,
            post_id: $row.$get($at + 1)?,
            text: $row.$get($at + 2)?,
        }
    };
    (Guest, $row:ident.$get:ident, $at:expr) => {
        $crate::plain::Guest { name: $row.$get($at)?, hair_color: $row.$get($at + 1)? }
    };
    (Customer, $row:ident.$get:ident, $at:expr) => {
        $crate::plain::Customer {
            id: $row.$get($at)?,
            company: $row.$get($at + 1)?,
            contact: $row.$get($at + 2)?,
            city: $row.$get($at + 3)?,
            country: $row.$get($at + 4)?,
        }
    };
    (Supplier, $row:ident.$get:ident, $at:expr) => {
        $crate::plain::Supplier {
            id: $row.$get($at)?,
            company: $row.$get($at + 1)?,
            city: $row.$get($at + 2)?,
        }
    };
    (Product, $row:ident.$get:ident, $at:expr) => {
        $crate::plain::Product {
            id: $row.$get($at)?,
            supplier_id: $row.$get($at + 1)?,
            name: $row.$get($at + 2)?,
            price: $row.$get($at + 3)?,
        }
    };
    (Order, $row:ident.$get:ident, $at:expr) => {
        $crate::plain::Order {
            id: $row.$get($at)?,
            customer_id: $row.$get($at + 1)?,
            ship_name: $row.$get($at + 2)?,
            ship_country: $row.$get($at + 3)?,
        }
    };
    (Line, $row:ident.$get:ident, $at:expr) => {
        $crate::plain::Line {
            id: $row.$get($at)?,
            order_id: $row.$get($at + 1)?,
            product_id: $row.$get($at + 2)?,
            price: $row.$get($at + 3)?,
            quantity: $row.$get($at + 4)?,
        }
    };
    (Summary, $row:ident.$get:ident, $at:expr) => {
        $crate::plain::Summary {
            id: $row.$get($at)?,
            ship_name: $row.$get($at + 1)?,
            ship_country: $row.$get($at + 2)?,
            lines: $row.$get($at + 3)?,
            pieces: $row.$get($at + 4)?,
            price: $row.$get($at + 5)?,
        }
    };
    (Pair, $row:ident.$get:ident) => {{
        let post = match $row.$get::<_, Option<i64>>(3)? {
            Some(_) => Some($crate::plain::read!(Post, $row.$get, 3)),
            None => None,
        };
        ($crate::plain::read!(User, $row.$get, 0), post)
    }};
}
pub(crate) use read;

/// Users, posts and comments that were found one level after the other, put together.
pub fn tree(users: Vec<User>, posts: Vec<Post>, comments: Vec<Comment>) -> Tree {
    use std::collections::HashMap;
    let mut of_post: HashMap<i64, Vec<Comment>> = HashMap::with_capacity(posts.len());
    for comment in comments {
        of_post.entry(comment.post_id).or_default().push(comment);
    }
    let mut of_user: HashMap<i64, Vec<(Post, Vec<Comment>)>> = HashMap::with_capacity(users.len());
    for post in posts {
        let comments = of_post.remove(&post.id).unwrap_or_default();
        of_user.entry(post.user_id).or_default().push((post, comments));
    }
    let branch = |user: User| {
        let posts = of_user.remove(&user.id).unwrap_or_default();
        (user, posts)
    };
    users.into_iter().map(branch).collect()
}
