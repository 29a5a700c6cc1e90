//! Maps and sets that are a sorted vector: the same order as those of the standard library, with a tenth of their
//! code for each type that is kept in them, which the page has to fetch (docs/performance.md).
//!
//! ```text
//!  insert ─▶ binary search ─▶ [(key, value), (key, value), …] ─▶ iter, in the order of keys
//! ```
//!
//! What comes in order is put at the end at once; what does not moves all that follow. They know nothing of what
//! they hold.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::ops::Index;

/// A map in the order of its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map<K, V>(Vec<(K, V)>);

/// A set in the order of what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set<K>(Map<K, ()>);

impl<K, V> Map<K, V> {
    /// A map of nothing.
    pub const fn new() -> Self {
        Map(Vec::new())
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every key with its value.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        self.0.iter().map(|(key, value)| (key, value))
    }

    /// Every key with its value, which may be changed.
    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = (&K, &mut V)> {
        self.0.iter_mut().map(|(key, value)| (&*key, value))
    }

    /// Every key.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.0.iter().map(|(key, _)| key)
    }

    /// Every value, by its key's place.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.0.iter().map(|(_, value)| value)
    }

    /// Every value, which may be changed.
    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut V> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// Keeps what is wanted.
    pub fn retain(&mut self, mut wanted: impl FnMut(&K, &V) -> bool) {
        self.0.retain(|(key, value)| wanted(key, value));
    }

    /// Takes the least key out, if it is wanted.
    pub fn remove_first_if(&mut self, wanted: impl FnOnce(&K, &V) -> bool) -> Option<V> {
        let (key, value) = self.0.first()?;
        wanted(key, value).then(|| self.0.remove(0).1)
    }
}

impl<K: Ord, V> Map<K, V> {
    /// Where a key is, or where it would be.
    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        search(self.0.len(), &|place| self.0[place].0.borrow().cmp(key))
    }

    /// The value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        Some(&self.0[self.place(key).ok()?].1)
    }

    /// The value of a key, which may be changed.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let place = self.place(key).ok()?;
        Some(&mut self.0[place].1)
    }

    /// Whether a key is there.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.place(key).is_ok()
    }

    /// Gives a key this value.
    pub fn insert(&mut self, key: K, value: V) {
        match self.place(&key) {
            Ok(place) => self.0[place].1 = value,
            Err(place) => self.0.insert(place, (key, value)),
        }
    }

    /// The value of a key; one is made if it had none.
    pub fn get_or_insert_with(&mut self, key: K, make: impl FnOnce() -> V) -> &mut V {
        let place = self.place(&key).unwrap_or_else(|place| {
            self.0.insert(place, (key, make()));
            place
        });
        &mut self.0[place].1
    }

    /// The value of a key, the type's default one if it had none.
    pub fn get_or_default(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        self.get_or_insert_with(key, V::default)
    }

    /// Takes a key out.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        Some(self.0.remove(self.place(key).ok()?).1)
    }

    /// The greatest key that is not greater than this one, and the least that is greater.
    pub fn around(&self, key: &K) -> [Option<(&K, &V)>; 2] {
        let after = self.place(key).map_or_else(|place| place, |place| place + 1);
        let at = |place: Option<usize>| self.0.get(place?).map(|(key, value)| (key, value));
        [at(after.checked_sub(1)), at(Some(after))]
    }
}

/// Where something is among so many that stand in order, or where it would be. `held` compares what is at a place with
/// it. One search for all types of keys: each of its own would be code to fetch.
fn search(count: usize, held: &dyn Fn(usize) -> Ordering) -> Result<usize, usize> {
    let (mut from, mut to) = (0, count);
    // Most keys are numbers that count: the next one comes after all others, and the last one is asked for.
    let mut at = count.wrapping_sub(1);
    while from < to {
        match held(at) {
            Ordering::Less => from = at + 1,
            Ordering::Equal => return Ok(at),
            Ordering::Greater => to = at,
        }
        at = from.midpoint(to);
    }
    Err(from)
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Map::new()
    }
}

