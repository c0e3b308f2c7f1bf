//! What the rows cost beside the raw driver: `cargo run --release -p peristyle --example speed`.
//!
//! Both sides run in one process on databases of the same content, decode into the same struct and take turns; the ratio
//! is of the fastest tenth of the samples. The full comparison with other crates is in `bench/`.

use std::collections::HashMap;
use std::time::Instant;

use peristyle::prelude::*;
use peristyle::{Error, Result};
use rusqlite::Connection as Raw;

#[derive(Table, Debug, Clone, PartialEq)]
struct User {
    #[key]
    id: i64,
    name: String,
    hair_color: Option<String>,
}

const SCHEMA: &str =
    "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, hair_color TEXT)";

#[derive(Table, Debug, Clone, PartialEq)]
struct Post {
    #[key]
    id: i64,
    #[references(User, column = id)]
    user_id: i64,
    title: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
struct Comment {
    #[key]
    id: i64,
    #[references(Post, column = id)]
    post_id: i64,
    text: String,
}

/// Ten posts of each user, ten comments on each post.
const TREE: &str = "
    CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id), title TEXT NOT NULL);
    CREATE TABLE comments (id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL REFERENCES posts (id), text TEXT NOT NULL);
    CREATE INDEX posts_user_id_idx ON posts (user_id);
    CREATE INDEX comments_post_id_idx ON comments (post_id);
    INSERT INTO posts SELECT users.id * 10 + n.value, users.id, 'Post ' || n.value
        FROM users, json_each('[0,1,2,3,4,5,6,7,8,9]') AS n;
    INSERT INTO comments SELECT posts.id * 10 + n.value, posts.id, 'Comment ' || n.value
        FROM posts, json_each('[0,1,2,3,4,5,6,7,8,9]') AS n;";

fn users(count: i64) -> Vec<NewUser> {
    (0..count)
        .map(|n| NewUser::new(n, format!("User number {n}")).hair_color(format!("color {}", n % 7)))
        .collect()
}

/// One thing to do, ours and raw.
struct Race {
    name: &'static str,
    times: u32,
    ours: Box<dyn FnMut() -> Result<usize>>,
    raw: Box<dyn FnMut() -> rusqlite::Result<usize>>,
}

/// The fastest tenth: what the work costs when nothing else wants the processor.
fn fast(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 10]
}

impl Race {
    fn run(mut self) -> Result<()> {
        // Only what is asked for: `… --example speed -- point`.
        if std::env::args().nth(1).is_some_and(|asked| !self.name.contains(&asked)) {
            return Ok(());
        }
        let (mut ours, mut raw) = (Vec::new(), Vec::new());
        let mut sink = 0;
        for _ in 0..101 {
            let start = Instant::now();
            for _ in 0..self.times {
                sink += (self.ours)()?;
            }
            ours.push(start.elapsed().as_secs_f64() / f64::from(self.times));
            let start = Instant::now();
            for _ in 0..self.times {
                sink += (self.raw)().map_err(|e| Error::Interrupted { reason: e.to_string() })?;
            }
            raw.push(start.elapsed().as_secs_f64() / f64::from(self.times));
        }
        std::hint::black_box(sink);
        let (ours, raw) = (fast(ours), fast(raw));
        println!(
            "{:<34} {:>10.3} us {:>10.3} us {:>6.2}",
            self.name,
            ours * 1e6,
            raw * 1e6,
            ours / raw
        );
        Ok(())
    }
}

fn raw_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<User> {
    Ok(User { id: row.get(0)?, name: row.get(1)?, hair_color: row.get(2)? })
}

fn filled(rows: i64) -> Result<(Connection, Raw)> {
    let ours = Connection::open("sqlite::memory:")?;
    ours.execute_script(SCHEMA)?;
    User::insert_many(users(rows)).run(&ours)?;
    let raw = Raw::open_in_memory().expect("a database in memory");
    raw.execute_batch(SCHEMA).expect("the table");
    for user in users(rows) {
        raw.execute(
            "INSERT INTO users (id, name, hair_color) VALUES (?1, ?2, ?3)",
            (&user.id, &user.name, &user.hair_color),
        )
        .expect("a row");
    }
    Ok((ours, raw))
}

