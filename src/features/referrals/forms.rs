//! The forms of a referral: what comes over the wire, what each rule says of it, and its controls.

use super::acts::{Accept, Deal, Need, Own, Work};
use super::model::{Detail, Referral};
use crate::access::referral::Prospect;
use crate::access::terms::Terms;
use crate::clock::Moment;
use crate::db::ids::{LocationId, UserId};
use crate::domain::company_name::CompanyName;
use crate::domain::country::Country;
use crate::domain::email::Email;
use crate::domain::money;
use crate::domain::referral::{DECLINE, LOSE, Reason, Stage, Step, TimeFrame};
use crate::domain::rule::{Rule, prose};
use crate::domain::term::Kind;
use crate::i18n::Lang;
use crate::web::form::{Choice, Errors, Field, country_choices};
use crate::web::page::Page;
use serde::Deserialize;

/// Longest texts, in characters.
const TITLE: usize = 120;
const SHORT: usize = 100;
pub const NOTE: usize = 4_000;
const MOST: usize = 50;

/// What any form of a referral sends; each page reads its own part.
#[derive(Debug, Clone, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Form {
    pub version: String,
    title: String,
    value: String,
    currency: String,
    close_on: String,
    stage: String,
    owner: String,
    contacted: String,
    next_action: String,
    crm_id: String,
    campaign_id: String,
    note: String,
    shared: String,
    reason: String,
    company: String,
    country: String,
    city: String,
    first_name: String,
    last_name: String,
    email: String,
    phone: String,
    address1: String,
    address2: String,
    postal_code: String,
    state: String,
    registration_number: String,
    consent: String,
    need: String,
    industry: String,
    size: String,
    services: Vec<String>,
    products: Vec<String>,
    time_frame: String,
    team: Vec<String>,
    location: String,
}

/// What forms offer and rules ask.
pub struct Offer<'a> {
    pub page: &'a Page,
    pub now: Moment,
    pub terms: &'a Terms,
    /// Whom this member may give it to: id and name.
    pub owners: &'a [(UserId, String)],
    pub colleagues: &'a [(UserId, String)],
    pub locations: &'a [(LocationId, String)],
}

/// One line of text, of at most so many characters; it may be empty where `min` is 0.
fn one_line(text: &str, min: usize, max: usize) -> Result<String, Rule> {
    prose(&text.split_whitespace().collect::<Vec<_>>().join(" "), min, max)
}

impl Form {
    /// The form of a referral as it stands.
    pub fn of(row: &Referral, detail: &Detail, known: &Prospect) -> Self {
        let words = |keys: &str| keys.split(' ').filter(|key| !key.is_empty()).map(str::to_owned).collect();
        Self {
            version: row.version.to_string(),
            title: row.title.clone(),
            value: row.value_minor.map(|value| money::plain(value, &row.currency)).unwrap_or_default(),
            currency: row.currency.clone(),
            close_on: row.close_on.clone(),
            stage: row.stage.clone(),
            owner: row.owner_id.map(|owner| owner.to_string()).unwrap_or_default(),
            next_action: detail.next_action.clone(),
            crm_id: detail.crm_id.clone(),
            campaign_id: detail.campaign_id.clone(),
            company: known.company.clone(),
            country: row.country.clone(),
            city: row.city.clone(),
            first_name: known.first_name.clone(),
            last_name: known.last_name.clone(),
            email: known.email.clone(),
            phone: known.phone.clone(),
            address1: known.address1.clone(),
            address2: known.address2.clone(),
            postal_code: known.postal_code.clone(),
            state: known.state.clone(),
            registration_number: known.registration_number.clone(),
            consent: if known.consent_at.is_some() { "1".into() } else { String::new() },
            need: row.need.clone(),
            industry: row.industry.clone(),
            size: row.size.clone(),
            services: words(&row.services),
            products: words(&row.products),
            time_frame: row.time_frame.clone(),
            ..Self::default()
        }
    }
    /// A new one, with what is probable.
    pub fn blank(country: &str, owner: UserId) -> Self {
        let owner = owner.to_string();
        Self { currency: currency_of(country).to_owned(), country: country.to_owned(), team: vec![owner.clone()], owner, ..Self::default() }
    }
    /// The acceptance's, with what the sender proposes or what is probable.
    pub fn accepting(row: &Referral, detail: &Detail, owner: UserId) -> Self {
        let blank = Prospect::default();
        let form = Self::of(row, detail, &blank);
        let currency = if row.currency.is_empty() { currency_of(&row.country).to_owned() } else { row.currency.clone() };
        let owner = if form.owner.is_empty() { owner.to_string() } else { form.owner.clone() };
        Self { currency, owner, ..form }
    }

