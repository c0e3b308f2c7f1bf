//! PostgreSQL on a real server.

mod postgres {
    mod connection;
    mod errors;
    mod scratch;
    mod server;
    mod wire;
}
