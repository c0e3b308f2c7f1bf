use std::marker::PhantomData;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::function::Along;
use super::{Binary, Column, Expr, Function, JsonKind, Node, Predicate, Segment, Tokens, Unary};
use crate::{Bind, Json, Reads, Source, Value, ValueError};

/// What a column's value can be asked to contain: an element of a JSON list or of an array, or text within
/// text.
#[diagnostic::on_unimplemented(
    message = "a column of `{Self}` does not contain elements of `{E}`",
    label = "expected a column of `Json<Vec<…>>` or `Vec<…>` with elements of `{E}`, or a column of text",
    note = "inside a JSON document, go to a list first: `.path(\"key\").contains(…)`"
)]
pub trait Element<E> {
    /// The operator that asks, and the element as a parameter.
    #[doc(hidden)]
    fn element(element: E) -> (Binary, Bind<'static>);
}

impl Element<&str> for String {
    fn element(element: &str) -> (Binary, Bind<'static>) {
        (Binary::HoldsText, Bind::Text(element.to_owned().into()))
    }
}

impl Element<Self> for String {
    fn element(element: Self) -> (Binary, Bind<'static>) {
        (Binary::HoldsText, Bind::Text(element.into()))
    }
}

impl<V: Value> Element<V> for Vec<V> {
    fn element(element: V) -> (Binary, Bind<'static>) {
        (Binary::HoldsItems, Bind::List(vec![element.bind().into_owned()]))
    }
}

impl<V: Value> Element<&V> for Vec<V> {
    fn element(element: &V) -> (Binary, Bind<'static>) {
        (Binary::HoldsItems, Bind::List(vec![element.bind().into_owned()]))
    }
}

impl Element<&str> for Vec<String> {
    fn element(element: &str) -> (Binary, Bind<'static>) {
        (Binary::HoldsItems, Bind::List(vec![Bind::Text(element.to_owned().into())]))
    }
}

impl<T: Serialize + DeserializeOwned> Element<T> for Json<Vec<T>> {
    fn element(element: T) -> (Binary, Bind<'static>) {
        json_element(&element)
    }
}

impl<T: Serialize + DeserializeOwned> Element<&T> for Json<Vec<T>> {
    fn element(element: &T) -> (Binary, Bind<'static>) {
        json_element(element)
    }
}

impl Element<&str> for Json<Vec<String>> {
    fn element(element: &str) -> (Binary, Bind<'static>) {
        (Binary::HoldsElement, Bind::Text(element.to_owned().into()))
    }
}

/// A scalar is compared as itself; a list or an object as the document that the type writes.
fn json_element<T: Serialize>(element: &T) -> (Binary, Bind<'static>) {
    use serde_json::Value as J;
    let scalar = match serde_json::to_value(element) {
        Err(error) => Bind::Failed(error.into()),
        Ok(J::String(text)) => Bind::Text(text.into()),
        Ok(J::Number(number)) => match (number.as_i64(), number.as_f64()) {
            (Some(number), _) => Bind::Int(number),
            (None, Some(number)) => Bind::Real(number),
            (None, None) => Bind::Failed(ValueError::Range {
                value: number.to_string(),
                expected: "a 64-bit number",
            }),
        },
        Ok(J::Null | J::Bool(_) | J::Array(_) | J::Object(_)) => {
            return match serde_json::to_string(element) {
                Ok(text) => (Binary::HoldsDocument, Bind::Json(text.into())),
                Err(error) => (Binary::HoldsDocument, Bind::Failed(error.into())),
            };
        }
    };
    (Binary::HoldsElement, scalar)
}

/// A step into a JSON document: the name of a key, or the number of an element.
pub trait PathStep {
    /// It as a segment of a path.
    #[doc(hidden)]
    fn segment(self) -> Segment;
}

impl PathStep for &str {
    fn segment(self) -> Segment {
        Segment::Key(self.to_owned())
    }
}

impl PathStep for u32 {
    fn segment(self) -> Segment {
        Segment::Index(self)
    }
}

/// A place inside the JSON documents of a column.
///
/// It becomes an expression by saying what stands there: [`text`](Self::text), [`integer`](Self::integer),
/// [`number`](Self::number), [`boolean`](Self::boolean).
pub struct JsonAt<S> {
    column: u16,
    path: Vec<Segment>,
    of: PhantomData<fn() -> S>,
}

impl<S: Source, T> Column<S, Json<T>> {
    /// A place inside the document: `Session::NEEDS_PROFILE.path("location").text()`.
    pub fn path(self, step: impl PathStep) -> JsonAt<S> {
        JsonAt::new(self.position, step)
    }
}

impl<S: Source, T> Column<S, Option<Json<T>>> {
    /// A place inside the document, if there is one.
    pub fn path(self, step: impl PathStep) -> JsonAt<S> {
        JsonAt::new(self.position, step)
    }
}

impl<S: Source> JsonAt<S> {
    fn new(column: u16, step: impl PathStep) -> Self {
        Self { column, path: vec![step.segment()], of: PhantomData }
    }

