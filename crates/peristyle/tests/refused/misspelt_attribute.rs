use peristyle::prelude::*;

#[derive(Table)]
struct Place {
    #[key(auto)]
    id: Id<Place>,
    #[column(defualt = now)]
    at: Timestamp,
}

fn main() {}
