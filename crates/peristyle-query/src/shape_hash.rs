use std::hash::{BuildHasherDefault, Hasher};

/// Hashes shapes: short, trusted input, hashed at every statement.
///
/// A shape found by its hash is compared before it is used, so that a collision costs a rendering and never the wrong SQL.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct ShapeHasher(u64);

pub(crate) type BuildShapeHasher = BuildHasherDefault<ShapeHasher>;

impl ShapeHasher {
    #[inline]
    fn fold(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl Hasher for ShapeHasher {
    fn finish(&self) -> u64 {
        // A product's low bits depend on low bits only, and a table looks at those first.
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.fold(u64::from_le_bytes(word));
        }
    }

    #[inline]
    fn write_u8(&mut self, value: u8) {
        self.fold(u64::from(value));
    }

    #[inline]
    fn write_u16(&mut self, value: u16) {
        self.fold(u64::from(value));
    }

    #[inline]
    fn write_u32(&mut self, value: u32) {
        self.fold(u64::from(value));
    }

    #[inline]
    fn write_u64(&mut self, value: u64) {
        self.fold(value);
    }

    #[inline]
    fn write_usize(&mut self, value: usize) {
        self.fold(value as u64);
    }

    #[inline]
    fn write_isize(&mut self, value: isize) {
        self.fold(value.cast_unsigned() as u64);
    }
}
