//! What the compiler refuses, in words that a person can act on. Each message was read before it was pinned.

#[test]
fn mistakes_are_compile_errors_in_the_users_own_words() {
    trybuild::TestCases::new().compile_fail("tests/refused/*.rs");
}