    /// What was typed as the form of a conflict keeps it: the other's version to save over.
    pub fn at_version(mut self, version: i64) -> Self {
        self.version = version.to_string();
        self
    }

    fn deal(&self, lang: Lang, today: Option<jiff::civil::Date>, errors: &mut Errors) -> Option<(Deal, Work)> {
        let title = errors.take(lang, "title", one_line(&self.title, 1, TITLE));
        let currency = if money::is_currency(&self.currency) { Ok(self.currency.clone()) } else { Err(Rule::Required) };
        let value = errors.take(lang, "value", money::parse(&self.value, &self.currency));
        let currency = errors.take(lang, "currency", currency);
        let close_on = self.close_on(lang, today, errors);
        let stage = Stage::from_text(&self.stage).unwrap_or(Stage::Accepted);
        let next_action = errors.take(lang, "next_action", one_line(&self.next_action, 0, TITLE));
        let crm_id = errors.take(lang, "crm_id", one_line(&self.crm_id, 0, SHORT));
        let campaign_id = errors.take(lang, "campaign_id", one_line(&self.campaign_id, 0, SHORT));
        let deal = Deal { title: title?, value_minor: value?, currency: currency?, close_on: close_on?, stage };
        Some((deal, Work { next_action: next_action?, crm_id: crm_id?, campaign_id: campaign_id? }))
    }

    fn close_on(&self, lang: Lang, today: Option<jiff::civil::Date>, errors: &mut Errors) -> Option<String> {
        let text = self.close_on.trim();
        if text.is_empty() {
            errors.rule(lang, "close_on", &Rule::Required);
            return None;
        }
        match text.parse::<jiff::civil::Date>() {
            Ok(date) if !(2000..=2100).contains(&date.year()) => errors.rule(lang, "close_on", &Rule::DateFormat),
            Ok(date) if today.is_some_and(|today| date < today) => errors.message(lang, "close_on", "referral-date-past"),
            Ok(date) => return Some(date.to_string()),
            Err(_) => errors.rule(lang, "close_on", &Rule::DateFormat),
        }
        None
    }

    fn one_of(&self, lang: Lang, field: &'static str, text: &str, among: &[(UserId, String)], errors: &mut Errors) -> Option<UserId> {
        let found = text.parse::<UserId>().ok().filter(|id| among.iter().any(|(one, _)| one == id));
        if found.is_none() {
            errors.rule(lang, field, &Rule::Required);
        }
        found
    }

    /// What an acceptance demands, and a first note.
    pub fn accept(&self, offer: &Offer<'_>, errors: &mut Errors) -> Option<(Accept, String)> {
        let lang = offer.page.lang;
        let both = self.deal(lang, Some(offer.page.today(offer.now)), errors);
        let owner = self.one_of(lang, "owner", &self.owner, offer.owners, errors);
        if !matches!(self.contacted.as_str(), "yes" | "no") {
            errors.rule(lang, "contacted", &Rule::Required);
        }
        let note = errors.take(lang, "note", prose(&self.note, 0, NOTE));
        let (deal, work) = both?;
        let accept = Accept { deal, work, owner: owner?, contacted: self.contacted == "yes" };
        errors.is_empty().then_some((accept, note?))
    }

