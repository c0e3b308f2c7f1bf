//! PostgreSQL's catalog, read of a live server: what was made is what is read.

mod canonical;
mod columns;
mod constraints;
mod facts;
mod indexes;
mod live;
mod notes;
mod objects;
mod round_trip;
mod tables;
