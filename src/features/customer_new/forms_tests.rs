//! The forms read country by country: what holds, and every mistake at once in the order of the
//! fields.

use super::*;

fn rules() -> Rules {
    Rules {
        lang: Lang::En,
        operator_domains: vec!["operator.example".into()],
        partner_domain: "northwind.example".into(),
        provider: false,
        may_attest: true,
        today: (2026, 11, 23),
    }
}

fn account(values: &[(&str, &str)]) -> AccountForm {
    let pairs: Vec<(&str, &str)> = [("company_name", "Contoso Trading"), ("domain", "contoso"), ("address1", "1 Main Street")]
        .into_iter()
        .filter(|(name, _)| values.iter().all(|(other, _)| other != name))
        .chain(values.iter().copied())
        .collect();
    serde_html_form::from_str(&serde_html_form::to_string(pairs).unwrap()).unwrap()
}

fn mistakes(form: &AccountForm, rules: &Rules, facts: &Facts) -> Vec<&'static str> {
    let mut errors = Errors::default();
    let parsed = form.parse(rules, facts, &mut errors);
    assert_eq!(parsed.is_some(), errors.is_empty(), "a value or its mistakes");
    errors.0.iter().map(|error| error.field).collect()
}

#[test]
fn each_country_asks_for_what_is_its_own() {
    for (values, expected) in [
        (&[("country", "FR"), ("city", "Lyon"), ("postal_code", "69002")][..], &[][..]),
        (&[("country", "FR"), ("city", "Lyon"), ("postal_code", "6900")][..], &["postal_code"][..]),
        (&[("country", "FR"), ("registration_number", "123 456 789")][..], &["registration_number", "city", "postal_code"][..]),
        (&[("country", "US"), ("city", "Seattle"), ("state", "WA"), ("postal_code", "98101")][..], &[][..]),
        (&[("country", "US"), ("city", "Seattle"), ("postal_code", "98101")][..], &["state"][..]),
        (&[("country", "US"), ("city", "Seattle"), ("state", "ZZ"), ("postal_code", "1")][..], &["state", "postal_code"][..]),
        (
            &[
                ("country", "BR"),
                ("registration_number", "11.222.333/0001-81"),
                ("city", "Recife"),
                ("state", "PE"),
                ("postal_code", "50030-230"),
                ("phone", "+55 81 3224 1234"),
            ][..],
            &[][..],
        ),
        (&[("country", "BR")][..], &["registration_number", "city", "state", "postal_code", "phone"][..]),
        (&[("country", "SG"), ("postal_code", "018956")][..], &[][..]),
        (&[("country", "SG")][..], &["postal_code"][..]),
        (&[("country", "IE"), ("city", "Dublin")][..], &[][..]),
        (&[("country", "IE"), ("city", "Dublin"), ("phone", "+33 1 23 45 67 89")][..], &["phone"][..]),
        (&[("country", "UK")][..], &["country"][..]),
    ] {
        assert_eq!(mistakes(&account(values), &rules(), &Facts::default()), expected, "{values:?}");
    }
}

#[test]
fn wrong_input_is_told_all_at_once_in_the_order_of_the_fields() {
    let form = account(&[
        ("country", "BR"),
        ("company_name", "LLC"),
        ("alias", &"x".repeat(ALIAS_MAX + 1)),
        ("domain", "-contoso"),
        ("registration_number", "1"),
        ("address1", ""),
        ("address2", &"x".repeat(201)),
        ("city", "12"),
        ("state", "ZZ"),
        ("postal_code", "x"),
        ("phone", "twelve"),
    ]);
    let provider = Rules { provider: true, ..rules() };
    let expected = [
        "company_name",
        "alias",
        "domain",
        "registration_number",
        "address1",
        "address2",
        "city",
        "state",
        "postal_code",
        "phone",
        "reseller",
    ];
    assert_eq!(mistakes(&form, &provider, &Facts::default()), expected);
    assert_eq!(
        mistakes(&AccountForm::default(), &provider, &Facts::default()),
        ["country", "company_name", "domain", "address1", "reseller"]
    );
}

#[test]
fn an_empty_field_is_named_in_its_sentence_in_both_languages() {
    for lang in Lang::ALL {
        let mut errors = Errors::default();
        for country in ["", "BR", "US"] {
            let form = AccountForm { country: country.into(), ..Default::default() };
            form.parse(&Rules { provider: true, lang, ..rules() }, &Facts::default(), &mut errors);
        }
        ContactForm::default().parse(&Rules { lang, ..rules() }, None, &mut errors);
        AgreementForm::default().parse(&Rules { lang, ..rules() }, None, &mut errors);
        let yes = AgreementForm { accepted: "yes".into(), ..Default::default() };
        yes.parse(&Rules { lang, ..rules() }, None, &mut errors);
        assert!(errors.0.iter().all(|error| error.message != "…" && error.message != lang.t("rule-required")));
    }
}

#[test]
fn a_taken_domain_is_a_mistake_at_its_field() {
    let form = account(&[("country", "IE"), ("city", "Dublin")]);
    assert_eq!(mistakes(&form, &rules(), &Facts { domain_taken: true, reseller: None }), ["domain"]);
}

#[test]
fn a_provider_names_an_active_reseller_or_none() {
    let fabrikam = Reseller { id: PartnerId::new(), slug: "fabrikam".into(), name: "Fabrikam".into() };
    let provider = Rules { provider: true, ..rules() };
    for (chosen, known, expected) in [
        ("fabrikam", Some(fabrikam.clone()), &[][..]),
        ("none", None, &[][..]),
        ("", None, &["reseller"][..]),
        ("fabrikam", None, &["reseller"][..]),
        ("tailspin", Some(fabrikam.clone()), &["reseller"][..]),
    ] {
        let form = account(&[("country", "IE"), ("city", "Dublin"), ("reseller", chosen)]);
        let facts = Facts { domain_taken: false, reseller: known };
        assert_eq!(mistakes(&form, &provider, &facts), expected, "{chosen}");
    }
    // Nobody else is asked, whatever the form says.
    assert!(mistakes(&account(&[("country", "IE"), ("city", "Dublin"), ("reseller", "x")]), &rules(), &Facts::default()).is_empty());
}

