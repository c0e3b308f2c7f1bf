//! What the tests of the reference systems share: a database of either engine, made by a system's own migrations.
//!
//! One body of tests runs on every engine that a system names; see [`on_every_engine`]. What fails here fails the test
//! that asked, so these functions panic with the reason.

mod change;
mod database;
mod engine;
mod system;

pub use change::Change;
pub use database::Database;
pub use engine::Engine;
pub use system::System;

/// Makes a module of tests for each engine: `on_every_engine! { SYSTEM on [sqlite]; first_test, second_test }`.
///
/// Each test is a function of a [`Database`] that the system's migrations have made, and of a connection to it.
#[macro_export]
macro_rules! on_every_engine {
    ($system:ident on [$($engine:ident),+]; $tests:tt) => {
        $($crate::on_engine!($system, $engine, $tests);)+
    };
}

/// Makes a module of tests for one engine.
#[macro_export]
macro_rules! on_engine {
    ($system:ident, $engine:ident, { $($test:ident),+ $(,)? }) => {
        mod $engine {
            $(
                #[test]
                fn $test() {
                    let database = $crate::Database::migrated(&super::$system, $crate::Engine::$engine());
                    super::$test(&database, database.connection());
                }
            )+
        }
    };
}
