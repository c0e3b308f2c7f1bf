//! The derives of Peristyle: expand what peristyle-declare parsed.
