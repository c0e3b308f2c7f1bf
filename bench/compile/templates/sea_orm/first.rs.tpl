
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
