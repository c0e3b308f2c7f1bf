use crate::{Fit, Value};

/// An enumerated type: unit variants, each with the text that the database holds for it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an enumerated type",
    note = "derive `Enum` on it"
)]
pub trait Enum: Value + 'static {
    /// The texts, in the order of the variants.
    const VALUES: &'static [&'static str];

    /// The declaration as the derive read it, as JSON.
    const DECLARATION: &'static str;

    /// The text of this variant.
    fn text(&self) -> &'static str;

    /// The variant of this text, or an error that says which texts there are.
    fn from_text(text: &str) -> Fit<Self>;
}

/// A type of one's own around a type that a column can hold.
pub trait Newtype: Value {
    /// The declaration as the derive read it, as JSON.
    const DECLARATION: &'static str;
}
