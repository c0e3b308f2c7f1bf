//! A migrator killed at any moment leaves a database that the next run completes.

mod support;

use std::process::{Command, Stdio};
use std::time::Duration;

use peristyle_migrate::{Folder, MigrateOptions, RollbackOptions, migrate, rollback};
use support::{Place, quiet};

const ROWS: i64 = 20_000;
/// Tells the child process, which is this test program, where to work and which way.
const WORK: &str = "PERISTYLE_TEST_KILLED";

/// Not a test of its own: what the child process does.
#[test]
fn child() {
    let Ok(work) = std::env::var(WORK) else { return };
    let (direction, dir) = work.split_once(':').unwrap();
    let dir = std::path::Path::new(dir);
    let folder = Folder::open(dir.join("migrations")).unwrap();
    let url = peristyle_driver::Url::file(dir.join("app.db"));
    let mut connection = peristyle_driver::open(&url, &Default::default()).unwrap();
    println!("ready");
    match direction {
        "up" => drop(
            migrate(connection.as_mut(), &folder, &MigrateOptions::default(), &mut quiet())
                .unwrap(),
        ),
        _ => drop(
            rollback(connection.as_mut(), &folder, &RollbackOptions::default(), &mut quiet())
                .unwrap(),
        ),
    }
}

fn place() -> Place {
    let place = Place::new();
    let items = "CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT NOT NULL, size INTEGER NOT NULL DEFAULT 1);
CREATE TABLE parts (id INTEGER PRIMARY KEY, item_id INTEGER NOT NULL REFERENCES items ON DELETE CASCADE);";
    place.by_hand("items", items, "DROP TABLE parts;\nDROP TABLE items;");
    place.migrate().unwrap();
    let rebuild = |default: i64| {
        format!(
            "CREATE TABLE _peristyle_new_items (id INTEGER PRIMARY KEY, name TEXT NOT NULL, size INTEGER NOT NULL DEFAULT {default});
INSERT INTO _peristyle_new_items SELECT * FROM items;
DROP TABLE items;
ALTER TABLE _peristyle_new_items RENAME TO items;"
        )
    };
    place.by_hand("default", &rebuild(2), &rebuild(1));
    place.run(&format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS})
         INSERT INTO items SELECT i, 'item ' || i, i % 7 FROM n;
         INSERT INTO parts SELECT id, id FROM items;"
    ));
    place
}

#[test]
fn nothing_is_lost_and_the_next_run_succeeds() {
    let place = place();
    let expected = place.rows("SELECT * FROM items ORDER BY id");
    for round in 0..12 {
        let direction = if place.count("_peristyle_migrations") == 1 { "up" } else { "down" };
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child", "--nocapture"])
            .env(WORK, format!("{direction}:{}", place.dir.path().display()))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(1 + 4 * round));
        child.kill().unwrap();
        child.wait().unwrap();

        assert_eq!(place.count("parts"), ROWS);
        assert_eq!(place.rows("SELECT * FROM items ORDER BY id"), expected);
        let applied = place.count("_peristyle_migrations");
        let default = &place
            .rows("SELECT dflt_value FROM pragma_table_info('items') WHERE name = 'size'")[0][0];
        assert_eq!(default.as_text(), Some(if applied == 1 { "1" } else { "2" }), "half applied");
        match applied {
            1 => drop(place.migrate().unwrap()),
            _ => drop(place.rollback().unwrap()),
        }
        assert_eq!(place.count("_peristyle_migrations"), 3 - applied);
        assert_eq!(place.count("parts"), ROWS);
    }
}
