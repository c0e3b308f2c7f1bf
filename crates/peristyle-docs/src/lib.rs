//! A schema as Markdown, as a Mermaid diagram and as TypeScript types: text that people and programs read.
//!
//! Equal schemas give equal bytes. A schema that comes from declarations says more (its documentation, the types of its
//! columns) than one that comes from a database.

mod markdown;
mod mermaid;
mod typescript;

pub use markdown::{document, markdown};
pub use mermaid::mermaid;
pub use typescript::typescript;
