//! Which versions were measured, as Cargo.lock has them.

use scenarios::Engine;

const LOCK: &str = include_str!("../../Cargo.lock");
const TOASTY: &str = include_str!("../../toasty/Cargo.lock");

/// The contenders' versions, in one line.
pub fn versions(engine: Engine) -> String {
    let (packages, toasty): (&[&str], &[&str]) = match engine {
        Engine::Sqlite => (
            &["rusqlite", "libsqlite3-sys", "diesel", "sqlx", "sea-orm"],
            &["toasty", "libsqlite3-sys"],
        ),
        Engine::Postgres => {
            (&["tokio-postgres", "diesel", "diesel-async", "sqlx", "sea-orm"], &["toasty"])
        }
    };
    let words = |lock: &'static str, names: &[&str]| {
        let words: Vec<String> =
            names.iter().map(|name| format!("{name} {}", locked(lock, name))).collect();
        words.join(", ")
    };
    let sqlite = match engine {
        Engine::Sqlite => format!(", SQLite {}", rusqlite::version()),
        Engine::Postgres => String::new(),
    };
    format!("{}{sqlite}; in a program of its own {}", words(LOCK, packages), words(TOASTY, toasty))
}

fn locked(lock: &'static str, package: &str) -> &'static str {
    let mut lines = lock.lines();
    let wanted = format!("name = \"{package}\"");
    lines.by_ref().find(|line| *line == wanted);
    let version = lines.next().and_then(|line| line.split('"').nth(1));
    version.unwrap_or("not in Cargo.lock")
}
