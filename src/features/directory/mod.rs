//! The public partner directory: what anybody finds, without signing in.

pub mod filter;
pub mod frame;
pub mod index;
pub mod insights;
mod listing;
pub mod report;
pub mod score;
pub mod search;
pub mod show;
pub mod sitemap;
pub mod state;
pub mod views;

use crate::db::ids::LogoId;
use crate::i18n::Lang;
use crate::web::shell::encode;

/// A published profile's page, in a language or in the reader's.
pub fn href(slug: &str, lang: Option<Lang>) -> String {
    in_lang(format!("/directory/{slug}"), lang)
}

/// The page of one of its locations.
pub fn location_href(slug: &str, location: &str, lang: Option<Lang>) -> String {
    in_lang(format!("/directory/{slug}/{location}"), lang)
}

/// The form that asks a partner, or one of its locations.
pub fn contact_href(slug: &str, location: Option<&str>, lang: Option<Lang>) -> String {
    let location = location.map(|location| format!("&location={}", encode(location))).unwrap_or_default();
    let lang = lang.map(|lang| format!("&lang={}", lang.as_str())).unwrap_or_default();
    format!("/directory/contact?partner={}{location}{lang}", encode(slug))
}

/// A published logo.
pub fn logo_href(logo: LogoId) -> String {
    format!("/directory/logo/{logo}")
}

/// A public page in a language, or in the reader's.
pub fn in_lang(path: String, lang: Option<Lang>) -> String {
    match lang {
        Some(lang) => format!("{path}?lang={}", lang.as_str()),
        None => path,
    }
}
