//! PostgreSQL on a real server.

mod postgres {
    mod alone;
    mod connection;
    mod errors;
    mod lease;
    mod scratch;
    mod server;
    mod wire;
}