#[test]
fn a_state_does_not_outlive_its_country() {
    let italian = AccountForm { country: "IT".into(), state: "CA".into(), rules: "US".into(), ..Default::default() };
    assert_eq!(italian.settled().state, "");
    let american = AccountForm { country: "US".into(), state: "CA".into(), rules: "US".into(), ..Default::default() };
    assert_eq!(american.settled().state, "CA");
}

#[test]
fn contacts_are_the_customers_own_people() {
    let france = Country::from_code("FR");
    for (first, last, email, language, expected) in [
        ("Anna", "Brun", "anna@contoso.example", "fr", &[][..]),
        ("Anna", "Brun", "anna@contoso.example", "en", &[][..]),
        ("Anna", "Brun", "anna@northwind.example", "fr", &["email"][..]),
        ("Anna", "Brun", "anna@sub.operator.example", "fr", &["email"][..]),
        ("Test", "B", "anna", "de", &["first_name", "last_name", "email", "language"][..]),
    ] {
        let form = ContactForm {
            first_name: first.into(),
            last_name: last.into(),
            email: email.into(),
            language: language.into(),
            ..Default::default()
        };
        let mut errors = Errors::default();
        assert_eq!(form.parse(&rules(), france, &mut errors).is_some(), expected.is_empty());
        assert_eq!(errors.0.iter().map(|error| error.field).collect::<Vec<_>>(), expected, "{email}");
    }
}

#[test]
fn an_attestation_is_whole_or_later_and_only_of_who_may() {
    let whole = AgreementForm {
        accepted: "yes".into(),
        agreed_on: "2026-11-23".into(),
        first_name: "Anna".into(),
        last_name: "Brun".into(),
        email: "anna@contoso.example".into(),
        ..Default::default()
    };
    let future = AgreementForm { agreed_on: "2026-11-24".into(), email: String::new(), ..whole.clone() };
    let later = AgreementForm { accepted: "later".into(), ..future.clone() };
    let may_not = Rules { may_attest: false, ..rules() };
    let brazil = Country::from_code("BR");
    for (form, rules, attested, expected) in [
        (&whole, rules(), true, &[][..]),
        (&future, rules(), false, &["agreed_on", "email"][..]),
        (&later, rules(), false, &[][..]),
        (&AgreementForm::default(), rules(), false, &["accepted"][..]),
        (&whole, may_not, false, &[][..]),
    ] {
        let mut errors = Errors::default();
        let parsed = form.parse(&rules, brazil, &mut errors);
        assert_eq!(errors.0.iter().map(|error| error.field).collect::<Vec<_>>(), expected);
        assert_eq!(parsed.flatten().is_some(), attested);
    }
}

#[test]
fn the_agreement_begins_with_the_contact_and_keeps_what_was_typed() {
    let contact =
        ContactForm { first_name: "Anna".into(), last_name: "Brun".into(), email: "a@contoso.example".into(), ..Default::default() };
    let fresh = AgreementForm::default().or_contact(&contact, "+33 1");
    assert_eq!((fresh.first_name.as_str(), fresh.phone.as_str(), fresh.accepted.as_str()), ("Anna", "+33 1", ""));
    let typed = AgreementForm { accepted: "yes".into(), first_name: "Luc".into(), ..Default::default() };
    assert_eq!(typed.clone().or_contact(&contact, ""), typed);
}

#[test]
fn a_draft_keeps_what_was_typed_and_not_what_was_pressed() {
    let data = Data {
        account: AccountForm { company_name: " LLC ".into(), action: "later".into(), rules: "FR".into(), ..Default::default() },
        ..Default::default()
    };
    let text = serde_json::to_string(&data).unwrap();
    let back: Data = serde_json::from_str(&text).unwrap();
    assert_eq!((back.account.company_name.as_str(), back.account.action.as_str(), back.account.rules.as_str()), (" LLC ", "", ""));
    assert!(serde_html_form::from_str::<AccountForm>("company_name=x&admin=1").is_err(), "unknown fields are refused");
}

#[test]
fn a_draft_stops_at_the_first_step_that_does_not_hold() {
    let account = account(&[("country", "IE"), ("city", "Dublin")]);
    let contact = ContactForm {
        first_name: "Anna".into(),
        last_name: "Brun".into(),
        email: "anna@contoso.example".into(),
        language: "ga".into(),
        ..Default::default()
    };
    let agreement = AgreementForm { accepted: "later".into(), ..Default::default() };
    let step = |data: Data| data.parse(&rules(), &Facts::default()).err().map(|(step, _)| step);
    assert_eq!(step(Data::default()), Some(Step::Account));
    assert_eq!(step(Data { account: account.clone(), ..Default::default() }), Some(Step::Contact));
    assert_eq!(step(Data { account: account.clone(), contact: contact.clone(), ..Default::default() }), Some(Step::Agreement));
    assert_eq!(step(Data { account, contact, agreement, ..Data::default() }), None);
}

#[test]
fn every_language_of_every_country_has_a_name() {
    for country in crate::domain::country::all() {
        for code in languages(country) {
            for lang in Lang::ALL {
                assert!(lang.has(&format!("tongue-{code}")), "{code}");
            }
        }
        assert!(languages(country).contains(&"en") && languages(country).contains(&"fr"));
    }
}
