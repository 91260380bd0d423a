//! What a form page shows: values as typed, and for each field that does not hold its sentence.

use crate::domain::rule::Rule;
use crate::domain::{collation, country};
use crate::i18n::Lang;
use std::sync::LazyLock;

/// One mistake: the field's name and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    pub field: &'static str,
    pub message: String,
}

/// The mistakes of a form, in the order of its fields.
#[derive(Debug, Clone, Default)]
pub struct Errors(pub Vec<FieldError>);

impl Errors {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// Adds a broken rule.
    pub fn rule(&mut self, lang: Lang, field: &'static str, rule: &Rule) {
        let args: Vec<_> = rule.args().into_iter().map(|(name, value)| (name, value.into())).collect();
        self.0.push(FieldError { field, message: lang.ta(rule.key(), &args) });
    }
    /// Adds a message of the catalogue.
    pub fn message(&mut self, lang: Lang, field: &'static str, key: &str) {
        self.0.push(FieldError { field, message: lang.t(key).to_owned() });
    }
    /// The value, or its mistake noted.
    pub fn take<T>(&mut self, lang: Lang, field: &'static str, value: Result<T, Rule>) -> Option<T> {
        value.map_err(|rule| self.rule(lang, field, &rule)).ok()
    }
    /// The first mistake of a field.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|error| error.field == field).map(|error| error.message.as_str())
    }
}

/// One choice of a select or of radio buttons.
#[derive(Debug, Clone)]
pub struct Choice {
    pub value: String,
    pub label: String,
    /// What it means, under its label.
    pub hint: Option<String>,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None }
    }
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// Every country, in the order of its reader's language.
pub fn country_choices(lang: Lang) -> &'static [Choice] {
    static SORTED: LazyLock<Vec<Vec<Choice>>> = LazyLock::new(|| {
        let sorted = |lang: &Lang| {
            let mut choices: Vec<Choice> = country::all().iter().map(|one| Choice::new(one.code, one.name(lang.as_str()))).collect();
            choices.sort_by(|a, b| collation::compare(&a.label, &b.label));
            choices
        };
        Lang::ALL.iter().map(sorted).collect()
    });
    &SORTED[lang.index()]
}

/// One field as the macros of `templates/ui/form.html` draw it.
#[derive(Debug, Clone)]
pub struct Field {
    pub name: &'static str,
    pub label: String,
    pub hint: Option<String>,
    pub error: Option<String>,
    pub value: String,
    /// `text`, `email`, `tel`, `password`, `date`, `select`, `textarea`, `radios`, `checkbox`, or
    /// `checkboxes`, whose value names the ticked ones separated by blanks.
    pub kind: &'static str,
    pub choices: Vec<Choice>,
    pub required: bool,
    /// The HTML autocomplete token; empty for none.
    pub autocomplete: &'static str,
    pub max: u32,
    /// Fixed text behind the control, such as a domain's suffix.
    pub suffix: String,
    /// Where a script asks whether the value is free while it is typed.
    pub check_url: String,
    /// The name of the button that a script presses when the choice changes.
    pub autosubmit: &'static str,
    /// `narrow`, `medium` or `wide`.
    pub width: &'static str,
}

impl Field {
    pub fn text(name: &'static str, label: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            name,
            label: label.into(),
            hint: None,
            error: None,
            value: value.into(),
            kind: "text",
            choices: Vec::new(),
            required: true,
            autocomplete: "",
            max: 255,
            suffix: String::new(),
            check_url: String::new(),
            autosubmit: "",
            width: "wide",
        }
    }
    pub fn kind(mut self, kind: &'static str) -> Self {
        self.kind = kind;
        self
    }
    pub fn choices(mut self, kind: &'static str, choices: Vec<Choice>) -> Self {
        self.kind = kind;
        self.choices = choices;
        self
    }
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
    pub fn optional(mut self) -> Self {
        self.required = false;
        self
    }
    pub fn required(mut self, required: bool) -> Self {
        self.required = required;
        self
    }
    pub fn autocomplete(mut self, token: &'static str) -> Self {
        self.autocomplete = token;
        self
    }
    pub fn max(mut self, max: u32) -> Self {
        self.max = max;
        self
    }
    pub fn width(mut self, width: &'static str) -> Self {
        self.width = width;
        self
    }
    pub fn errors(mut self, errors: &Errors) -> Self {
        self.error = errors.of(self.name).map(str::to_owned);
        self
    }
    pub fn is(&self, value: &str) -> bool {
        self.value == value
    }
    /// Of several: is it ticked?
    pub fn has(&self, value: &str) -> bool {
        self.value.split(' ').any(|one| one == value)
    }
}
