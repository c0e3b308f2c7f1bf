use peristyle::prelude::*;

#[derive(Enum)]
enum Status {
    Open,
    Closed(u8),
}

fn main() {}
