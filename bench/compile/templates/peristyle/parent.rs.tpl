use crate::t@P@::Item@P@;
