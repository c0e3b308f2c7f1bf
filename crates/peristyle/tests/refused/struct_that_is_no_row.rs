use peristyle::prelude::*;

#[path = "tables/mod.rs"]
mod tables;
#[allow(unused_imports)]
use tables::*;

struct Summary {
    email: String,
}

fn main() {
    let _ = User::all().select_as::<Summary>().from((User::EMAIL,));
}
