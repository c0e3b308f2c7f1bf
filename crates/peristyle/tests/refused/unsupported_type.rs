use peristyle::prelude::*;

struct Point;

#[derive(Table)]
struct Place {
    #[key(auto)]
    id: Id<Place>,
    position: Point,
    visits: u64,
}

fn main() {}
