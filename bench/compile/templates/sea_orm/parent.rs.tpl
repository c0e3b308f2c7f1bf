use crate::t@P@ as parent;
