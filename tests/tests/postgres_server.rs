//! Each test has a database of its own.

use peristyle_driver::{Connection, Value};
use peristyle_tests::postgres::{Database, Server};

#[test]
fn databases_are_apart_from_each_other_and_gone_at_the_end() {
    let one = Database::fresh("one");
    one.script("CREATE TABLE t (a int); INSERT INTO t VALUES (7)");
    let copy = one.clone_of("copy");
    let two = Database::fresh("two");
    let mut connection = two.open();
    let rows = connection.query("SELECT to_regclass('t')", &[]).expect("rows");
    assert_eq!(rows.single(), Some(&Value::Null));
    let rows = copy.open().query("SELECT a FROM t", &[]).expect("rows");
    assert_eq!(rows.single(), Some(&Value::Integer(7)));
    let names = [one.name(), copy.name(), two.name()].map(Value::from);
    drop((one, copy, two));
    let mut server = Server::shared().open();
    for name in names {
        let left = server
            .query("SELECT count(*) FROM pg_database WHERE datname = $1", &[name])
            .expect("rows");
        assert_eq!(left.single(), Some(&Value::Integer(0)), "even while somebody is connected");
    }
}
