use std::collections::HashMap;
use std::hash::BuildHasher;

use crate::shape_hash::BuildShapeHasher;
use crate::statement::Shape;

/// The shapes that a connection has met, and what it keeps for each.
#[derive(Debug)]
pub(crate) struct Shapes<T> {
    /// By hash, where each stands in the list.
    places: HashMap<u64, usize, BuildShapeHasher>,
    list: Vec<Known<T>>,
    /// The place of the one used last: a loop runs the same statement again and again.
    last: usize,
    /// How many it remembers at most.
    most: usize,
}

#[derive(Debug)]
struct Known<T> {
    shape: Shape,
    kept: T,
}

impl<T> Shapes<T> {
    /// No shapes, with room for so many.
    pub(crate) fn of(most: usize) -> Self {
        Self { places: HashMap::default(), list: Vec::new(), last: 0, most }
    }

    /// The place of a shape, if it was met before.
    #[inline]
    pub(crate) fn find(&mut self, shape: &Shape) -> Option<usize> {
        match self.list.get(self.last) {
            Some(last) if last.shape == *shape => Some(self.last),
            Some(_) | None => self.look_up(shape),
        }
    }

    fn look_up(&mut self, shape: &Shape) -> Option<usize> {
        let hash = BuildShapeHasher::default().hash_one(shape);
        let at = self.places.get(&hash).copied()?;
        self.list.get(at).filter(|known| known.shape == *shape)?;
        self.last = at;
        Some(at)
    }

    /// Whether one more shape makes it forget those that it knows.
    pub(crate) fn is_full(&self) -> bool {
        self.list.len() >= self.most
    }

    /// Remembers a shape that was not met before. When there are too many, all others are forgotten first.
    #[cold]
    pub(crate) fn add(&mut self, shape: &Shape, kept: T) -> usize {
        if self.is_full() {
            self.clear();
        }
        let at = self.list.len();
        self.list.push(Known { shape: shape.clone(), kept });
        self.places.insert(BuildShapeHasher::default().hash_one(shape), at);
        self.last = at;
        at
    }

    /// Forgets all.
    pub(crate) fn clear(&mut self) {
        self.list.clear();
        self.places.clear();
    }

    /// What is kept for the shape at a place.
    #[inline]
    pub(crate) fn get(&self, at: usize) -> Option<&T> {
        self.list.get(at).map(|known| &known.kept)
    }

    /// What is kept for each shape.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.list.iter().map(|known| &known.kept)
    }
}
