use peristyle::prelude::*;

#[path = "tables/mod.rs"]
mod tables;
#[allow(unused_imports)]
use tables::*;

fn main() {
    let over = peristyle::window().order(Post::VIEWS.asc());
    let _ = User::all().select(peristyle::row_number().over(over));
}
