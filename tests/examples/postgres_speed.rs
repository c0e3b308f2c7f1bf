//! What rows cost on PostgreSQL beside the raw driver: `cargo run --release -p peristyle-tests --example postgres_speed URL`.
//!
//! The raw side is the crate `postgres` (the synchronous door of tokio-postgres) with statements that it holds prepared.
//! Both sides run in one process on databases of the same content, decode into the same struct and take turns; the ratio
//! is of the fastest tenth of the samples.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::time::Instant;

use peristyle::prelude::*;
use peristyle::testing::{Isolated, Template};
use postgres::{Client, NoTls, Statement};

#[derive(Table, Debug, Clone, PartialEq)]
struct User {
    #[key]
    id: i64,
    name: String,
    hair_color: Option<String>,
}

#[derive(Table, Debug, Clone, PartialEq)]
struct Post {
    #[key]
    id: i64,
    #[references(User)]
    user_id: i64,
    title: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
struct Comment {
    #[key]
    id: i64,
    #[references(Post)]
    post_id: i64,
    text: String,
}

/// A user, their posts, and the comments on each.
type Branch = (User, Vec<(Post, Vec<Comment>)>);

/// The first hundred users have ten posts each, with ten comments each.
const SCHEMA: &str = "
    CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL, hair_color text);
    CREATE TABLE posts (id bigint PRIMARY KEY, user_id bigint NOT NULL, title text NOT NULL);
    CREATE TABLE comments (id bigint PRIMARY KEY, post_id bigint NOT NULL, text text NOT NULL);
    INSERT INTO posts SELECT n, n / 10, 'Post number ' || n FROM generate_series(0, 999) n;
    INSERT INTO comments SELECT n, n / 10, 'Comment number ' || n FROM generate_series(0, 9999) n;
    CREATE INDEX ON posts (user_id);
    CREATE INDEX ON comments (post_id);";

type Failure = Box<dyn std::error::Error>;

/// The raw driver on a database of its own, with what it holds prepared.
struct Raw {
    client: Client,
    point: Statement,
    load: Statement,
    users: Statement,
    posts: Statement,
    comments: Statement,
    insert: Vec<(usize, Statement)>,
    _database: Isolated<Connection>,
}

impl Raw {
    fn on(database: Isolated<Connection>) -> Result<Self, Failure> {
        let mut client = Client::connect(database.url().ok_or("a server's URL is needed")?, NoTls)?;
        let point = client.prepare("SELECT id, name, hair_color FROM users WHERE id = $1")?;
        let load = client.prepare("SELECT id, name, hair_color FROM users ORDER BY id LIMIT $1")?;
        let users = client.prepare("SELECT id, name, hair_color FROM users WHERE id < $1")?;
        let posts =
            client.prepare("SELECT id, user_id, title FROM posts WHERE user_id = ANY ($1)")?;
        let comments =
            client.prepare("SELECT id, post_id, text FROM comments WHERE post_id = ANY ($1)")?;
        let mut insert = Vec::new();
        for rows in [1, 10, 100, 1_000] {
            let values: Vec<String> = (0..rows)
                .map(|n| format!("(${}, ${}, ${})", 3 * n + 1, 3 * n + 2, 3 * n + 3))
                .collect();
            let sql =
                format!("INSERT INTO users (id, name, hair_color) VALUES {}", values.join(", "));
            insert.push((rows, client.prepare(&sql)?));
        }
        Ok(Self { client, point, load, users, posts, comments, insert, _database: database })
    }

    fn user(row: &postgres::Row) -> User {
        User { id: row.get(0), name: row.get(1), hair_color: row.get(2) }
    }

    /// The way it is written by hand: a query for each level with the keys of the one above, and a map.
    fn tree(&mut self, roots: i64) -> Result<Vec<Branch>, Failure> {
        let users: Vec<User> =
            self.client.query(&self.users, &[&roots])?.iter().map(Self::user).collect();
        let keys: Vec<i64> = users.iter().map(|user| user.id).collect();
        let rows = self.client.query(&self.posts, &[&keys])?;
        let posts: Vec<Post> = rows
            .iter()
            .map(|row| Post { id: row.get(0), user_id: row.get(1), title: row.get(2) })
            .collect();
        let keys: Vec<i64> = posts.iter().map(|post| post.id).collect();
        let mut of_post: HashMap<i64, Vec<Comment>> = HashMap::new();
        for row in self.client.query(&self.comments, &[&keys])? {
            let comment = Comment { id: row.get(0), post_id: row.get(1), text: row.get(2) };
            of_post.entry(comment.post_id).or_default().push(comment);
        }
        let mut of_user: HashMap<i64, Vec<(Post, Vec<Comment>)>> = HashMap::new();
        for post in posts {
            let comments = of_post.remove(&post.id).unwrap_or_default();
            of_user.entry(post.user_id).or_default().push((post, comments));
        }
        let branch = |user: User| {
            let posts = of_user.remove(&user.id).unwrap_or_default();
            (user, posts)
        };
        Ok(users.into_iter().map(branch).collect())
    }
}

/// The fastest tenth, in microseconds: what the work costs when nothing else wants the processor.
fn fast(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 10] * 1e6
}

