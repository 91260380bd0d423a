//! The sections of a customer account that are edited one at a time, and their fields as text.

use crate::access::audit::{Fields, Shown};
use crate::access::may::Action;
use crate::db::ids::UserId;
use crate::features::customers::model::{Customer, Tag};
use crate::text_enum;
use serde_json::Value;
use std::collections::BTreeMap;

text_enum! {
    /// What one form edits; part of addresses and message keys.
    pub enum Section {
        Company = "company",
        Address = "address",
        Contact = "contact",
        Labels = "labels",
    }
}

/// Fields by name; every value as the form and the audit log have it. Tags are their ids, parted
/// by blanks, in the order of their names.
pub type Values = BTreeMap<&'static str, String>;

impl Section {
    /// Its fields, in the order of the form.
    pub const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Company => &["company_name", "registration_number", "phone"],
            Self::Address => &["address1", "address2", "city", "state", "postal_code"],
            Self::Contact => &["contact_first", "contact_middle", "contact_last", "contact_email", "language"],
            Self::Labels => &["alias", "owner", "tags"],
        }
    }
    /// What editing it takes.
    pub const fn action(self) -> Action {
        match self {
            Self::Labels => Action::LabelCustomers,
            _ => Action::EditCustomer,
        }
    }
    /// The section's own name of a field; `None` for another's.
    pub fn field(self, name: &str) -> Option<&'static str> {
        self.fields().iter().copied().find(|field| *field == name)
    }
    /// The section and the earlier values of an edit; `None` where there is nothing to put back.
    pub fn before(event: &Shown) -> Option<(Self, Values)> {
        if event.action != "customer.edit" {
            return None;
        }
        let first = event.before.keys().chain(event.after.keys()).next()?;
        let section = Self::ALL.iter().copied().find(|section| section.field(first).is_some())?;
        let names = event.before.keys().chain(event.after.keys());
        let values = names.map(|name| section.field(name).map(|field| (field, text(&event.before, name)))).collect::<Option<Values>>()?;
        Some((section, values))
    }
}

fn text(fields: &Fields, name: &str) -> String {
    fields.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// A customer with its tags: all that the sections are about.
#[derive(Debug, Clone)]
pub struct Record {
    pub customer: Customer,
    pub tags: Vec<Tag>,
}

impl Record {
    /// A section as it is.
    pub fn values(&self, section: Section) -> Values {
        section.fields().iter().map(|field| (*field, self.value(field))).collect()
    }
    /// One field as it is.
    pub fn value(&self, field: &str) -> String {
        let customer = &self.customer;
        match field {
            "company_name" => customer.company_name.clone(),
            "registration_number" => customer.registration_number.clone(),
            "phone" => customer.phone.clone(),
            "address1" => customer.address1.clone(),
            "address2" => customer.address2.clone(),
            "city" => customer.city.clone(),
            "state" => customer.state.clone(),
            "postal_code" => customer.postal_code.clone(),
            "contact_first" => customer.contact_first.clone(),
            "contact_middle" => customer.contact_middle.clone(),
            "contact_last" => customer.contact_last.clone(),
            "contact_email" => customer.contact_email.clone(),
            "language" => customer.language.clone(),
            "alias" => customer.alias.clone(),
            "owner" => customer.owner_id.map(|id| id.to_string()).unwrap_or_default(),
            "tags" => self.tags.iter().map(|tag| tag.id.to_string()).collect::<Vec<_>>().join(" "),
            _ => String::new(),
        }
    }
}

/// Puts a checked value into the row; tags have rows of their own.
pub fn put(customer: &mut Customer, field: &str, value: &str) {
    let place = match field {
        "company_name" => &mut customer.company_name,
        "registration_number" => &mut customer.registration_number,
        "phone" => &mut customer.phone,
        "address1" => &mut customer.address1,
        "address2" => &mut customer.address2,
        "city" => &mut customer.city,
        "state" => &mut customer.state,
        "postal_code" => &mut customer.postal_code,
        "contact_first" => &mut customer.contact_first,
        "contact_middle" => &mut customer.contact_middle,
        "contact_last" => &mut customer.contact_last,
        "contact_email" => &mut customer.contact_email,
        "language" => &mut customer.language,
        "alias" => &mut customer.alias,
        "owner" => {
            customer.owner_id = value.parse::<UserId>().ok();
            return;
        }
        _ => return,
    };
    value.clone_into(place);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Moment;
    use serde_json::json;

    fn event(action: &str, before: Value, after: Value) -> Shown {
        let fields = |value: Value| value.as_object().cloned().unwrap_or_default();
        Shown {
            seq: 1,
            at: Moment::from_micros(0),
            actor_kind: "user".into(),
            actor_name: None,
            action: action.into(),
            object_kind: "customer".into(),
            object: None,
            before: fields(before),
            after: fields(after),
        }
    }

    #[test]
    fn only_an_edit_of_one_section_can_be_put_back() {
        let edit = event("customer.edit", json!({"city": "Lyon"}), json!({"city": "Paris", "state": "X"}));
        let expected = Values::from([("city", "Lyon".into()), ("state", String::new())]);
        assert_eq!(Section::before(&edit), Some((Section::Address, expected)));
        let others = [
            event("customer.labels", json!({"alias": "a"}), json!({"alias": "b"})),
            event("customer.edit", json!({"city": "Lyon", "phone": "+33"}), json!({})),
            event("customer.edit", json!({"domain": "a"}), json!({"domain": "b"})),
            event("customer.edit", json!({}), json!({})),
        ];
        for other in others {
            assert_eq!(Section::before(&other), None, "{other:?}");
        }
    }

    #[test]
    fn no_field_belongs_to_two_sections() {
        let mut all: Vec<_> = Section::ALL.iter().flat_map(|section| section.fields()).collect();
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
