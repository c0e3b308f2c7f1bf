use peristyle::prelude::*;

#[path = "tables/mod.rs"]
mod tables;
#[allow(unused_imports)]
use tables::*;

fn main() {
    let kind = peristyle::case::<_, String>().when(User::AGE.gt(17), "adult").otherwise(5);
    let _ = User::all().select(kind);
}
