//! Passwords that were breached: those of the million most frequent ones that are long enough to
//! be allowed here, as prefixes of their hashes (made by `scripts/breached`).

use super::keys::sha256;

const PREFIX: usize = 5;
/// Sorted; 40 bits each, so that a good password is taken for one of them once in a hundred million.
static PREFIXES: &[u8] = include_bytes!("breached.bin");

/// Is it one of them, whatever its case?
pub fn contains(password: &str) -> bool {
    let hash = sha256(&[password.to_lowercase().as_bytes()]);
    let (prefixes, _) = PREFIXES.as_chunks::<PREFIX>();
    prefixes.binary_search_by(|prefix| prefix[..].cmp(&hash[..PREFIX])).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_frequent_ones_are_known_in_any_case_and_others_are_not() {
        for known in ["1qaz2wsx3edc4rfv", "123456789987654321", "POLNIYPIZDEC0211", "mailcreated5240"] {
            assert!(contains(known), "{known}");
        }
        assert!(!contains("seven quiet otters rowing"));
        assert!(PREFIXES.as_chunks::<PREFIX>().0.is_sorted());
        assert_eq!(PREFIXES.len() % PREFIX, 0);
    }
}
