use crate::ValueError;

/// An enumerated type: unit variants, each with the text that the database holds for it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an enumerated type",
    note = "derive `Enum`"
)]
pub trait Enum: Sized + Copy + 'static {
    /// The texts, in the order of the variants.
    const VALUES: &'static [&'static str];

    /// The text of this variant.
    fn text(self) -> &'static str;

    /// The variant of this text.
    fn from_text(text: &str) -> Option<Self>;

    /// The variant of this text, or an error that says which texts there are.
    fn parse(text: &str) -> Result<Self, ValueError> {
        Self::from_text(text)
            .ok_or_else(|| ValueError::Variant { found: text.to_owned(), expected: Self::VALUES })
    }
}
