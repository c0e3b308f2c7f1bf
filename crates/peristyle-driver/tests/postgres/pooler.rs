//! Behind PgBouncer in transaction mode, where a session belongs to whoever has a transaction in it.

use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use peristyle_driver::postgres::Postgres;
use peristyle_driver::postgres::cluster::{Cluster, ClusterOptions};
use peristyle_driver::{Connection, Error, Options, Url, Value};

use super::server::{cluster, open};

/// PgBouncer before a cluster of its own.
struct Pooler {
    bouncer: Child,
    port: u16,
    cluster: Cluster,
}

impl Pooler {
    /// Nothing where PgBouncer is not installed, which is said aloud.
    fn start(sessions: u32) -> Option<Self> {
        let program = ["pgbouncer", "/usr/sbin/pgbouncer"].into_iter().find(|program| {
            let silent = Command::new(program).arg("--version").stdout(Stdio::null()).status();
            silent.is_ok_and(|status| status.success())
        });
        let Some(program) = program else {
            let _ = writeln!(std::io::stderr(), "NOT TESTED: pgbouncer is not installed");
            return None;
        };
        let cluster = cluster(&ClusterOptions::default());
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .expect("a port")
            .port();
        let folder = cluster.folder().display().to_string();
        let configuration = cluster.folder().join("pgbouncer.ini");
        std::fs::write(
            &configuration,
            format!(
                "[databases]\n* = host={folder} port={} user=postgres\n[pgbouncer]\nlisten_addr = 127.0.0.1\n\
                 listen_port = {port}\nunix_socket_dir =\nauth_type = any\npool_mode = transaction\n\
                 default_pool_size = {sessions}\nmax_client_conn = 100\nlogfile = {folder}/pgbouncer.log\n",
                cluster.port(),
            ),
        )
        .expect("its configuration");
        let mut command = Command::new(program);
        command.arg(&configuration).stdout(Stdio::null()).stderr(Stdio::null());
        if let Some((user, group)) = owner(&cluster.folder().join("data")) {
            command.uid(user).gid(group);
        }
        let bouncer = command.spawn().expect("it starts");
        let pooler = Self { bouncer, port, cluster };
        for _ in 0..500 {
            if TcpStream::connect(("127.0.0.1", pooler.port)).is_ok() {
                break;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Some(pooler)
    }

    fn url(&self, query: &str) -> Url {
        format!("postgres://postgres@127.0.0.1:{}/postgres{query}", self.port)
            .parse()
            .expect("a URL")
    }

    fn open(&self) -> Postgres {
        open(&self.url(""))
    }

    fn direct(&self) -> Postgres {
        open(&self.cluster.url())
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        let _ = self.bouncer.kill();
        let _ = self.bouncer.wait();
    }
}

/// Whom a folder belongs to: PgBouncer does not run as root either.
fn owner(folder: &Path) -> Option<(u32, u32)> {
    use std::os::unix::fs::MetadataExt;
    let made = std::fs::metadata(folder).ok()?;
    (made.uid() != 0).then(|| (made.uid(), made.gid()))
}

fn integer(connection: &mut Postgres, sql: &str) -> i64 {
    let rows = connection.query(sql, &[]).expect("rows");
    rows.single().and_then(Value::as_integer).expect("a number")
}

/// Locks that do not end with a transaction, and those that somebody holds now.
const LOCKS: &str = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'";

#[test]
fn migrators_take_turns_and_leave_no_lock() {
    let Some(pooler) = Pooler::start(3) else { return };
    let mut direct = pooler.direct();
    direct.batch("CREATE TABLE turns (n int); INSERT INTO turns VALUES (0)").expect("a table");
    std::thread::scope(|scope| {
        for number in 0..8 {
            let pooler = &pooler;
            scope.spawn(move || {
                let mut connection = pooler.open();
                connection.set_lock_timeout(Duration::from_secs(60)).expect("patience");
                connection.lease(&format!("thread {number}")).expect("its turn comes");
                connection.begin_migration().expect("it has the lease");
                let next = integer(&mut connection, "SELECT n FROM turns") + 1;
                std::thread::sleep(Duration::from_millis(20));
                connection.execute("UPDATE turns SET n = $1", &[next.into()]).expect("it counts");
                connection.check_migration().expect("all is well");
                connection.commit_migration().expect("it commits");
                connection
                    .run_alone(&format!("CREATE INDEX CONCURRENTLY i{} ON turns (n)", number / 2))
                    .expect("it is made, or there");
                connection.release().expect("it is given back");
            });
        }
    });
    assert_eq!(integer(&mut direct, "SELECT n::bigint FROM turns"), 8);
    assert_eq!(integer(&mut direct, LOCKS), 0);
    let valid = "SELECT count(*) FROM pg_index WHERE indrelid = 'turns'::regclass AND indisvalid";
    assert_eq!(integer(&mut direct, valid), 4);
}

#[test]
fn a_migrator_that_is_gone_leaves_no_lock() {
    let Some(pooler) = Pooler::start(3) else { return };
    let mut gone = pooler.open();
    gone.lease("gone").expect("it is free");
    gone.begin_migration().expect("it begins");
    gone.batch("CREATE TABLE half (a int)").expect("a table");
    drop(gone);
    let mut next = pooler.open();
    next.begin_migration().expect("the transaction's lock ended with it");
    assert_eq!(integer(&mut next, "SELECT count(*) FROM pg_class WHERE relname = 'half'"), 0);
    next.rollback_migration().expect("it is undone");
    assert_eq!(integer(&mut pooler.direct(), LOCKS), 0);
}

#[test]
fn nothing_is_left_in_a_session_that_others_use_next() {
    let Some(pooler) = Pooler::start(1) else { return };
    pooler.direct().batch("CREATE TABLE t (a int)").expect("a table");
    let mut one = pooler.open();
    one.begin_migration().expect("it begins");
    one.commit_migration().expect("it commits");
    one.run_alone("CREATE INDEX CONCURRENTLY i ON t (a)").expect("it is made");
    let mut reader = Postgres::open(&pooler.url(""), &Options::read()).expect("it opens");
    let refused = reader.execute("DELETE FROM t", &[]);
    assert!(matches!(refused, Err(Error::ReadOnly(_))), "{refused:?}");
    let mut other = pooler.open();
    for (setting, value) in [
        ("search_path", "\"$user\", public"),
        ("lock_timeout", "0"),
        ("row_security", "on"),
        ("transaction_read_only", "off"),
    ] {
        let rows = other.query(&format!("SHOW {setting}"), &[]).expect("rows");
        assert_eq!(rows.single(), Some(&Value::from(value)), "{setting}");
    }
}

#[test]
fn where_names_could_mean_something_else_nothing_is_run_alone() {
    let Some(pooler) = Pooler::start(2) else { return };
    pooler
        .direct()
        .batch("CREATE TABLE t (a int); CREATE SCHEMA odd; CREATE TABLE odd.t (a int); ALTER DATABASE postgres SET search_path = odd, public")
        .expect("tables");
    let refused = pooler.open().run_alone("CREATE INDEX CONCURRENTLY i ON t (a)");
    let told = refused.expect_err("it is refused").to_string();
    assert!(told.contains("direct_url"), "{told}");
    pooler.direct().run_alone("CREATE INDEX CONCURRENTLY i ON t (a)").expect("it is made");
    assert_eq!(
        integer(
            &mut pooler.direct(),
            "SELECT count(*) FROM pg_class WHERE oid = to_regclass('public.i')"
        ),
        1
    );
}

#[test]
fn a_running_statement_is_stopped_and_a_blocker_named_also_here() {
    let Some(pooler) = Pooler::start(4) else { return };
    let mut direct = pooler.direct();
    direct.batch("CREATE TABLE t (a int)").expect("a table");
    direct.batch("BEGIN; SELECT count(*) AS long_report FROM t").expect("it reads on");
    let mut migrator = pooler.open();
    migrator.set_lock_timeout(Duration::from_millis(300)).expect("it is remembered");
    migrator.begin_migration().expect("it begins");
    match migrator.execute("DROP TABLE t", &[]) {
        Err(Error::Locked(Some(blocker))) => {
            assert!(blocker.to_string().contains("long_report"), "{blocker}");
        }
        other => panic!("it is locked: {other:?}"),
    }
    migrator.rollback_migration().expect("it is undone");
    let interrupter = migrator.interrupter();
    let stopper = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(200));
        interrupter.interrupt();
    });
    assert_eq!(migrator.execute("SELECT pg_sleep(60)", &[]), Err(Error::Interrupted));
    stopper.join().expect("it stopped");
}
