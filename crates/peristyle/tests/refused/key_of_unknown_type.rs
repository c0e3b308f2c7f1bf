use peristyle::prelude::*;

#[derive(Table)]
struct Place {
    #[key]
    id: Id<Place>,
}

fn main() {}
