//! Texts and formats of both languages. Every text a person reads is in `locales/`, by feature;
//! `tests/it/words.rs` fails on a missing, unused or hard-coded one.

use crate::clock::Moment;
use crate::domain::money;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use icu_decimal::DecimalFormatter;
use icu_list::ListFormatter;
use icu_list::options::ListFormatterOptions;
use jiff::tz::TimeZone;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// A language of the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang {
    En,
    Fr,
}

/// An argument of a message: numbers choose the plural form, texts are inserted as they are.
pub type Arg<'a> = (&'static str, FluentValue<'a>);

struct Catalogue {
    /// Messages without arguments, formatted once.
    plain: FxHashMap<String, String>,
    bundle: FluentBundle<FluentResource>,
    numbers: DecimalFormatter,
    or: ListFormatter,
    and: ListFormatter,
    months: Vec<String>,
}

macro_rules! files {
    ($lang:literal) => {
        [
            include_str!(concat!("../../locales/", $lang, "/common.ftl")),
            include_str!(concat!("../../locales/", $lang, "/errors.ftl")),
            include_str!(concat!("../../locales/", $lang, "/rules.ftl")),
            include_str!(concat!("../../locales/", $lang, "/sign_in.ftl")),
            include_str!(concat!("../../locales/", $lang, "/me.ftl")),
            include_str!(concat!("../../locales/", $lang, "/roles.ftl")),
            include_str!(concat!("../../locales/", $lang, "/customers.ftl")),
            include_str!(concat!("../../locales/", $lang, "/customer_new.ftl")),
            include_str!(concat!("../../locales/", $lang, "/customer.ftl")),
            include_str!(concat!("../../locales/", $lang, "/partnerships.ftl")),
            include_str!(concat!("../../locales/", $lang, "/audit.ftl")),
            include_str!(concat!("../../locales/", $lang, "/invitations.ftl")),
            include_str!(concat!("../../locales/", $lang, "/mail.ftl")),
            include_str!(concat!("../../locales/", $lang, "/operator.ftl")),
            include_str!(concat!("../../locales/", $lang, "/connect.ftl")),
            include_str!(concat!("../../locales/", $lang, "/access_page.ftl")),
            include_str!(concat!("../../locales/", $lang, "/rights.ftl")),
            include_str!(concat!("../../locales/", $lang, "/relationship.ftl")),
            include_str!(concat!("../../locales/", $lang, "/ending.ftl")),
            include_str!(concat!("../../locales/", $lang, "/handover.ftl")),
            include_str!(concat!("../../locales/", $lang, "/sharing.ftl")),
            include_str!(concat!("../../locales/", $lang, "/conversion.ftl")),
            include_str!(concat!("../../locales/", $lang, "/referral_import.ftl")),
            include_str!(concat!("../../locales/", $lang, "/delegated_admin.ftl")),
            include_str!(concat!("../../locales/", $lang, "/directory.ftl")),
            include_str!(concat!("../../locales/", $lang, "/profile.ftl")),
            include_str!(concat!("../../locales/", $lang, "/inquiry.ftl")),
            include_str!(concat!("../../locales/", $lang, "/referrals.ftl")),
            include_str!(concat!("../../locales/", $lang, "/routing.ftl")),
        ]
    };
}

static CATALOGUES: LazyLock<[Catalogue; 2]> =
    LazyLock::new(|| [Catalogue::build("en", &files!("en")), Catalogue::build("fr", &files!("fr"))]);

impl Catalogue {
    fn build(tag: &str, files: &[&str]) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![tag.parse().expect("a language tag")]);
        bundle.set_use_isolating(false);
        let mut ids = Vec::new();
        for text in files {
            ids.extend(
                text.lines()
                    .filter_map(|line| line.split_once(" ="))
                    .map(|(id, _)| id)
                    .filter(|id| !id.starts_with([' ', '#', '.', '-', '}', '[']))
                    .map(str::to_owned),
            );
            let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(_, errors)| panic!("catalogue {tag}: {errors:?}"));
            bundle.add_resource(resource).unwrap_or_else(|errors| panic!("catalogue {tag}: {errors:?}"));
        }
        let mut plain = FxHashMap::default();
        for id in ids {
            let Some(pattern) = bundle.get_message(&id).and_then(|message| message.value()) else {
                continue;
            };
            let mut errors = Vec::new();
            let text = bundle.format_pattern(pattern, None, &mut errors).into_owned();
            if errors.is_empty() {
                plain.insert(id, text);
            }
        }
        let locale: icu_locale_core::Locale = tag.parse().expect("a locale");
        let list = || ListFormatterOptions::default();
        let months =
            plain.get("months-short").map(|names| names.split(',').map(|name| name.trim().to_owned()).collect()).unwrap_or_default();
        Self {
            plain,
            bundle,
            numbers: DecimalFormatter::try_new((&locale).into(), Default::default()).expect("compiled data"),
            or: ListFormatter::try_new_or((&locale).into(), list()).expect("compiled data"),
            and: ListFormatter::try_new_and((&locale).into(), list()).expect("compiled data"),
            months,
        }
    }
}

impl Lang {
    pub const ALL: [Self; 2] = [Self::En, Self::Fr];

