//! What is found out on one way of a plan.

use peristyle_schema::Diagnostic;

use super::OneWay;
use crate::{Decision, Refusal, Step};

/// What was found out on one way. `K` is what a dialect knows of what it sets aside.
#[derive(Default)]
pub(crate) struct Findings<K> {
    /// The steps so far.
    pub(crate) steps: Vec<Step>,
    /// What the way home will not bring back, each in one sentence.
    pub(crate) losses: Vec<String>,
    /// What was set aside.
    pub(crate) keeper: K,
    /// What must be decided or mended first.
    pub(crate) refusal: Refusal,
}

impl<K> Findings<K> {
    /// Something is wrong.
    pub(crate) fn refuse(&mut self, diagnostic: Diagnostic) {
        if !self.refusal.diagnostics.contains(&diagnostic) {
            self.refusal.diagnostics.push(diagnostic);
        }
    }

    /// Somebody must decide something.
    pub(crate) fn ask(&mut self, decision: Decision) {
        if !self.refusal.decisions.contains(&decision) {
            self.refusal.decisions.push(decision);
        }
    }
}

impl<K> From<Findings<K>> for OneWay {
    fn from(findings: Findings<K>) -> Self {
        Self { steps: findings.steps, losses: findings.losses }
    }
}
