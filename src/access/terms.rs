//! The words of the vocabularies, which operators keep and everybody reads.

use crate::db::Conn;
use crate::db::schema::term;
use crate::domain::term::Kind;
use crate::error::Result;
use crate::i18n::Lang;
use diesel::prelude::*;

/// A word of a vocabulary. One that is not active is not offered any more, and still named where it
/// was chosen.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Term {
    pub kind: Kind,
    pub key: String,
    pub position: i64,
    pub en: String,
    pub fr: String,
    pub active: bool,
}

impl Term {
    pub fn label(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Fr => &self.fr,
        }
    }
}

/// Every word, in the order that operators gave them.
#[derive(Debug, Clone, Default)]
pub struct Terms(Vec<Term>);

impl Terms {
    /// All vocabularies in one statement: they are about a hundred words.
    pub fn load(conn: &mut Conn) -> Result<Self> {
        let columns = (term::kind, term::key, term::position, term::en, term::fr, term::active);
        Ok(Self(term::table.order((term::kind, term::position, term::key)).select(columns).load(conn)?))
    }
    /// The words of one kind, those that are not offered any more with them.
    pub fn all(&self, kind: Kind) -> impl Iterator<Item = &Term> {
        self.0.iter().filter(move |term| term.kind == kind)
    }
    /// What may be chosen: key and label.
    pub fn choices(&self, kind: Kind, lang: Lang) -> Vec<(String, String)> {
        self.all(kind).filter(|term| term.active).map(|term| (term.key.clone(), term.label(lang).to_owned())).collect()
    }
    /// A chosen word; its key where nobody knows it.
    pub fn name<'a>(&'a self, kind: Kind, key: &'a str, lang: Lang) -> &'a str {
        self.find(kind, key).map_or(key, |term| term.label(lang))
    }
    /// Several chosen words, in the order of their vocabulary.
    pub fn names(&self, kind: Kind, keys: &[String], lang: Lang) -> Vec<String> {
        self.all(kind).filter(|term| keys.contains(&term.key)).map(|term| term.label(lang).to_owned()).collect()
    }
    pub fn find(&self, kind: Kind, key: &str) -> Option<&Term> {
        self.all(kind).find(|term| term.key == key)
    }
    /// May it be chosen?
    pub fn offers(&self, kind: Kind, key: &str) -> bool {
        self.find(kind, key).is_some_and(|term| term.active)
    }
}