    /// One step further in.
    #[must_use]
    pub fn path(mut self, step: impl PathStep) -> Self {
        self.path.push(step.segment());
        self
    }

    /// The text there; null where there is none.
    pub fn text<Q: Reads<S, I>, I>(self) -> Expr<Q, Option<String>> {
        Expr::new(self.tokens(JsonKind::Text))
    }

    /// The whole number there; null where there is none.
    pub fn integer<Q: Reads<S, I>, I>(self) -> Expr<Q, Option<i64>> {
        Expr::new(self.tokens(JsonKind::Integer))
    }

    /// The number there; null where there is none.
    pub fn number<Q: Reads<S, I>, I>(self) -> Expr<Q, Option<f64>> {
        Expr::new(self.tokens(JsonKind::Number))
    }

    /// The truth value there; null where there is none.
    pub fn boolean<Q: Reads<S, I>, I>(self) -> Expr<Q, Option<bool>> {
        Expr::new(self.tokens(JsonKind::Boolean))
    }

    /// Whether there is anything, be it a null of the document.
    pub fn is_there<Q: Reads<S, I>, I>(self) -> Predicate<Q> {
        let mut tokens = self.tokens(JsonKind::Document);
        tokens.nodes.push(Node::Unary(Unary::IsNotNull));
        Predicate::new(tokens)
    }

    /// Whether the list there holds this element.
    pub fn contains<Q: Reads<S, I>, I, E: Serialize>(self, element: E) -> Predicate<Q> {
        let (operator, element) = json_element(&element);
        let mut tokens = self.tokens(JsonKind::Document);
        tokens.bind(element);
        tokens.nodes.push(Node::Binary(operator));
        Predicate::new(tokens)
    }

    fn tokens(self, kind: JsonKind) -> Tokens {
        let mut tokens = Column::<S, String>::new(self.column).tokens();
        tokens.nodes.push(Node::Path(self.path.into(), kind));
        tokens
    }
}

/// A number that is null where a list in a column of `S` is.
type Number<Q, S, I, L> = Expr<Q, Along<<Q as Reads<S, I>>::Seen<L>, i64>>;

impl<S: Source, T: Serialize + DeserializeOwned> Column<S, Json<Vec<T>>> {
    /// How many elements the list has.
    pub fn elements<Q: Reads<S, I>, I>(self) -> Number<Q, S, I, Json<Vec<T>>> {
        Expr::new(self.tokens().call(Function::JsonLength, 1))
    }
}

impl<S: Source, V: Value> Column<S, Vec<V>>
where
    Vec<V>: Value,
{
    /// How many elements the array has.
    pub fn elements<Q: Reads<S, I>, I>(self) -> Number<Q, S, I, Vec<V>> {
        Expr::new(self.tokens().call(Function::ArrayLength, 1))
    }
}