    /// Why it is declined or lost.
    pub fn why(&self, lang: Lang, step: Step, errors: &mut Errors) -> Option<(Reason, String)> {
        let reason = Reason::from_text(&self.reason).filter(|reason| reasons(step).contains(reason));
        if reason.is_none() {
            errors.rule(lang, "reason", &Rule::Required);
        }
        let note = errors.take(lang, "note", prose(&self.note, 0, NOTE));
        if reason == Some(Reason::Other) && note.as_deref() == Some("") {
            errors.message(lang, "note", "referral-other-note");
        }
        errors.is_empty().then_some((reason?, note?))
    }

    /// A note, which is never empty.
    pub fn note(&self, lang: Lang, errors: &mut Errors) -> Option<String> {
        errors.take(lang, "note", prose(&self.note, 1, NOTE))
    }
    /// A note that both sides will read.
    pub fn shared(&self, lang: Lang, errors: &mut Errors) -> Option<String> {
        errors.take(lang, "shared", prose(&self.shared, 1, NOTE))
    }

    /// Title, value, date and what one keeps beside them.
    pub fn deal_section(&self, lang: Lang, errors: &mut Errors) -> Option<(Deal, Work)> {
        self.deal(lang, None, errors)
    }

    /// Company, contact and address. A contact person needs a way to be reached and consent.
    pub fn prospect(&self, lang: Lang, now: Moment, errors: &mut Errors) -> Option<Prospect> {
        let company = errors.take(lang, "company", self.company.parse::<CompanyName>());
        let country = Country::from_code(&self.country).map(|country| country.code.to_owned()).ok_or(Rule::UnknownCountry);
        let country = errors.take(lang, "country", country);
        let mut short = |field: &'static str, text: &str| errors.take(lang, field, one_line(text, 0, SHORT));
        let (city, address1, address2) = (short("city", &self.city), short("address1", &self.address1), short("address2", &self.address2));
        let (postal_code, state) = (short("postal_code", &self.postal_code), short("state", &self.state));
        let registration_number = short("registration_number", &self.registration_number);
        let (first_name, last_name) = (short("first_name", &self.first_name), short("last_name", &self.last_name));
        let email = match self.email.trim() {
            "" => Some(String::new()),
            text => errors.take(lang, "email", text.parse::<Email>()).map(Email::into_string),
        };
        let phone = errors.take(lang, "phone", one_line(&self.phone, 0, 40));
        let person = ![&self.first_name, &self.last_name, &self.email, &self.phone].iter().all(|text| text.trim().is_empty());
        let consent = self.consent == "1";
        if person && !consent {
            errors.message(lang, "consent", "referral-consent-missing");
        }
        Some(Prospect {
            company: company?.into_string(),
            country: country?,
            city: city?,
            first_name: first_name?,
            last_name: last_name?,
            email: email?,
            phone: phone?,
            address1: address1?,
            address2: address2?,
            postal_code: postal_code?,
            state: state?,
            registration_number: registration_number?,
            consent_at: consent.then_some(now),
        })
    }

