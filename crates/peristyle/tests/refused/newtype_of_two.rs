use peristyle::prelude::*;

#[derive(Newtype)]
struct Pair(String, String);

fn main() {}
