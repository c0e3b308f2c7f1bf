//! Specialties, read in English or in Greek.

use peristyle::{Connection, Table};

use crate::Result;
use crate::schema::{Doctor, Specialty};

/// The language of a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    English,
    Greek,
}

impl Specialty {
    /// Its name in a language.
    pub fn name(&self, language: Language) -> &str {
        match language {
            Language::English => &self.name_en,
            Language::Greek => &self.name_el,
        }
    }
}

impl Doctor {
    /// What the doctor says of themselves in a language; in the other one where there is nothing in this one.
    pub fn bio(&self, language: Language) -> Option<&str> {
        let (first, second) = match language {
            Language::English => (&self.bio, &self.bio_el),
            Language::Greek => (&self.bio_el, &self.bio),
        };
        first.as_deref().or(second.as_deref())
    }
}

/// The specialty of a page.
pub fn with_slug(connection: &Connection, slug: &str) -> Result<Option<Specialty>> {
    Ok(Specialty::all().filter(Specialty::SLUG.eq(slug)).optional(connection)?)
}

/// The doctors of a specialty in a city, the best first.
pub fn doctors(connection: &Connection, specialty: &Specialty, city: &str) -> Result<Vec<Doctor>> {
    Ok(Doctor::all()
        .filter(Doctor::SPECIALTY_ID.eq(specialty.id))
        .filter(Doctor::CITY.eq(city))
        .filter(Doctor::VERIFIED_AT.is_not_null())
        .order(Doctor::RATING.desc())
        .order(Doctor::LAST_NAME.asc())
        .all(connection)?)
}