fn point() -> Result<Race> {
    let (ours, raw) = filled(10_000)?;
    let (mut a, mut b) = (0, 0);
    Ok(Race {
        name: "point select by key",
        times: 2000,
        ours: Box::new(move || {
            a = (a + 7919) % 10_000;
            Ok(User::get(a).one(&ours)?.name.len())
        }),
        raw: Box::new(move || {
            b = (b + 7919) % 10_000;
            let sql = "SELECT id, name, hair_color FROM users WHERE id = ?1";
            Ok(raw.prepare_cached(sql)?.query_row([b], raw_row)?.name.len())
        }),
    })
}

fn load(name: &'static str, rows: i64, times: u32) -> Result<Race> {
    let (ours, raw) = filled(rows)?;
    Ok(Race {
        name,
        times,
        ours: Box::new(move || Ok(User::all().all(&ours)?.len())),
        raw: Box::new(move || {
            let mut statement = raw.prepare_cached("SELECT id, name, hair_color FROM users")?;
            let mut users = Vec::new();
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                users.push(raw_row(row)?);
            }
            Ok(users.len())
        }),
    })
}

fn filter() -> Result<Race> {
    let (ours, raw) = filled(10_000)?;
    Ok(Race {
        name: "filter of 3, order, limit 10",
        times: 500,
        ours: Box::new(move || {
            let query = User::all()
                .filter(User::ID.gt(100))
                .filter(User::NAME.gt("User number 2"))
                .filter(User::HAIR_COLOR.eq("color 3"))
                .order(User::ID.asc())
                .limit(10);
            Ok(query.all(&ours)?.len())
        }),
        raw: Box::new(move || {
            let sql = "SELECT id, name, hair_color FROM users \
                       WHERE id > ?1 AND name > ?2 AND hair_color = ?3 ORDER BY id LIMIT 10";
            let mut statement = raw.prepare_cached(sql)?;
            let rows = statement.query_map((100, "User number 2", "color 3"), raw_row)?;
            Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?.len())
        }),
    })
}

fn insert(name: &'static str, rows: usize, times: u32) -> Result<Race> {
    let (ours, raw) = filled(0)?;
    let values = vec!["(?, ?, ?)"; rows].join(", ");
    let sql = format!("INSERT INTO users (id, name, hair_color) VALUES {values}");
    // Both sides are given the same rows, made inside of the measure.
    let fresh = move || users(rows as i64);
    Ok(Race {
        name,
        times,
        ours: Box::new(move || {
            ours.execute_script("DELETE FROM users")?;
            Ok(User::insert_many(fresh()).run(&ours)? as usize)
        }),
        raw: Box::new(move || {
            raw.execute_batch("DELETE FROM users")?;
            let users = fresh();
            let mut statement = raw.prepare_cached(&sql)?;
            for (at, user) in users.iter().enumerate() {
                statement.raw_bind_parameter(at * 3 + 1, user.id)?;
                statement.raw_bind_parameter(at * 3 + 2, &user.name)?;
                statement.raw_bind_parameter(at * 3 + 3, &user.hair_color)?;
            }
            statement.raw_execute()
        }),
    })
}

/// A user, their posts, and the comments on each.
type Branch = (User, Vec<(Post, Vec<Comment>)>);

/// Places for so many parameters.
fn places(count: usize) -> String {
    vec!["?"; count].join(", ")
}

