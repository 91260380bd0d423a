//! The words of the vocabularies, which operators keep and everybody reads.

use super::Operator;
use crate::db::schema::term;
use crate::db::{Conn, dialect, direct};
use crate::domain::term::Kind;
use crate::error::{Error, Result};
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
        let words = || term::table.order((term::kind, term::position, term::key)).select(columns);
        Ok(Self(direct!(conn, |conn| words().load(conn))?))
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

impl Operator {
    pub async fn terms(&self) -> Result<Terms> {
        self.app().ask(Terms::load).await
    }
    /// Adds a word at the end of its vocabulary; whether its key was free.
    pub async fn add_term(&self, kind: Kind, key: String, en: String, fr: String) -> Result<bool> {
        tracing::info!(operator = %self.user.id, kind = kind.as_str(), key, "a word was added");
        self.change(move |conn| {
            let last: Option<i64> = term::table.filter(term::kind.eq(kind)).select(diesel::dsl::max(term::position)).first(conn)?;
            let place = (term::kind.eq(kind), term::key.eq(&key), term::position.eq(last.unwrap_or(0) + 1), term::active.eq(true));
            let made = dialect::insert_unless_there(conn, |conn| {
                diesel::insert_into(term::table).values((place, term::en.eq(&en), term::fr.eq(&fr))).execute(conn)
            })?;
            Ok(made)
        })
        .await
    }
    /// Renames a word, moves it to a place (from 1) of its vocabulary, and says whether it is
    /// offered. Its key stays for ever: profiles and referrals hold it.
    pub async fn change_term(&self, kind: Kind, key: String, en: String, fr: String, place: usize, active: bool) -> Result<()> {
        tracing::info!(operator = %self.user.id, kind = kind.as_str(), key, active, "a word was changed");
        self.change(move |conn| {
            let row = term::table.find((kind, &key));
            if diesel::update(row).set((term::en.eq(&en), term::fr.eq(&fr), term::active.eq(active))).execute(conn)? == 0 {
                return Err(Error::NotFound);
            }
            let mut order: Vec<String> = Terms::load(conn)?.all(kind).map(|term| term.key.clone()).filter(|other| *other != key).collect();
            order.insert(place.saturating_sub(1).min(order.len()), key.clone());
            for (position, key) in (1_i64..).zip(&order) {
                diesel::update(term::table.find((kind, key))).set(term::position.eq(position)).execute(conn)?;
            }
            Ok(())
        })
        .await
    }
    async fn change<T: Send + 'static>(&self, work: impl FnMut(&mut Conn) -> Result<T> + Send + 'static) -> Result<T> {
        self.app().block(move |store| store.write_system(work)).await
    }
}
