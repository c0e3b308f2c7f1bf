//! PostgreSQL's catalog, read of a live server: what was made is what is read.

mod canonical;
mod live;
