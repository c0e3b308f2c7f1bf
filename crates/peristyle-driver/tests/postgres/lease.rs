//! One migrator at a time: leases, fences, locks, and who is in the way.

use std::time::{Duration, Instant};

use peristyle_driver::{Connection, Error, Value};

use super::server::Database;

fn short(connection: &mut impl Connection) {
    connection.set_lock_timeout(Duration::from_millis(300)).expect("it is remembered");
}

fn locked(result: Result<(), Error>) -> String {
    match result {
        Err(Error::Locked(Some(blocker))) => blocker.to_string(),
        other => panic!("it is locked by somebody: {other:?}"),
    }
}

#[test]
fn only_one_has_the_lease() {
    let database = Database::fresh();
    let (mut one, mut two) = (database.open(), database.open());
    short(&mut two);
    one.lease("one").expect("it is free");
    one.lease("one").expect("it has it");
    let told = locked(two.lease("two"));
    assert!(told.contains("another migrator, one, since 2"), "{told}");
    one.release().expect("it is given back");
    two.lease("two").expect("it is free again");
    short(&mut one);
    let told = locked(one.lease("one"));
    assert!(told.contains("two"), "{told}");
}

#[test]
fn many_ask_at_once_and_each_has_it_in_turn() {
    let database = Database::fresh();
    database
        .open()
        .batch("CREATE TABLE turns (n int); INSERT INTO turns VALUES (0)")
        .expect("a table");
    std::thread::scope(|scope| {
        for number in 0..8 {
            let database = &database;
            scope.spawn(move || {
                let mut connection = database.open();
                connection.set_lock_timeout(Duration::from_secs(60)).expect("patience");
                connection.lease(&format!("thread {number}")).expect("its turn comes");
                let before = connection.query("SELECT n FROM turns", &[]).expect("rows");
                let next = before.single().and_then(Value::as_integer).expect("a number") + 1;
                connection.execute("UPDATE turns SET n = $1", &[next.into()]).expect("it counts");
                connection.release().expect("it is given back");
            });
        }
    });
    let rows = database.open().query("SELECT n FROM turns", &[]).expect("rows");
    assert_eq!(rows.single(), Some(&Value::Integer(8)), "nobody counted beside another");
}

#[test]
fn a_lease_whose_holder_is_gone_goes_on_and_the_zombie_is_stopped() {
    let database = Database::fresh();
    let (mut zombie, mut next) = (database.open(), database.open());
    zombie.lease("zombie").expect("it is free");
    zombie.begin_migration().expect("it has the lease");
    zombie.rollback_migration().expect("it is undone");
    // What passing time does.
    database
        .open()
        .batch(
            "UPDATE public._peristyle_lease SET expires = clock_timestamp() - interval '1 second'",
        )
        .expect("it expires");
    next.lease("next").expect("it has expired");
    let stopped = zombie.begin_migration();
    assert!(matches!(stopped, Err(Error::LeaseLost(_))), "{stopped:?}");
    next.begin_migration().expect("it has the lease");
    next.commit_migration().expect("nothing stands in the way");
    zombie.release().expect("it has nothing to give back");
    short(&mut zombie);
    assert!(locked(zombie.lease("zombie")).contains("next"), "it took nothing away");
}

#[test]
fn a_zombie_runs_nothing_outside_of_a_transaction_either() {
    let database = Database::fresh();
    let mut zombie = database.open();
    zombie.batch("CREATE TABLE t (a int)").expect("a table");
    zombie.lease("zombie").expect("it is free");
    database
        .open()
        .batch("UPDATE public._peristyle_lease SET fence = fence + 1")
        .expect("another one took it");
    let stopped = zombie.run_alone("CREATE INDEX CONCURRENTLY i ON t (a)");
    assert!(matches!(stopped, Err(Error::LeaseLost(_))), "{stopped:?}");
}

#[test]
fn a_lease_is_renewed_for_as_long_as_it_is_held() {
    let database = Database::fresh();
    let mut holder = database.open();
    holder.lease("holder").expect("it is free");
    let mut watcher = database.open();
    watcher
        .batch(
            "UPDATE public._peristyle_lease SET expires = clock_timestamp() + interval '8 seconds'",
        )
        .expect("a short one");
    let left = "SELECT extract(epoch FROM expires - clock_timestamp())::float8 FROM public._peristyle_lease";
    let started = Instant::now();
    let renewed = loop {
        let rows = watcher.query(left, &[]).expect("rows");
        let Some(Value::Real(seconds)) = rows.single() else { panic!("{rows:?}") };
        if *seconds > 10.0 {
            break true;
        }
        if started.elapsed() > Duration::from_secs(12) {
            break false;
        }
        std::thread::sleep(Duration::from_millis(100));
    };
    assert!(renewed);
}

#[test]
fn transactions_of_migrations_are_apart_also_without_a_lease() {
    let database = Database::fresh();
    let (mut one, mut two) = (database.open(), database.open());
    one.begin_migration().expect("it begins");
    one.query("SELECT 7 AS what_one_does", &[]).expect("rows");
    short(&mut two);
    let told = locked(two.begin_migration());
    assert!(told.contains("what_one_does") && told.contains("(peristyle)"), "{told}");
    one.commit_migration().expect("it commits");
    two.begin_migration().expect("it is free");
    two.rollback_migration().expect("it is undone");
}

#[test]
fn a_statement_that_waits_too_long_names_who_is_in_the_way() {
    let database = Database::fresh();
    let (mut reader, mut migrator) = (database.open(), database.open());
    reader.batch("CREATE TABLE t (a int)").expect("a table");
    reader.batch("BEGIN; SELECT count(*) AS long_report FROM t").expect("it reads on");
    short(&mut migrator);
    migrator.begin_migration().expect("it begins");
    let started = Instant::now();
    let told = locked(migrator.execute("ALTER TABLE t ADD b int", &[]).map(drop));
    assert!(started.elapsed() < Duration::from_secs(5));
    let process = reader.wire().process().expect("a process").to_string();
    assert!(told.contains(&process) && told.contains("long_report"), "{told}");
    migrator.rollback_migration().expect("it is undone");
    reader.batch("COMMIT").expect("it is done");
    migrator.begin_migration().expect("it begins");
    migrator.execute("ALTER TABLE t ADD b int", &[]).expect("nobody is in the way");
    migrator.commit_migration().expect("it commits");
}
