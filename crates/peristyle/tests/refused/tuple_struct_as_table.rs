use peristyle::prelude::*;

#[derive(Table)]
struct Pair(String, String);

fn main() {}