/// Runs both sides in turns and prints their ratio.
fn race(
    name: &str,
    times: usize,
    mut ours: impl FnMut(usize) -> Result<(), Failure>,
    mut raw: impl FnMut(usize) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let (mut by_us, mut by_raw) = (Vec::new(), Vec::new());
    for n in 0..times {
        let start = Instant::now();
        ours(n)?;
        by_us.push(start.elapsed().as_secs_f64());
        let start = Instant::now();
        raw(n)?;
        by_raw.push(start.elapsed().as_secs_f64());
    }
    let (by_us, by_raw) = (fast(by_us), fast(by_raw));
    println!("{name:<16} {by_us:>9.1} us   raw {by_raw:>9.1} us   {:.2}", by_us / by_raw);
    Ok(())
}

fn users(from: i64, count: i64) -> impl Iterator<Item = NewUser> {
    (from..from + count)
        .map(|n| NewUser::new(n, format!("User number {n}")).hair_color(format!("color {}", n % 7)))
}

fn main() -> Result<(), Failure> {
    let url = std::env::args().nth(1).ok_or("the URL of a server is needed")?;
    let template = Template::new(&url, SCHEMA, |database| database.batch(SCHEMA))?;
    let db = template.connection()?;
    User::insert_many(users(0, 10_000)).run(&db)?;
    let other = template.connection()?;
    User::insert_many(users(0, 10_000)).run(&other)?;
    let mut raw = Raw::on(other)?;
    race(
        "point",
        5_000,
        |n| {
            let id = (n as i64 * 7919) % 10_000;
            let user = User::get(id).one(&db)?;
            if user.id == id { Ok(()) } else { Err("another user".into()) }
        },
        |n| {
            let id = (n as i64 * 7919) % 10_000;
            let user = Raw::user(&raw.client.query_one(&raw.point, &[&id])?);
            if user.id == id { Ok(()) } else { Err("another user".into()) }
        },
    )?;
    for count in [10, 100, 1_000, 10_000_u32] {
        race(
            &format!("load {count}"),
            (200_000 / count as usize).clamp(100, 2_000),
            |_| {
                let query = User::all().order(User::ID.asc()).limit(u64::from(count));
                let all = query.all(&db)?;
                if all.len() == count as usize { Ok(()) } else { Err("too few".into()) }
            },
            |_| {
                let rows = raw.client.query(&raw.load, &[&i64::from(count)])?;
                let all: Vec<User> = rows.iter().map(Raw::user).collect();
                if all.len() == count as usize { Ok(()) } else { Err("too few".into()) }
            },
        )?;
    }
    let raw = RefCell::new(raw);
    for roots in [1, 10, 100] {
        let ask = || {
            let posts = Post::USER.children().with(Comment::POST);
            User::all().filter(User::ID.lt(roots)).with(posts).all(&db)
        };
        if ask()? != raw.borrow_mut().tree(roots)? {
            return Err("another tree".into());
        }
        race(
            &format!("tree of {roots}"),
            (10_000 / roots as usize).clamp(100, 1_000),
            |_| {
                let all: Vec<Branch> = ask()?;
                if all.len() == roots as usize { Ok(()) } else { Err("too few".into()) }
            },
            |_| {
                let all = raw.borrow_mut().tree(roots)?;
                if all.len() == roots as usize { Ok(()) } else { Err("too few".into()) }
            },
        )?;
    }
    // What is written by hand is not pipelined here: the crate's synchronous door cannot.
    race(
        "20 points",
        1_000,
        |n| {
            let ids = (0..20).map(|at| (n as i64 * 7919 + at * 31) % 10_000);
            let all =
                db.batch(|batch| ids.map(|id| User::get(id).one(batch)).collect::<Vec<_>>())?;
            if all.len() == 20 { Ok(()) } else { Err("too few".into()) }
        },
        |n| {
            let mut raw = raw.borrow_mut();
            let Raw { client, point, .. } = &mut *raw;
            for at in 0..20 {
                let id = (n as i64 * 7919 + at * 31) % 10_000;
                let user = Raw::user(&client.query_one(&*point, &[&id])?);
                if user.id != id {
                    return Err("another user".into());
                }
            }
            Ok(())
        },
    )?;
    let next = Cell::new(1_000_000);
    let sizes: Vec<(usize, Statement)> = raw.borrow().insert.clone();
    for (rows, insert) in sizes {
        let count = rows as i64;
        race(
            &format!("insert {rows}"),
            (30_000 / rows).clamp(30, 1_000),
            |_| {
                let from = next.replace(next.get() + count);
                User::insert_many(users(from, count)).run(&db)?;
                Ok(())
            },
            |_| {
                let from = next.replace(next.get() + count);
                let rows: Vec<(i64, String, Option<String>)> =
                    users(from, count).map(|new| (new.id, new.name, new.hair_color)).collect();
                let values: Vec<&(dyn postgres::types::ToSql + Sync)> = rows
                    .iter()
                    .flat_map(|(id, name, color)| {
                        [id as &(dyn postgres::types::ToSql + Sync), name, color]
                    })
                    .collect();
                raw.borrow_mut().client.execute(&insert, &values)?;
                Ok(())
            },
        )?;
    }
    Ok(())
}
