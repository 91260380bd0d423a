//! Two versions of one section brought together: what was shown, what one person made of it, and
//! what another made of it meanwhile.

use super::section::Values;

/// Whose value of a field stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    Mine,
    Theirs,
}

impl Keep {
    /// The value of a `choose_…` field; anything else is no choice.
    pub fn from_text(text: &str) -> Option<Self> {
        match text {
            "mine" => Some(Self::Mine),
            "theirs" => Some(Self::Theirs),
            _ => None,
        }
    }
}

/// A field in which the two versions differ, and which one is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub field: &'static str,
    pub mine: String,
    pub theirs: String,
    pub keep: Keep,
}

/// The fields that differ, in their order. Proposed is mine, unless the form shows that I left
/// the field as it was.
pub fn differences(fields: &[&'static str], base: Option<&Values>, mine: &Values, theirs: &Values) -> Vec<Difference> {
    let of = |values: &Values, field: &str| values.get(field).cloned().unwrap_or_default();
    let proposed = |field: &str| match base.and_then(|base| base.get(field)) {
        Some(shown) if *shown == of(mine, field) => Keep::Theirs,
        _ => Keep::Mine,
    };
    fields
        .iter()
        .map(|&field| Difference { field, mine: of(mine, field), theirs: of(theirs, field), keep: proposed(field) })
        .filter(|difference| difference.mine != difference.theirs)
        .collect()
}

/// The version to save: what was typed, with the other's value where that was chosen, and the
/// current one where the form had no such field.
pub fn mixture(
    fields: &[&'static str],
    base: Option<&Values>,
    typed: &Values,
    current: &Values,
    choice: impl Fn(&str) -> Option<Keep>,
) -> Values {
    let pick = |field: &'static str| {
        let theirs = || base.and_then(|base| base.get(field)).or_else(|| current.get(field));
        match choice(field) {
            Some(Keep::Theirs) => theirs(),
            _ => typed.get(field).or_else(|| current.get(field)),
        }
    };
    fields.iter().map(|&field| (field, pick(field).cloned().unwrap_or_default())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELD: &[&str] = &["city"];

    fn values(city: &str) -> Values {
        Values::from([("city", city.to_owned())])
    }

    #[test]
    fn what_is_proposed_for_a_field() {
        use Keep::*;
        // shown, mine, theirs, proposed (none where nothing differs)
        let table = [
            (Some("a"), "a", "a", None),
            (Some("a"), "b", "a", Some(Mine)),
            (Some("a"), "a", "b", Some(Theirs)),
            (Some("a"), "b", "b", None),
            (Some("a"), "b", "c", Some(Mine)),
            (Some("a"), "", "c", Some(Mine)),
            (Some(""), "", "c", Some(Theirs)),
            (None, "a", "b", Some(Mine)),
            (None, "a", "a", None),
        ];
        for (shown, mine, theirs, proposed) in table {
            let base = shown.map(values);
            let found = differences(FIELD, base.as_ref(), &values(mine), &values(theirs));
            assert_eq!(found.first().map(|one| one.keep), proposed, "{shown:?} {mine} {theirs}");
            assert_eq!(found.len(), usize::from(proposed.is_some()));
        }
    }

    #[test]
    fn what_is_saved_of_a_field() {
        use Keep::*;
        // choice, shown, typed, current, saved
        let table = [
            (None, None, Some("b"), "c", "b"),
            (None, Some("a"), Some("b"), "c", "b"),
            (None, Some("a"), Some(""), "c", ""),
            (None, Some("a"), None, "c", "c"),
            (Some(Mine), Some("a"), Some("b"), "c", "b"),
            (Some(Theirs), Some("a"), Some("b"), "c", "a"),
            (Some(Theirs), None, Some("b"), "c", "c"),
        ];
        for (choice, shown, typed, current, saved) in table {
            let (base, typed) = (shown.map(values), typed.map(values).unwrap_or_default());
            let found = mixture(FIELD, base.as_ref(), &typed, &values(current), |_| choice);
            assert_eq!(found, values(saved), "{choice:?} {shown:?} {typed:?} {current}");
        }
    }

    #[test]
    fn differences_keep_the_order_of_the_form() {
        let mine = Values::from([("state", "1".into()), ("city", "1".into()), ("address1", "1".into())]);
        let found = differences(&["address1", "city", "state"], None, &mine, &Values::new());
        assert_eq!(found.iter().map(|one| one.field).collect::<Vec<_>>(), ["address1", "city", "state"]);
    }
}
