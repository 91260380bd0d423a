//! How a won referral becomes a customer, and the one button that does it: on the referral's own page,
//! and on `/p/{account}/referrals/{referral}/customer`.

use super::queries::{self, Way, Won};
use super::{acts, href};
use crate::access::Can;
use crate::access::may::{Action, Because, Relationship};
use crate::access::permissions::{AnswerReferrals, Permission};
use crate::access::posted::Posted;
use crate::access::referral::Sight;
use crate::db::ids::{PartnerId, ReferralId};
use crate::domain::AccountType;
use crate::error::{Error, Result};
use crate::features::customer_new::{forms::Step, step_href};
use crate::features::invitations;
use crate::features::referrals::{self, views::called};
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

/// One thing to do: its name in the form, the button, why not, what it means.
pub struct Act {
    pub key: &'static str,
    pub label: String,
    pub why: Option<String>,
    pub text: String,
    /// Whom it is about, where there is a choice.
    pub to: String,
}

#[derive(Template)]
#[template(path = "conversion/show.html")]
struct ShowPage {
    page: Page,
    list: String,
    back: String,
    name: String,
    conversion: Panel,
}

/// `conversion/panel.html`
pub struct Panel {
    pub action: String,
    /// What is so, and what that means.
    pub title: &'static str,
    pub text: String,
    pub acts: Vec<Act>,
    /// The page of what there is already.
    pub open: Option<(String, &'static str)>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ConvertForm {
    /// One of [`Act::key`].
    act: String,
    /// A provider.
    to: String,
}

/// Does the member see the account's customers? See [`queries::won`].
pub fn sees_customers<P: Permission>(who: &Can<P>) -> bool {
    who.may(Action::ViewCustomers, Relationship::None).is_ok()
}

async fn load(who: &Can<AnswerReferrals>, id: &str) -> Result<Won> {
    let (id, sight): (ReferralId, _) = (id.parse().map_err(|()| Error::NotFound)?, Sight::of(who));
    let customers = sees_customers(who);
    who.read(move |scope, conn| queries::won(scope, conn, sight, id, customers)).await
}

/// `GET /p/{account}/referrals/{referral}/customer`
pub async fn show(who: Can<AnswerReferrals>, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let won = load(&who, &path.1).await?;
    let page = Page::member(&req, &who, "referrals", who.user.lang.t("conversion-title"));
    let slug = &who.account.slug;
    page::ok(&ShowPage {
        list: referrals::list_href(slug),
        back: referrals::href(slug, won.row.id),
        name: called(&page, &won.row),
        conversion: panel(&page, &who, &won),
        page,
    })
}

/// What is so, and what this member can do about it.
pub fn panel<P: Permission>(page: &Page, who: &Can<P>, won: &Won) -> Panel {
    let (slug, state) = (&who.account.slug, state(&won.way));
    Panel {
        action: href(slug, won.row.id),
        title: page.word("conversion-is", state),
        text: page.t1(&format!("conversion-means-{state}"), "company", &won.row.company),
        acts: acts_of(page, who, won),
        open: match &won.way {
            Way::Done(customer) | Way::Own(customer, _) => Some((format!("/p/{slug}/customers/{customer}"), page.t("audit-open-customer"))),
            Way::Invited(invitation) => Some((invitations::href(slug, *invitation), page.t("audit-open-invitation"))),
            _ => None,
        },
    }
}

/// The state's word in message keys.
const fn state(way: &Way) -> &'static str {
    match way {
        Way::NotWon => "open",
        Way::Done(_) => "done",
        Way::Invited(_) => "invited",
        Way::Own(..) => "own",
        Way::Known => "known",
        Way::New => "new",
        Way::Reseller => "reseller",
    }
}

