fn main() {
    let _ = peristyle::sql!("SELECT {");
}
