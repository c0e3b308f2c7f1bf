//! Servers and databases that are thrown away.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use peristyle_driver::postgres::Postgres;
use peristyle_driver::postgres::cluster::ClusterOptions;
use peristyle_driver::{Connection, Error, Options, Value, scratch, scratch_on};
use peristyle_sql::DialectName;

use super::server::{cluster, open, server};

fn until(what: &str, holds: impl Fn() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < Duration::from_secs(20), "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_scratch_database_holds_nothing_and_is_gone_with_its_connection() {
    let mut one = scratch_on(&server()).expect("a database");
    let mut two = scratch_on(&server()).expect("another one");
    one.batch("CREATE TABLE t (a int)").expect("a table");
    two.batch("CREATE TABLE t (a int)").expect("the same table, elsewhere");
    let name = one.query("SELECT current_database()::text", &[]).expect("rows");
    let name = name.single().cloned().expect("a name");
    drop(one);
    let left = open(&server())
        .query("SELECT count(*) FROM pg_database WHERE datname = $1", &[name])
        .expect("rows");
    assert_eq!(left.single(), Some(&Value::Integer(0)));
}

#[test]
fn a_role_that_may_not_make_databases_is_told_so() {
    let role = format!("peristyle_poor_{}", std::process::id());
    let mut admin = open(&server());
    admin.batch(&format!("CREATE ROLE {role} LOGIN")).expect("a role");
    let mut address = server().address().expect("an address");
    address.user = role.clone();
    let refused = scratch_on(&address.url()).map(drop);
    admin.batch(&format!("DROP ROLE {role}")).expect("it is gone");
    assert!(
        matches!(&refused, Err(Error::NoServer(said)) if said.contains("CREATEDB")),
        "{refused:?}"
    );
}

#[test]
fn a_server_of_our_own_listens_where_only_its_user_can_come_in() {
    let cluster = cluster(&ClusterOptions::default());
    let mut connection = open(&cluster.url());
    let asked = connection.query("SHOW listen_addresses", &[]).expect("rows");
    assert_eq!(asked.single(), Some(&Value::from("")));
    assert_eq!(cluster.loopback_url(), None);
    let folder = cluster.folder().to_owned();
    let said = connection.query("SHOW data_directory", &[]).expect("rows");
    assert_eq!(said.single().and_then(Value::as_text), folder.join("data").to_str());
    drop(cluster);
    assert!(!folder.exists(), "nothing is left");
    assert!(connection.query("SELECT 1", &[]).is_err(), "the server is gone");
}

#[test]
fn a_server_that_cannot_start_says_why() {
    let settings = vec![("shared_buffers".to_owned(), "nonsense".to_owned())];
    let options = ClusterOptions { settings, ..ClusterOptions::default() };
    let error =
        peristyle_driver::postgres::cluster::Cluster::start(&options).expect_err("it cannot");
    assert!(error.to_string().contains("shared_buffers"), "{error}");
}

/// Started by the test below as a process of its own, which is then killed.
#[test]
#[ignore = "the process that the test below starts and kills: alone it would wait for a minute and show nothing"]
fn hold_a_scratch_database_until_killed() {
    let mut held = scratch(DialectName::Postgres).expect("a database");
    let rows = held.query("SHOW data_directory", &[]).expect("rows");
    println!("\nholds {}", rows.single().and_then(Value::as_text).expect("text"));
    std::thread::sleep(Duration::from_secs(60));
}

#[test]
fn a_server_of_our_own_ends_with_the_process_that_is_killed() {
    use std::io::{BufRead, BufReader};
    let mut child = Command::new(std::env::current_exe().expect("this program"))
        .args([
            "--ignored",
            "--exact",
            "--nocapture",
            "postgres::scratch::hold_a_scratch_database_until_killed",
        ])
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let folder = lines
        .map_while(Result::ok)
        .find_map(|line| line.strip_prefix("holds ").map(str::to_owned))
        .expect("it says where");
    let folder = Path::new(&folder).parent().expect("a folder").to_owned();
    let url = format!("postgres://postgres@/postgres?host={}", folder.display());
    let url = url.parse().expect("a URL");
    open(&url);
    child.kill().expect("it is killed");
    child.wait().expect("it is gone");
    until("the server ends", || Postgres::open(&url, &Options::default()).is_err());
    until("its folder goes", || !folder.exists());
}