    /// Reads the catalogues now rather than with the first page.
    pub fn warm_up() {
        LazyLock::force(&CATALOGUES);
    }
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.as_str() == text)
    }
    /// The best of `Accept-Language` (RFC 9110, 12.5.4); English where nothing fits.
    pub fn negotiate(header: &str) -> Self {
        let mut best = (0.0, Self::En);
        for part in header.split(',') {
            let (tag, quality) = part.split_once(";q=").map_or((part, 1.0), |(tag, q)| (tag, q.trim().parse().unwrap_or(0.0)));
            let lang = Self::from_text(tag.trim().split('-').next().unwrap_or_default());
            if let Some(lang) = lang.filter(|_| quality > best.0) {
                best = (quality, lang);
            }
        }
        best.1
    }
    /// Its place in [`Self::ALL`].
    pub const fn index(self) -> usize {
        match self {
            Self::En => 0,
            Self::Fr => 1,
        }
    }

    /// A message without arguments; the key itself where it is missing, which tests refuse.
    pub fn t(self, key: &str) -> &'static str {
        match CATALOGUES[self.index()].plain.get(key) {
            Some(text) => text,
            None => missing(key),
        }
    }
    /// A word of a family of messages: `word("role", "global_admin")` is `role-global-admin`.
    pub fn word(self, family: &str, value: &str) -> &'static str {
        let mut key = String::with_capacity(family.len() + value.len() + 1);
        key.push_str(family);
        key.push('-');
        key.extend(value.chars().map(|c| if c == '_' { '-' } else { c }));
        self.t(&key)
    }
    /// Is there such a message?
    pub fn has(self, key: &str) -> bool {
        CATALOGUES[self.index()].bundle.has_message(key)
    }
    /// A message with arguments.
    pub fn ta(self, key: &str, args: &[Arg<'_>]) -> String {
        let bundle = &CATALOGUES[self.index()].bundle;
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return missing(key).to_owned();
        };
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            values.set(*name, value.clone());
        }
        bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned()
    }
    /// 1,284 or 1 284.
    pub fn number(self, value: i64) -> String {
        CATALOGUES[self.index()].numbers.format(&value.into()).to_string()
    }
    /// An amount with its currency: 12,500.50 EUR or 12 500,50 EUR; decimals only where there are any.
    pub fn money(self, minor: i64, currency: &str) -> String {
        let unit = 10_i64.pow(money::decimals(currency));
        let whole = self.number(minor / unit);
        let sign = if self == Self::Fr { ',' } else { '.' };
        match minor % unit {
            0 => format!("{whole}\u{a0}{currency}"),
            part => format!("{whole}{sign}{part:0width$}\u{a0}{currency}", width = money::decimals(currency) as usize),
        }
    }
    /// "A, B or C".
    pub fn any_of(self, items: &[String]) -> String {
        CATALOGUES[self.index()].or.format(items.iter()).to_string()
    }
    /// "A, B and C".
    pub fn all_of(self, items: &[String]) -> String {
        CATALOGUES[self.index()].and.format(items.iter()).to_string()
    }
    /// A day: 5 Nov 2026.
    pub fn date(self, moment: Moment, zone: &TimeZone) -> String {
        self.day(local(moment, zone).date())
    }
    /// A calendar day: 5 Nov 2026.
    pub fn day(self, date: jiff::civil::Date) -> String {
        let months = &CATALOGUES[self.index()].months;
        let month = months.get(date.month() as usize - 1).map_or("?", String::as_str);
        format!("{}\u{a0}{month}\u{a0}{}", date.day(), date.year())
    }
    /// A moment with its zone: 5 Nov 2026, 14:05 CET.
    pub fn moment(self, moment: Moment, zone: &TimeZone) -> String {
        let zoned = local(moment, zone);
        format!("{}, {}", self.day(zoned.date()), zoned.strftime("%H:%M\u{a0}%Z"))
    }
}

fn local(moment: Moment, zone: &TimeZone) -> jiff::Zoned {
    jiff::Timestamp::from_microsecond(moment.micros()).unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_zoned(zone.clone())
}

fn missing(key: &str) -> &'static str {
    debug_assert!(false, "no message {key}");
    tracing::error!(key, "missing message");
    "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_asked_for_first_wins() {
        assert_eq!(Lang::negotiate("fr-CH, fr;q=0.9, en;q=0.8"), Lang::Fr);
        assert_eq!(Lang::negotiate("de, en;q=0.7, fr;q=0.3"), Lang::En);
        assert_eq!(Lang::negotiate(""), Lang::En);
    }

    #[test]
    fn numbers_dates_and_lists_follow_the_language() {
        let zone = TimeZone::get("Europe/Paris").expect("bundled zones");
        let moment = Moment::from_micros(1_793_883_900_000_000);
        assert_eq!(Lang::En.number(1_234_567), "1,234,567");
        assert_eq!(Lang::Fr.number(1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(Lang::En.moment(moment, &zone), "5\u{a0}Nov\u{a0}2026, 14:05\u{a0}CET");
        assert_eq!(Lang::Fr.date(moment, &zone), "5\u{a0}nov.\u{a0}2026");
        let roles = ["a".to_owned(), "b".to_owned(), "c".to_owned()];
        assert_eq!(Lang::En.any_of(&roles), "a, b, or c");
        assert_eq!(Lang::Fr.all_of(&roles), "a, b et c");
    }
}