/// The way it is written by hand: a query for each level, with a list of keys as long as it is, and a map.
fn tree_by_hand(raw: &Raw, roots: i64) -> rusqlite::Result<Vec<Branch>> {
    let mut statement =
        raw.prepare_cached("SELECT id, name, hair_color FROM users WHERE id < ?1")?;
    let users = statement.query_map([roots], raw_row)?.collect::<rusqlite::Result<Vec<User>>>()?;
    let sql =
        format!("SELECT id, user_id, title FROM posts WHERE user_id IN ({})", places(users.len()));
    let mut statement = raw.prepare(&sql)?;
    let post = |row: &rusqlite::Row<'_>| {
        Ok(Post { id: row.get(0)?, user_id: row.get(1)?, title: row.get(2)? })
    };
    let keys = rusqlite::params_from_iter(users.iter().map(|user| user.id));
    let posts = statement.query_map(keys, post)?.collect::<rusqlite::Result<Vec<Post>>>()?;
    let sql = format!(
        "SELECT id, post_id, text FROM comments WHERE post_id IN ({})",
        places(posts.len())
    );
    let mut statement = raw.prepare(&sql)?;
    let comment = |row: &rusqlite::Row<'_>| {
        Ok(Comment { id: row.get(0)?, post_id: row.get(1)?, text: row.get(2)? })
    };
    let keys = rusqlite::params_from_iter(posts.iter().map(|post| post.id));
    let mut of_post: HashMap<i64, Vec<Comment>> = HashMap::new();
    for comment in statement.query_map(keys, comment)? {
        let comment = comment?;
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

fn tree(name: &'static str, roots: i64, times: u32) -> Result<Race> {
    let (ours, raw) = filled(200)?;
    ours.execute_script(TREE)?;
    raw.execute_batch(TREE).expect("posts and comments");
    let ask = move |db: &Connection| -> Result<Vec<Branch>> {
        let posts = Post::USER.children().with(Comment::POST);
        User::all().filter(User::ID.lt(roots)).with(posts).all(db)
    };
    let by_hand = tree_by_hand(&raw, roots).expect("the tree");
    assert_eq!(ask(&ours)?, by_hand, "both find the same");
    Ok(Race {
        name,
        times,
        ours: Box::new(move || Ok(ask(&ours)?.len())),
        raw: Box::new(move || Ok(tree_by_hand(&raw, roots)?.len())),
    })
}

fn join() -> Result<Race> {
    let (ours, raw) = filled(1000)?;
    ours.execute_script(TREE)?;
    raw.execute_batch(TREE).expect("posts and comments");
    Ok(Race {
        name: "join of 10,000 rows",
        times: 2,
        ours: Box::new(move || Ok(User::all().left_join(Post::USER).all(&ours)?.len())),
        raw: Box::new(move || {
            let sql = "SELECT users.id, name, hair_color, posts.id, user_id, title FROM users \
                       LEFT JOIN posts ON posts.user_id = users.id";
            let mut statement = raw.prepare_cached(sql)?;
            let pair = |row: &rusqlite::Row<'_>| {
                let post = match row.get::<_, Option<i64>>(3)? {
                    None => None,
                    Some(id) => Some(Post { id, user_id: row.get(4)?, title: row.get(5)? }),
                };
                Ok((raw_row(row)?, post))
            };
            Ok(statement.query_map([], pair)?.collect::<rusqlite::Result<Vec<_>>>()?.len())
        }),
    })
}

fn main() -> Result<()> {
    println!("{:<34} {:>13} {:>13} {:>6}", "", "peristyle", "rusqlite", "ratio");
    point()?.run()?;
    load("load of 1 row", 1, 2000)?.run()?;
    load("load of 100 rows", 100, 200)?.run()?;
    load("load of 10,000 rows", 10_000, 2)?.run()?;
    filter()?.run()?;
    insert("insert of 1 row", 1, 500)?.run()?;
    insert("insert of 10 rows", 10, 200)?.run()?;
    insert("insert of 100 rows", 100, 50)?.run()?;
    join()?.run()?;
    tree("tree of 1 × 10 × 10", 1, 500)?.run()?;
    tree("tree of 10 × 10 × 10", 10, 50)?.run()?;
    tree("tree of 100 × 10 × 10", 100, 5)?.run()
}
