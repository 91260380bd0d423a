//! The order of names: Unicode collation (UCA root, which English and French share), as bytes
//! that compare the same in Rust, SQLite and PostgreSQL.

use icu_collator::options::{AlternateHandling, CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use std::sync::LazyLock;

static COLLATOR: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| {
    let mut options = CollatorOptions::default();
    options.strength = Some(Strength::Secondary);
    options.alternate_handling = Some(AlternateHandling::NonIgnorable);
    Collator::try_new(Default::default(), options).expect("the root collation is compiled in")
});

/// The sort key of a name; at most 64 bytes, so that a long name does not make a long index.
pub fn sort_key(name: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(48);
    // Writing to a vector cannot fail.
    let _ = COLLATOR.write_sort_key_to(name, &mut key);
    key.truncate(64);
    key
}

/// Compares two texts as a reader would sort them.
pub fn compare(a: &str, b: &str) -> std::cmp::Ordering {
    COLLATOR.compare(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_case_sort_beside_their_letter() {
        let mut names = ["Zeta", "Éclair", "eclipse", "Ebene", "Ångström", "alpha"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ["alpha", "Ångström", "Ebene", "Éclair", "eclipse", "Zeta"]);
    }
}
