#![allow(dead_code, unused_mut)]

@MODULES@
use diesel::prelude::*;

fn main() -> QueryResult<()> {
    let url = std::env::args().nth(1).unwrap_or_default();
    let mut connection = PgConnection::establish(&url).unwrap();
    println!("{}", all(&mut connection)?);
    Ok(())
}

fn all(door: &mut PgConnection) -> QueryResult<usize> {
    let mut found = 0;
@CALLS@
    Ok(found)
}
