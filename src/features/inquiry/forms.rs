//! The contact form as it comes over the wire, and what it says once it holds.

use super::queries::Target;
use crate::access::terms::Terms;
use crate::db::ids::InquiryId;
use crate::domain::company_name::CompanyName;
use crate::domain::country::Country;
use crate::domain::email::Email;
use crate::domain::person_name::PersonName;
use crate::domain::phone::Phone;
use crate::domain::place::{self, Point};
use crate::domain::referral::TimeFrame;
use crate::domain::rule::{line, prose};
use crate::domain::term::Kind;
use crate::i18n::Lang;
use crate::web::form::Errors;
use serde::Deserialize;

/// The need's length, in characters.
pub const NEED_MIN: usize = 10;
pub const NEED_MAX: usize = 2_000;
pub const CITY_MAX: usize = 100;

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ContactForm {
    /// Addresses of listed profiles, three at most.
    pub partner: Vec<String>,
    pub location: String,
    /// That of the link that led here, where it names one.
    pub lang: String,
    pub several: String,
    pub need: String,
    pub services: Vec<String>,
    pub products: Vec<String>,
    pub time_frame: String,
    pub industry: String,
    pub size: String,
    pub company: String,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub phone: String,
    pub wants_call: String,
    pub country: String,
    pub city: String,
    pub allow_next: String,
    pub consent: String,
    /// Nobody sees this field: what fills it is no person.
    pub website: String,
    /// The partner to take out again.
    pub remove: String,
}

/// An inquiry to send.
#[derive(Debug, Clone)]
pub struct New {
    pub id: InquiryId,
    pub lang: Lang,
    pub targets: Vec<Target>,
    /// Up to three partners, of whom routing chooses those that are not named.
    pub several: bool,
    pub need: String,
    pub services: Vec<String>,
    pub products: Vec<String>,
    pub time_frame: TimeFrame,
    pub industry: String,
    pub size: String,
    pub company: String,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub phone: String,
    pub wants_call: bool,
    pub country: String,
    pub city: String,
    pub point: Option<Point>,
    pub allow_next: bool,
}

impl ContactForm {
    /// What it says, or every mistake in the order of its fields.
    pub fn parse(&self, id: InquiryId, lang: Lang, terms: &Terms, targets: &[Target], errors: &mut Errors) -> Option<New> {
        let need = errors.take(lang, "need", prose(&self.need, NEED_MIN, NEED_MAX));
        let time_frame = TimeFrame::from_text(&self.time_frame);
        if time_frame.is_none() {
            errors.message(lang, "time_frame", "inquiry-time-frame-missing");
        }
        if !terms.offers(Kind::Size, &self.size) {
            errors.message(lang, "size", "inquiry-size-missing");
        }
        let company = errors.take(lang, "company", self.company.parse::<CompanyName>());
        let first_name = errors.take(lang, "first_name", self.first_name.parse::<PersonName>());
        let last_name = errors.take(lang, "last_name", self.last_name.parse::<PersonName>());
        let email = errors.take(lang, "email", self.email.parse::<Email>());
        let country = errors.take(lang, "country", Country::parse(&self.country));
        let city = errors.take(lang, "city", line(&self.city, 1, CITY_MAX));
        let phone = self.phone(country, lang, errors);
        if self.consent != "1" {
            errors.message(lang, "consent", "inquiry-consent-missing");
        }
        let offered = |kind: Kind, keys: &[String]| keys.iter().filter(|key| terms.offers(kind, key)).cloned().collect();
        let (country, city) = (country?.code.to_owned(), city?);
        let new = New {
            id,
            lang,
            targets: targets.to_vec(),
            several: self.several == "1",
            need: need?,
            services: offered(Kind::Service, &self.services),
            products: offered(Kind::Product, &self.products),
            time_frame: time_frame?,
            industry: Some(self.industry.clone()).filter(|key| terms.offers(Kind::Industry, key)).unwrap_or_default(),
            size: self.size.clone(),
            company: company?.into_string(),
            first_name: first_name?.into_string(),
            last_name: last_name?.into_string(),
            email: email?.into_string(),
            phone: phone?,
            wants_call: self.wants_call == "1",
            point: place::locate(&country, &city),
            country,
            city,
            allow_next: self.allow_next == "1",
        };
        errors.is_empty().then_some(new)
    }

    /// Who wants to be called says where; nobody else needs to.
    fn phone(&self, country: Option<&'static Country>, lang: Lang, errors: &mut Errors) -> Option<String> {
        if self.phone.trim().is_empty() {
            if self.wants_call == "1" {
                errors.message(lang, "phone", "inquiry-phone-missing");
                return None;
            }
            return Some(String::new());
        }
        let phone = errors.take(lang, "phone", Phone::parse(&self.phone, country?))?;
        Some(phone.map(Phone::into_string).unwrap_or_default())
    }
}
