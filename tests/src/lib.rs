//! What the tests of the whole house share: literate cases, a real engine to run them on, and random schemas.

pub mod cases;
pub mod declarations;
pub mod engine;
pub mod facts;
pub mod history;
pub mod journey;
pub mod laws;
pub mod pooler;
pub mod postgres;
pub mod queries;
pub mod random;
pub mod rows;
pub mod server;