    /// What is wanted. Terms that are not offered any more may stay.
    pub fn need(&self, terms: &Terms, lang: Lang, errors: &mut Errors) -> Option<Need> {
        let known = |kind: Kind, key: &str| key.is_empty() || terms.find(kind, key).is_some();
        for (field, kind, key) in [("industry", Kind::Industry, &self.industry), ("size", Kind::Size, &self.size)] {
            if !known(kind, key) {
                errors.rule(lang, field, &Rule::Required);
            }
        }
        let mut several = |field: &'static str, kind: Kind, keys: &[String]| {
            if keys.len() > MOST || keys.iter().any(|key| !known(kind, key)) {
                errors.rule(lang, field, &Rule::Required);
            }
            keys.join(" ")
        };
        let (services, products) = (several("services", Kind::Service, &self.services), several("products", Kind::Product, &self.products));
        let need = errors.take(lang, "need", prose(&self.need, 0, NOTE));
        let time_frame = TimeFrame::from_text(&self.time_frame).map_or("", TimeFrame::as_str).to_owned();
        let need = Need { need: need?, industry: self.industry.clone(), size: self.size.clone(), services, products, time_frame };
        Some(need)
    }

    /// An opportunity of one's own.
    pub fn own(&self, offer: &Offer<'_>, errors: &mut Errors) -> Option<Own> {
        let lang = offer.page.lang;
        let prospect = self.prospect(lang, offer.now, errors);
        let need = self.need(offer.terms, lang, errors);
        let both = self.deal(lang, Some(offer.page.today(offer.now)), errors);
        let owner = self.one_of(lang, "owner", &self.owner, offer.owners, errors);
        let team: Option<Vec<UserId>> = self.team(offer, errors);
        if self.team.is_empty() {
            errors.message(lang, "team", "referral-team-missing");
        }
        let location = offer.locations.iter().find(|(id, _)| id.to_string() == self.location).map(|(id, _)| *id);
        if location.is_none() && !offer.locations.is_empty() {
            errors.rule(lang, "location", &Rule::Required);
        }
        let (deal, work) = both?;
        let (prospect, need, owner, team) = (prospect?, need?, owner?, team?);
        let own = Own { prospect, deal, work, need, language: lang.as_str().to_owned(), owner, team, location };
        errors.is_empty().then_some(own)
    }

    /// Who is in the team.
    pub fn team(&self, offer: &Offer<'_>, errors: &mut Errors) -> Option<Vec<UserId>> {
        let known = |id: &String| id.parse::<UserId>().ok().filter(|id| offer.colleagues.iter().any(|(one, _)| one == id));
        let team: Option<Vec<UserId>> = self.team.iter().map(known).collect();
        if team.is_none() || self.team.len() > MOST {
            errors.message(offer.page.lang, "team", "referral-team-missing");
            return None;
        }
        team
    }

    /// Whom it is given to; nobody in particular where that is chosen.
    pub fn owner(&self, offer: &Offer<'_>) -> Result<Option<UserId>, Rule> {
        match self.owner.as_str() {
            "" => Ok(None),
            text => offer.owners.iter().find(|(id, _)| id.to_string() == text).map(|(id, _)| Some(*id)).ok_or(Rule::Required),
        }
    }

    // Controls.

    /// Title, value, date, stage and what is kept beside them.
    pub fn deal_fields(&self, offer: &Offer<'_>, staged: bool, errors: &Errors) -> Vec<Field> {
        let page = offer.page;
        let text = |name, key: &str, value: &str| Field::text(name, page.t(key), value).errors(errors);
        let currencies = money::CURRENCIES.iter().map(|(code, _)| Choice::new(*code, *code)).collect();
        let stages = Stage::ALL.iter().map(|stage| {
            let label = page.ta(
                "referral-stage-weight",
                &[("stage", page.word("referral-stage", stage.as_str()).into()), ("weight", i64::from(stage.weight()).into())],
            );
            Choice::new(stage.as_str(), label)
        });
        let mut fields = vec![
            text("title", "field-title", &self.title).max(TITLE as u32).hint(page.t("referral-title-hint")),
            text("value", "field-value", &self.value).max(20).width("narrow").hint(page.t("referral-value-hint")),
            text("currency", "field-currency", &self.currency).choices("select", currencies).width("narrow"),
            text("close_on", "field-close-on", &self.close_on).kind("date").width("narrow"),
        ];
        if staged {
            fields.push(text("stage", "field-stage", &self.stage).choices("select", stages.collect()).width("medium"));
        }
        fields.extend([
            text("next_action", "field-next-action", &self.next_action).max(TITLE as u32).optional(),
            text("crm_id", "field-crm-id", &self.crm_id).max(SHORT as u32).width("medium").optional(),
            text("campaign_id", "field-campaign-id", &self.campaign_id).max(SHORT as u32).width("medium").optional(),
        ]);
        fields
    }

    /// The acceptance's.
    pub fn accept_fields(&self, offer: &Offer<'_>, errors: &Errors) -> Vec<Field> {
        let page = offer.page;
        let mut fields = self.deal_fields(offer, false, errors);
        let contacted = vec![Choice::new("yes", page.t("referral-contacted-yes")), Choice::new("no", page.t("referral-contacted-no"))];
        fields.insert(4, self.owner_field(offer, errors));
        fields.insert(
            5,
            Field::text("contacted", page.t("field-contacted"), &self.contacted)
                .choices("radios", contacted)
                .hint(page.t("referral-contacted-hint"))
                .errors(errors),
        );
        fields.push(self.note_field(page, "field-note", errors).optional().hint(page.t("referral-note-private")));
        fields
    }

    pub fn owner_field(&self, offer: &Offer<'_>, errors: &Errors) -> Field {
        let owners = offer.owners.iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect();
        Field::text("owner", offer.page.t("field-owner"), &self.owner).choices("select", owners).width("medium").errors(errors)
    }

    pub fn note_field(&self, page: &Page, key: &str, errors: &Errors) -> Field {
        Field::text("note", page.t(key), &self.note).kind("textarea").max(NOTE as u32).errors(errors)
    }

    pub fn shared_field(&self, page: &Page, errors: &Errors) -> Field {
        Field::text("shared", page.t("referral-shared-new"), &self.shared).kind("textarea").max(NOTE as u32).errors(errors)
    }

    /// Why, and a note that stays here.
    pub fn why_fields(&self, page: &Page, step: Step, errors: &Errors) -> Vec<Field> {
        let reasons = reasons(step).iter().map(|one| Choice::new(one.as_str(), page.word("referral-reason", one.as_str()))).collect();
        vec![
            Field::text("reason", page.t("field-referral-reason"), &self.reason).choices("radios", reasons).errors(errors),
            self.note_field(page, "field-note", errors).optional().hint(page.t("referral-note-private")),
        ]
    }

    /// Company, address, contact.
    pub fn prospect_fields(&self, page: &Page, errors: &Errors) -> Vec<Field> {
        let text = |name, key: &str, value: &str| Field::text(name, page.t(key), value).max(SHORT as u32).optional().errors(errors);
        vec![
            text("company", "field-company-name", &self.company).max(255).required(true),
            text("country", "field-country", &self.country)
                .choices("select", country_choices(page.lang).to_vec())
                .width("medium")
                .required(true),
            text("city", "field-city", &self.city).width("medium"),
            text("address1", "field-address1", &self.address1),
            text("address2", "field-address2", &self.address2),
            text("postal_code", "field-postal-code", &self.postal_code).width("narrow"),
            text("state", "field-state", &self.state).width("medium"),
            text("registration_number", "field-registration-number", &self.registration_number).width("medium"),
            text("first_name", "field-first-name", &self.first_name).hint(page.t("referral-contact-hint")),
            text("last_name", "field-last-name", &self.last_name),
            text("email", "field-email", &self.email).kind("email").max(254),
            text("phone", "field-phone", &self.phone).kind("tel").max(40).width("medium"),
            Field::text("consent", page.t("field-consent"), &self.consent).kind("checkbox").optional().errors(errors),
        ]
    }

    /// What is wanted.
    pub fn need_fields(&self, offer: &Offer<'_>, errors: &Errors) -> Vec<Field> {
        let page = offer.page;
        let terms = |kind: Kind, chosen: &[&str]| -> Vec<Choice> {
            let offered = offer.terms.all(kind).filter(|term| term.active || chosen.contains(&term.key.as_str()));
            offered.map(|term| Choice::new(&term.key, term.label(page.lang))).collect()
        };
        let any = |mut choices: Vec<Choice>| {
            choices.insert(0, Choice::new("", page.t("referral-unsaid")));
            choices
        };
        let of = |keys: &[String]| keys.join(" ");
        let chosen = |keys: &'_ [String]| -> Vec<String> { keys.to_vec() };
        let several = |name, key: &str, kind, keys: &[String]| {
            let keys_ = chosen(keys);
            let refs: Vec<&str> = keys_.iter().map(String::as_str).collect();
            Field::text(name, page.t(key), of(keys)).choices("checkboxes", terms(kind, &refs)).optional().errors(errors)
        };
        let select = |name, key: &str, kind, value: &String| {
            Field::text(name, page.t(key), value)
                .choices("select", any(terms(kind, &[value.as_str()])))
                .width("medium")
                .optional()
                .errors(errors)
        };
        let frames = TimeFrame::ALL.iter().map(|one| Choice::new(one.as_str(), page.word("time-frame", one.as_str()))).collect();
        vec![
            Field::text("need", page.t("field-need"), &self.need).kind("textarea").max(NOTE as u32).optional().errors(errors),
            select("industry", "field-industry", Kind::Industry, &self.industry),
            select("size", "field-size", Kind::Size, &self.size),
            Field::text("time_frame", page.t("field-time-frame"), &self.time_frame)
                .choices("select", any(frames))
                .width("medium")
                .optional(),
            several("services", "field-services", Kind::Service, &self.services),
            several("products", "field-products", Kind::Product, &self.products),
        ]
    }

    /// The team and the location of a new one.
    pub fn people_fields(&self, offer: &Offer<'_>, errors: &Errors) -> Vec<Field> {
        let page = offer.page;
        let mut fields = vec![self.owner_field(offer, errors), self.team_field(offer, errors)];
        if !offer.locations.is_empty() {
            let mut choices: Vec<Choice> = offer.locations.iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect();
            choices.insert(0, Choice::new("", page.t("referral-choose")));
            let location = Field::text("location", page.t("field-location"), &self.location).choices("select", choices);
            fields.push(location.width("medium").hint(page.t("referral-location-hint")).errors(errors));
        }
        fields
    }

    pub fn team_field(&self, offer: &Offer<'_>, errors: &Errors) -> Field {
        let colleagues = offer.colleagues.iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect();
        Field::text("team", offer.page.t("field-team"), self.team.join(" ")).choices("checkboxes", colleagues).errors(errors)
    }
    pub fn with_team(mut self, team: impl Iterator<Item = UserId>) -> Self {
        self.team = team.map(|id| id.to_string()).collect();
        self
    }
}

fn reasons(step: Step) -> &'static [Reason] {
    if step == Step::Decline { DECLINE } else { LOSE }
}

/// The currency that a deal there is probably in.
fn currency_of(country: &str) -> &'static str {
    const OWN: &[(&str, &str)] = &[
        ("US", "USD"),
        ("GB", "GBP"),
        ("CH", "CHF"),
        ("CA", "CAD"),
        ("AU", "AUD"),
        ("NZ", "NZD"),
        ("JP", "JPY"),
        ("CN", "CNY"),
        ("IN", "INR"),
        ("BR", "BRL"),
        ("MX", "MXN"),
        ("SE", "SEK"),
        ("NO", "NOK"),
        ("DK", "DKK"),
        ("PL", "PLN"),
        ("CZ", "CZK"),
        ("HU", "HUF"),
        ("RO", "RON"),
        ("TR", "TRY"),
        ("ZA", "ZAR"),
        ("MA", "MAD"),
        ("TN", "TND"),
        ("SG", "SGD"),
        ("KR", "KRW"),
        ("SN", "XOF"),
        ("CI", "XOF"),
    ];
    OWN.iter().find(|(code, _)| *code == country).map_or("EUR", |(_, currency)| *currency)
}
