//! Which versions were measured, as Cargo.lock has them.

const LOCK: &str = include_str!("../../Cargo.lock");

/// The contenders' versions and SQLite's, in one line.
pub fn versions() -> String {
    let packages = ["rusqlite", "libsqlite3-sys", "diesel", "sqlx", "sea-orm"];
    let mut words: Vec<String> =
        packages.iter().map(|name| format!("{name} {}", locked(name))).collect();
    words.push(format!("SQLite {}", rusqlite::version()));
    words.join(", ")
}

fn locked(package: &str) -> &'static str {
    let mut lines = LOCK.lines();
    let wanted = format!("name = \"{package}\"");
    lines.by_ref().find(|line| *line == wanted);
    let version = lines.next().and_then(|line| line.split('"').nth(1));
    version.unwrap_or("not in Cargo.lock")
}
