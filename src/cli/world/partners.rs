//! Provider and resellers: one partnership that holds, one under notice, one that has ended, and an
//! invitation to take that one up again.

use super::Placed;
use super::cast::{FORMER, PARTNERS, PROVIDER, RESELLERS};
use crate::access::App;
use crate::cli::rows::Partnership;
use crate::clock::{DAY, Moment};
use crate::domain::relationship::invitation::Kind;
use crate::error::Result;
use crate::features::invitations::acts::{self, From, New};
use crate::i18n::Lang;

/// The partnerships as rows.
pub fn rows(placed: &[Placed], opened: Moment, today: Moment) -> Vec<Partnership> {
    let row = |reseller: usize, status, since: Moment, ends_at: Option<Moment>, end_reason| Partnership {
        provider_id: placed[PROVIDER].id,
        reseller_id: placed[reseller].id,
        cloud: PARTNERS[reseller].cloud,
        status,
        created_at: since,
        ended_at: ends_at.filter(|end| *end <= today),
        ends_at,
        ended_by: ends_at.map(|_| placed[PROVIDER].id),
        end_reason,
    };
    let notice = "Nous réorganisons notre réseau au Royaume-Uni.";
    let past = "Aucune commande depuis un an.";
    vec![
        row(RESELLERS[0], "active", opened.plus(20 * DAY), None, ""),
        row(RESELLERS[1], "active", opened.plus(20 * DAY), Some(today.plus(20 * DAY)), notice),
        row(FORMER, "ended", opened.plus(35 * DAY), Some(today.plus(-40 * DAY)), past),
    ]
}

/// The provider asks its former reseller once more.
pub fn invite(app: &App, placed: &[Placed]) -> Result<()> {
    let new = New {
        kind: Kind::Partnership,
        open_link: false,
        recipient_name: "Clémence Brumelac".into(),
        recipient_email: "global.admin@brumelac.example".into(),
        company: PARTNERS[FORMER].name.into(),
        customer: None,
        provider: None,
        lang: Lang::Fr,
        purpose: "Reprise du partenariat".into(),
        note: String::new(),
        message: "Nous serions heureux de retravailler avec vous.".into(),
        roles: Vec::new(),
        duration_days: None,
        auto_extend: false,
    };
    let provider = &placed[PROVIDER];
    let agent = provider.people.iter().find(|(_, roles)| roles.contains("admin_agent")).expect("one of the cast").0;
    app.commands().write_as(provider.id, |scope, conn| {
        let id = acts::create(scope, conn, agent, &new)?;
        acts::send(scope, conn, id, &From { partner: PARTNERS[PROVIDER].name, keys: &app.keys })
    })
}
