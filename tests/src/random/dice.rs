use peristyle_sql::DialectName;

/// A source of numbers that all follow from its seed (SplitMix64).
#[derive(Debug, Clone)]
pub struct Dice {
    state: u64,
    dialect: DialectName,
}

impl Dice {
    /// Dice of a seed.
    pub fn of(seed: u64) -> Self {
        Self { state: seed, dialect: DialectName::Sqlite }
    }

    /// The same dice, for schemas of another dialect.
    #[must_use]
    pub fn speaking(self, dialect: DialectName) -> Self {
        Self { dialect, ..self }
    }

    /// The dialect that the schemas are for.
    pub fn dialect(&self) -> DialectName {
        self.dialect
    }

    /// An identifier as it stands in that dialect's SQL.
    pub fn quote(&self, identifier: &str) -> String {
        peristyle_sql::dialect(self.dialect).quote(identifier)
    }

    /// Dice of a text: the same text, the same numbers (FNV-1a).
    pub fn of_text(text: &str) -> Self {
        let fold = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self::of(text.bytes().fold(0xcbf2_9ce4_8422_2325, fold))
    }

    /// Any number.
    pub fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below the bound.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.number() % bound.max(1)
    }

    /// A place in a list of this length.
    pub fn place(&mut self, length: usize) -> usize {
        self.below(length as u64) as usize
    }

    /// True once in so many times.
    pub fn one_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    /// One of the things.
    pub fn pick<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        &things[self.place(things.len())]
    }

    /// The things in another order.
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for at in (1..things.len()).rev() {
            things.swap(at, self.place(at + 1));
        }
    }
}