fn acts_of<P: Permission>(page: &Page, who: &Can<P>, won: &Won) -> Vec<Act> {
    let may = |action| page.why_not(who.may(action, Relationship::None));
    let act = |key, why, text: String| Act { key, label: page.word("conversion-act", key).to_owned(), why, text, to: String::new() };
    match &won.way {
        Way::NotWon | Way::Done(_) | Way::Invited(_) => Vec::new(),
        Way::Own(_, name) => vec![act("link", None, page.t1("conversion-link-text", "company", name))],
        Way::Known => vec![act("invite", may(Action::InviteCustomer), page.t("conversion-invite-text").to_owned())],
        Way::New => {
            let text = match &won.reseller {
                Some((_, reseller)) => page.t1("conversion-create-for", "reseller", reseller),
                None => page.t("conversion-create-text").to_owned(),
            };
            vec![act("create", may(Action::AddCustomer), text)]
        }
        Way::Reseller => {
            let ask = won.provider.iter().map(|(_, name)| act("ask", None, page.t1("conversion-ask-text", "provider", name)));
            let both = won.providers.iter().map(|(id, name)| Act {
                key: "both",
                label: page.t1("conversion-both", "provider", name),
                why: may(Action::InviteCustomer),
                text: page.t1("conversion-both-text", "provider", name),
                to: id.to_string(),
            });
            ask.chain(both).collect()
        }
    }
}

/// `POST /p/{account}/referrals/{referral}/customer`
pub async fn save(who: Can<AnswerReferrals>, path: web::Path<(String, String)>, posted: Posted<ConvertForm>) -> Result<HttpResponse> {
    let (id, sight): (ReferralId, _) = (path.1.parse().map_err(|()| Error::NotFound)?, Sight::of(&who));
    let form = posted.form;
    if posted.review {
        return Ok(page::see(&href(&who.account.slug, id), None));
    }
    must(&who, &form.act)?;
    let (user, person, slug) = (who.user.id, who.user.name.clone(), who.account.slug.clone());
    let is_provider = who.account.account_type == AccountType::IndirectProvider;
    let customers = sees_customers(&who);
    let (act, flash) = (form.act.clone(), flash(&form.act));
    let location = who
        .write_once(&posted.once, move |scope, conn| {
            let won = queries::won(scope, conn, sight, id, customers)?;
            match (act.as_str(), &won.way) {
                ("link", Way::Own(customer, _)) => {
                    acts::link(scope, conn, id, *customer)?;
                    Ok(format!("/p/{slug}/customers/{customer}"))
                }
                ("create", Way::New) => Ok(step_href(&slug, acts::begin(scope, conn, user, &won, is_provider)?, Step::Account)),
                ("invite", Way::Known) => Ok(format!("{}/edit", invitations::href(&slug, acts::invite(scope, conn, user, &won, None)?))),
                ("both", Way::Reseller) => {
                    let provider: Option<PartnerId> = won.providers.iter().map(|(id, _)| *id).find(|id| id.to_string() == form.to);
                    let provider = provider.ok_or(Error::NotFound)?;
                    Ok(format!("{}/edit", invitations::href(&slug, acts::invite(scope, conn, user, &won, Some(provider))?)))
                }
                ("ask", Way::Reseller) => {
                    acts::ask_provider(scope, conn, &won, &person)?;
                    Ok(href(&slug, id))
                }
                // Something else is so by now: the page says what.
                _ => Ok(href(&slug, id)),
            }
        })
        .await?;
    Ok(page::see(&location, flash))
}

/// Beside answering referrals, what an act takes.
fn must(who: &Can<AnswerReferrals>, act: &str) -> Result<()> {
    let action = match act {
        "create" => Action::AddCustomer,
        "invite" | "both" => Action::InviteCustomer,
        "link" | "ask" => Action::AnswerReferrals,
        _ => return Err(Error::BadRequest("act")),
    };
    who.may(action, Relationship::None).map_err(|because: Because| Error::NotAllowed(because))
}

fn flash(act: &str) -> Option<&'static str> {
    match act {
        "link" => Some("flash-conversion-linked"),
        "ask" => Some("flash-conversion-asked"),
        _ => None,
    }
}
