//! PostgreSQL on a real server.

mod postgres {
    mod connection;
    mod errors;
    mod server;
    mod wire;
}
