//! The filters of the directory, and what a listing has of each.

use crate::db::search::Facet;
use crate::domain::AccountType;
use crate::domain::profile::Content;
use crate::domain::term::Kind;
use crate::text_enum;
use std::collections::BTreeSet;

text_enum! {
    /// In the order of the page.
    pub enum Filter {
        Country = "country",
        Industry = "industry",
        Service = "service",
        Product = "product",
        Size = "size",
        Language = "language",
        Type = "type",
    }
}

/// A profile that serves customers of any size.
pub const ANY: &str = "any";

impl Filter {
    /// Its number in the index; numbers never change their meaning once an index holds them.
    const fn number(self) -> u8 {
        match self {
            Self::Country => 1,
            Self::Industry => 2,
            Self::Service => 3,
            Self::Product => 4,
            Self::Size => 5,
            Self::Language => 6,
            Self::Type => 7,
        }
    }
    /// The vocabulary of its values, if operators keep it.
    pub const fn vocabulary(self) -> Option<Kind> {
        match self {
            Self::Industry => Some(Kind::Industry),
            Self::Service => Some(Kind::Service),
            Self::Product => Some(Kind::Product),
            Self::Size => Some(Kind::Size),
            Self::Language => Some(Kind::Language),
            Self::Country | Self::Type => None,
        }
    }
    pub fn facet(self, value: &str) -> Facet {
        Facet::new(self.number(), value)
    }
    /// What a listing that fits a chosen value has one of.
    pub fn group(self, value: &str) -> Vec<Facet> {
        let any = (self == Self::Size).then(|| self.facet(ANY));
        std::iter::once(self.facet(value)).chain(any).collect()
    }
    /// A value among those of a match.
    pub fn text(self, value: &str) -> String {
        self.facet(value).text()
    }
}

/// The values that a listing has.
pub fn values(content: &Content, country: &str, kind: AccountType) -> Vec<(Filter, String)> {
    let countries: BTreeSet<&str> = content.locations.iter().map(|location| location.country.as_str()).chain([country]).collect();
    let mut all: Vec<(Filter, String)> = countries.into_iter().map(|code| (Filter::Country, code.to_owned())).collect();
    let any = vec![ANY.to_owned()];
    let sizes = if content.any_size { &any } else { &content.sizes };
    for (filter, keys) in [
        (Filter::Industry, &content.industries),
        (Filter::Service, &content.services),
        (Filter::Product, &content.products),
        (Filter::Size, sizes),
        (Filter::Language, &content.languages),
    ] {
        all.extend(keys.iter().map(|key| (filter, key.clone())));
    }
    all.push((Filter::Type, kind.as_str().to_owned()));
    all
}
