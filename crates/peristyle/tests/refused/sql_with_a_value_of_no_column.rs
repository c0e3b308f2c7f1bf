#[path = "tables/mod.rs"]
mod tables;
#[allow(unused_imports)]
use tables::*;

fn main() {
    let user: Option<User> = None;
    let _ = peristyle::sql!("SELECT {user}");
}
