//! Migrations: sources, the migration folder, history, the runner, proof and drift.
