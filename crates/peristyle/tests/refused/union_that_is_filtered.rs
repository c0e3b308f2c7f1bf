use peristyle::prelude::*;

#[path = "tables/mod.rs"]
mod tables;
#[allow(unused_imports)]
use tables::*;

fn main() {
    let emails = || User::all().select(User::EMAIL);
    let _ = emails().union(emails()).filter(User::AGE.gt(5));
}
