    #[belongs_to(key = parent_id, references = id)]
    pub parent: toasty::Deferred<Option<Item@P@>>,
