//! What processes that were killed have left on a server is dropped by the next that makes a scratch database there.
//!
//! The only test of its process: the first scratch database is the one that sweeps.

use peristyle_driver::postgres::Postgres;
use peristyle_driver::postgres::cluster::{Cluster, ClusterOptions};
use peristyle_driver::{Connection, Options, Value};

const OLD: &str = "_peristyle_scratch_1000000000_77_0";
const HELD: &str = "_peristyle_scratch_1000000000_77_1";
const LATER: &str = "_peristyle_scratch_99999999999_77_2";
const OTHER: &str = "scratch_1000000000_77_3";

#[test]
fn only_what_is_old_and_used_by_nobody_goes() {
    let cluster = Cluster::start(&ClusterOptions::default()).unwrap();
    let mut server = Postgres::open(&cluster.url(), &Options::default()).unwrap();
    for name in [OLD, HELD, LATER, OTHER] {
        server.execute(&format!("CREATE DATABASE {name}"), &[]).unwrap();
    }
    let url = cluster.url().with_database(HELD).unwrap();
    let session = Postgres::open(&url, &Options::default()).unwrap();
    let scratch = Postgres::scratch_on(&cluster.url()).unwrap();
    assert_eq!(left(&mut server), [HELD, LATER, OTHER]);
    drop((session, scratch));
    assert_eq!(left(&mut server), [HELD, LATER, OTHER], "and its own one");
}

/// The databases that are there but for the server's own, and but for a scratch database that is in use.
fn left(server: &mut Postgres) -> Vec<String> {
    let rows = server
        .query(
            "SELECT datname::text FROM pg_database
             WHERE NOT datistemplate AND datname <> 'postgres' AND datname !~ $1 ORDER BY datname",
            &[Value::from(format!("_{}_[0-9]+$", std::process::id()))],
        )
        .unwrap();
    rows.rows.iter().filter_map(|row| row[0].as_text().map(str::to_owned)).collect()
}