impl<K: Ord, V> Extend<(K, V)> for Map<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, all: I) {
        all.into_iter().for_each(|(key, value)| self.insert(key, value));
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(all: I) -> Self {
        let mut map = Map::new();
        map.extend(all);
        map
    }
}

impl<K: Ord + Borrow<Q>, V, Q: Ord + ?Sized> Index<&Q> for Map<K, V> {
    type Output = V;

    fn index(&self, key: &Q) -> &V {
        self.get(key).expect("the key is there")
    }
}

impl<K: Ord> Set<K> {
    /// A set of nothing.
    pub const fn new() -> Self {
        Set(Map::new())
    }

    /// How much is in it.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All that is in it.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.0.keys()
    }

    /// Puts something in.
    pub fn insert(&mut self, key: K) {
        self.0.insert(key, ());
    }

    /// Whether something is in it.
    pub fn contains<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.0.contains_key(key)
    }

    /// Takes something out.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q)
    where
        K: Borrow<Q>,
    {
        self.0.remove(key);
    }
}

impl<K> Default for Set<K> {
    fn default() -> Self {
        Set(Map::new())
    }
}

impl<K: Ord> Extend<K> for Set<K> {
    fn extend<I: IntoIterator<Item = K>>(&mut self, all: I) {
        all.into_iter().for_each(|key| self.insert(key));
    }
}

impl<K: Ord> FromIterator<K> for Set<K> {
    fn from_iter<I: IntoIterator<Item = K>>(all: I) -> Self {
        let mut set = Set::new();
        set.extend(all);
        set
    }
}

#[cfg(test)]
mod tests {
    use super::{Map, Set};
    use std::collections::{BTreeMap, BTreeSet};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn they_do_what_those_of_the_standard_library_do() {
        let mut random = oorandom::Rand32::new(110);
        let (mut map, mut set) = (Map::new(), Set::new());
        let (mut model, mut model_set) = (BTreeMap::new(), BTreeSet::new());
        for step in 0..4_000 {
            let key = random.rand_range(0..40) as u8;
            match random.rand_range(0..8) {
                0 | 1 => _ = (map.insert(key, step), model.insert(key, step)),
                2 => {
                    *map.get_or_default(key) += 1;
                    *model.entry(key).or_default() += 1;
                }
                3 => assert_eq!(map.remove(&key), model.remove(&key)),
                4 => {
                    map.retain(|held, value| (u32::from(*held) + value) % 7 > 0);
                    model.retain(|held, value| (u32::from(*held) + *value) % 7 > 0);
                }
                5 => {
                    let least = model.first_key_value().map(|(held, _)| *held).filter(|held| *held < key);
                    assert_eq!(
                        map.remove_first_if(|held, _| *held < key),
                        least.and_then(|held| model.remove(&held))
                    );
                }
                6 => _ = (set.insert(key), model_set.insert(key)),
                _ => _ = (set.remove(&key), model_set.remove(&key)),
            }
            assert!(map.iter().eq(model.iter()), "step {step}");
            assert!(set.iter().eq(model_set.iter()), "step {step}");
            assert_eq!(map.get(&key), model.get(&key));
            assert_eq!(set.contains(&key), model_set.contains(&key));
            let around = [model.range(..=key).next_back(), model.range(key + 1..).next()];
            assert_eq!(map.around(&key), around);
        }
    }

    #[test]
    fn what_is_collected_is_in_order_and_once() {
        let map: Map<_, _> = [(3, 'c'), (1, 'a'), (3, 'd'), (2, 'b')].into_iter().collect();
        assert!(map.iter().eq([(&1, &'a'), (&2, &'b'), (&3, &'d')]));
        let set: Set<_> = ["b", "a", "b"].into_iter().collect();
        assert!(set.iter().eq(&["a", "b"]));
    }
}
