use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use quote::quote;
use syn::LitStr;

/// Expands `migrations!("folder")`: the folder's files become part of the program.
pub(crate) fn expand(folder: &LitStr) -> syn::Result<TokenStream> {
    let root = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let path = root.join(folder.value());
    let names = names(&path).map_err(|error| {
        let message = format!("the migration folder {} cannot be read: {error}", path.display());
        let help = "= help: name it relative to the folder of Cargo.toml";
        syn::Error::new(folder.span(), format!("{message}\n{help}"))
    })?;
    let files = names.iter().map(|name| {
        let path = path.join(name).display().to_string();
        quote!((#name, ::core::include_str!(#path)))
    });
    let named = folder.value();
    Ok(quote!(::peristyle::Migrations::new(#named, &[#(#files),*])))
}

/// The `.sql` files of a folder and the files beside them, sorted.
fn names(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name();
        if let Some(name) = name.to_str().filter(|name| name.ends_with(".sql")) {
            names.push(name.to_owned());
        }
    }
    // What each migration changes stands beside it; nothing is there where a history can be replayed without a server.
    if let Ok(entries) = std::fs::read_dir(folder.join("schema")) {
        for entry in entries {
            let name = entry?.file_name();
            if let Some(name) = name.to_str().filter(|name| name.ends_with(".json")) {
                names.push(format!("schema/{name}"));
            }
        }
    }
    names.sort();
    Ok(names)
}
