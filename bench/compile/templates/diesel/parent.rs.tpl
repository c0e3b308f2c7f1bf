use crate::t@P@::{Item@P@, items_@P@};
