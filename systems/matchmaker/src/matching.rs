//! Matching: who could help this visitor.
//!
//! Everything here reads [`VisiblePractitioner`], a view of those who are active and verified; the table itself is not
//! read, so nobody can be shown by a forgotten filter.

use peristyle::{Connection, View};

use crate::Result;
use crate::schema::{Match, NeedsProfile, VisiblePractitioner};

/// The visible practitioners who list a specialty, by name.
pub fn with_specialty(
    connection: &Connection,
    specialty: &str,
) -> Result<Vec<VisiblePractitioner>> {
    Ok(VisiblePractitioner::all()
        .filter(VisiblePractitioner::SPECIALTIES.contains(specialty))
        .order(VisiblePractitioner::NAME.asc())
        .all(connection)?)
}

/// The practitioners who fit a profile, best first, each with the reasons. Who shares no concern is no match.
pub fn find(connection: &Connection, profile: &NeedsProfile) -> Result<Vec<Match>> {
    let mut candidates = VisiblePractitioner::all();
    if let Some(budget) = profile.budget {
        candidates = candidates.filter(VisiblePractitioner::FEE.le(budget));
    }
    if profile.wants_telehealth {
        candidates = candidates.filter(VisiblePractitioner::TELEHEALTH.eq(true));
    }
    let mut matches: Vec<Match> = candidates
        .order(VisiblePractitioner::NAME.asc())
        .all(connection)?
        .iter()
        .filter_map(|practitioner| judge(practitioner, profile))
        .collect();
    matches.sort_by(|a, b| b.score.total_cmp(&a.score));
    Ok(matches)
}

fn judge(practitioner: &VisiblePractitioner, profile: &NeedsProfile) -> Option<Match> {
    let mut score = 0.0;
    let mut reasons = Vec::new();
    for concern in &profile.concerns {
        if practitioner.specialties.contains(concern) {
            score += 2.0;
            reasons.push(format!("works with {concern}"));
        }
    }
    if score == 0.0 {
        return None;
    }
    for modality in &profile.preferred_modalities {
        if practitioner.modalities.contains(modality) {
            score += 1.0;
            reasons.push(format!("offers {modality}"));
        }
    }
    if profile.location.as_ref() == Some(&practitioner.location) {
        score += 0.5;
        reasons.push(format!("is in {}", practitioner.location));
    }
    Some(Match { practitioner_id: practitioner.id.clone(), score, reasons })
}
