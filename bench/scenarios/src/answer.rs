//! Answers, and when two are equal.

/// FNV-1a over what an answer holds.
#[derive(Debug, Clone)]
pub struct Digest {
    state: u64,
    ordered: bool,
}

const BASIS: u64 = 0xcbf2_9ce4_8422_2325;

impl Digest {
    /// Of nothing yet. Where no order was asked for, lists that differ in their order alone are equal.
    pub fn new(ordered: bool) -> Self {
        Self { state: BASIS, ordered }
    }

    /// Adds bytes.
    pub fn bytes(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.state = (self.state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// The digest of what was added.
    pub fn finish(&self) -> u64 {
        self.state
    }

    fn list<'a, T: Answer + 'a>(&mut self, items: impl Iterator<Item = &'a T>) {
        let (mut sum, mut length) = (0_u64, 0_u64);
        for item in items {
            let mut one = Self::new(self.ordered);
            if self.ordered {
                one.bytes(&length.to_le_bytes());
            }
            item.add(&mut one);
            sum = sum.wrapping_add(one.state);
            length += 1;
        }
        self.bytes(&length.to_le_bytes());
        self.bytes(&sum.to_le_bytes());
    }
}

/// What a contender decoded: structs of its own that own their text, in lists, pairs and options.
pub trait Answer {
    /// Adds what it holds.
    fn add(&self, digest: &mut Digest);
}

impl Answer for () {
    fn add(&self, _: &mut Digest) {}
}

impl Answer for i64 {
    fn add(&self, digest: &mut Digest) {
        digest.bytes(&self.to_le_bytes());
    }
}

impl Answer for i32 {
    fn add(&self, digest: &mut Digest) {
        i64::from(*self).add(digest);
    }
}

impl Answer for String {
    fn add(&self, digest: &mut Digest) {
        digest.bytes(self.as_bytes());
        digest.bytes(&[0xff]);
    }
}

impl<T: Answer> Answer for Option<T> {
    fn add(&self, digest: &mut Digest) {
        match self {
            Some(value) => value.add(digest),
            None => digest.bytes(&[0xfe]),
        }
    }
}

impl<T: Answer> Answer for Vec<T> {
    fn add(&self, digest: &mut Digest) {
        digest.list(self.iter());
    }
}

impl<A: Answer, B: Answer> Answer for (A, B) {
    fn add(&self, digest: &mut Digest) {
        self.0.add(digest);
        self.1.add(digest);
    }
}

impl<A: Answer, B: Answer, C: Answer, D: Answer, E: Answer> Answer for (A, B, C, D, E) {
    fn add(&self, digest: &mut Digest) {
        self.0.add(digest);
        self.1.add(digest);
        self.2.add(digest);
        self.3.add(digest);
        self.4.add(digest);
    }
}

/// Says which fields of a struct an answer is compared by.
#[macro_export]
macro_rules! answer {
    ($($type:ty { $($field:ident),+ $(,)? })+) => {$(
        impl $crate::Answer for $type {
            fn add(&self, digest: &mut $crate::Digest) {
                $($crate::Answer::add(&self.$field, digest);)+
            }
        }
    )+};
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(ordered: bool, answer: &impl Answer) -> u64 {
        let mut digest = Digest::new(ordered);
        answer.add(&mut digest);
        digest.finish()
    }

    #[test]
    fn order_counts_where_it_was_asked_for() {
        let (one, other) = (vec![1_i64, 2], vec![2_i64, 1]);
        assert_eq!(digest(false, &one), digest(false, &other));
        assert_ne!(digest(true, &one), digest(true, &other));
    }

    #[test]
    fn what_belongs_elsewhere_is_another_answer() {
        let tree =
            |first: &[i64], second: &[i64]| vec![(1_i64, first.to_vec()), (2, second.to_vec())];
        assert_ne!(digest(false, &tree(&[3], &[4])), digest(false, &tree(&[4], &[3])));
        assert_ne!(digest(false, &Some("a".to_owned())), digest(false, &None::<String>));
    }
}
