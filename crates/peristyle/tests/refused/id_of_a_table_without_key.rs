use peristyle::prelude::*;

#[derive(Table)]
struct Line {
    text: String,
}

#[derive(Table)]
struct Note {
    #[key(auto)]
    id: Id<Note>,
    line_id: Id<Line>,
}

fn main() {}
