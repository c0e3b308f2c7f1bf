//! Tables can be described without the derive: what it expands to is plain Rust.

mod common;
use common::*;
use peristyle_query::*;

#[test]
fn main_path() -> Result<()> {
    let db = database();
    let ada = User::insert(user("Ada", 36, &["math", "poetry"])).one(&db)?;
    assert_eq!(User::get(ada.id).one(&db)?, ada);
    User::insert_many((0..100).map(|n| user(&format!("U{n}"), n, &[]))).run(&db)?;
    assert_eq!(User::all().filter(User::AGE.between(10, 19)).count(&db)?, 10);
    let found = User::all().filter(User::TAGS.contains("math")).all(&db)?;
    assert_eq!(found, std::slice::from_ref(&ada));
    let older = User::update(ada.id).set(User::AGE, User::AGE + 1).one(&db)?;
    assert_eq!(older.age, 37);
    let in_list = User::all()
        .filter(User::EMAIL.is_in(["ada@example.org", "u1@example.org"]))
        .order(User::AGE.asc());
    assert_eq!(in_list.all(&db)?.len(), 2);
    Ok(())
}
