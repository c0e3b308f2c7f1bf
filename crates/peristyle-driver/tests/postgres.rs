//! PostgreSQL on a real server.

mod postgres {
    mod alone;
    mod connection;
    mod errors;
    mod lease;
    mod login;
    mod pooler;
    mod scratch;
    mod server;
    mod tls;
    mod wire;
}
