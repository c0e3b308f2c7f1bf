//! Tests side by side on one server, as an application writes them: each has a database of its own, or a transaction that is
//! rolled back. Which of the two is one line.

use std::sync::Barrier;
use std::thread;

use medic::schema::{NewUser, Role, User};
use medic::{Error, MIGRATIONS, seed, users};
use peristyle::{Connection, Table, testing};
use systems_support::Engine;

/// Signs up under an address that everybody here uses, and sees nobody else.
fn alone(connection: &Connection) {
    assert_eq!(User::all().count(connection).unwrap(), 0);
    User::insert(NewUser::new("ada@example.org", "!")).run(connection).unwrap();
    assert_eq!(User::all().count(connection).unwrap(), 1);
}

#[test]
fn databases_side_by_side() {
    let server = Engine::Postgres.server();
    let together = Barrier::new(4);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let connection = testing::connection(&MIGRATIONS, &server).unwrap();
                together.wait();
                alone(&connection);
                // All of them hold a row under the same key now.
                together.wait();
                assert_eq!(User::all().count(&connection).unwrap(), 1);
            });
        }
    });
}

#[test]
fn a_transaction_that_is_rolled_back() {
    let server = Engine::Postgres.server();
    for _ in 0..2 {
        let connection = testing::rolled_back(&MIGRATIONS, &server).unwrap();
        alone(&connection);
        // What fails in a transaction of its own takes nothing else with it.
        let taken = connection
            .transaction(|inner| users::register(inner, "ADA@example.org", "!", Role::Patient));
        assert!(matches!(taken, Err(Error::EmailTaken)), "{taken:?}");
        assert_eq!(User::all().count(&connection).unwrap(), 1);
        assert_eq!(seed::run(&connection).unwrap().users, 7);
    }
}
