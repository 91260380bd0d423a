//! The shared part as forms show and send it.

use super::Help;
use super::acts::Part;
use crate::domain::money;
use crate::domain::referral::Stage;
use crate::domain::rule::{Rule, line};
use crate::features::referrals::acts::Deal;
use crate::features::referrals::model::Engagement;
use crate::i18n::Lang;
use crate::web::form::{Choice, Errors, Field};
use crate::web::page::Page;

/// Longest name of an opportunity, in characters.
const TITLE_MAX: usize = 120;

/// The fields of the shared part, as typed.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub title: String,
    pub value: String,
    pub currency: String,
    pub close_on: String,
    pub stage: String,
    pub help: Vec<String>,
}

impl Typed {
    pub fn of(one: &Engagement) -> Self {
        Self {
            title: one.title.clone(),
            value: one.value_minor.map(|minor| money::plain(minor, &one.currency)).unwrap_or_default(),
            currency: one.currency.clone(),
            close_on: one.close_on.clone(),
            stage: one.stage.clone(),
            help: one.help.split(' ').filter(|help| !help.is_empty()).map(str::to_owned).collect(),
        }
    }

    /// What it says, or every mistake. The stage is the receiver's to begin with.
    pub fn parse(&self, lang: Lang, errors: &mut Errors) -> Option<Part> {
        let title = errors.take(lang, "title", line(&self.title, 1, TITLE_MAX));
        let currency = money::is_currency(&self.currency).then(|| self.currency.clone());
        if currency.is_none() {
            errors.message(lang, "currency", "sharing-currency-missing");
        }
        let value = errors.take(lang, "value", money::parse(&self.value, &self.currency));
        let close_on = errors.take(lang, "close_on", self.close_on.parse::<jiff::civil::Date>().map_err(|_| Rule::DateFormat));
        let help: Vec<Help> = self.help.iter().filter_map(|help| Help::from_text(help)).collect();
        if help.is_empty() {
            errors.message(lang, "help", "sharing-help-missing");
        }
        let deal = Deal {
            title: title?,
            value_minor: value?,
            currency: currency?,
            close_on: close_on?.to_string(),
            stage: Stage::from_text(&self.stage).unwrap_or(Stage::Accepted),
        };
        (!help.is_empty()).then_some(Part { deal, help })
    }

    pub fn fields(&self, page: &Page, errors: &Errors, with_stage: bool) -> Vec<Field> {
        let currencies = money::CURRENCIES.iter().map(|(code, _)| Choice::new(*code, *code)).collect();
        let help = Help::ALL.iter().map(|help| Choice::new(help.as_str(), page.word("help", help.as_str()))).collect();
        let mut fields = vec![
            Field::text("title", page.t("sharing-deal"), &self.title)
                .max(TITLE_MAX as u32)
                .hint(page.t("sharing-deal-hint"))
                .errors(errors),
            Field::text("value", page.t("field-value"), &self.value).max(30).width("medium").errors(errors),
            Field::text("currency", page.t("field-currency"), &self.currency).choices("select", currencies).width("narrow").errors(errors),
            Field::text("close_on", page.t("sharing-close"), &self.close_on).kind("date").width("medium").errors(errors),
        ];
        if with_stage {
            let stages = Stage::ALL.iter().map(|stage| Choice::new(stage.as_str(), page.word("sharing-stage", stage.as_str()))).collect();
            fields.push(Field::text("stage", page.t("field-stage"), &self.stage).choices("select", stages).width("medium"));
        }
        fields.push(Field::text("help", page.t("field-help"), self.help.join(" ")).choices("checkboxes", help).errors(errors));
        fields
    }
}
