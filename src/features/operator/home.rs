//! What needs an operator, first of all.

use crate::access::Operator;
use crate::access::outbox::{CAP, Queues};
use crate::access::schedule::Row;
use crate::clock::Moment;
use crate::error::Result;
use crate::features::routing::queries as routing;
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

/// Something that needs an operator.
pub struct Todo {
    pub title: String,
    pub text: &'static str,
    pub href: Option<&'static str>,
}

/// `/operator`
#[derive(Template)]
#[template(path = "operator/home.html")]
pub struct HomePage {
    pub page: Page,
    pub todo: Vec<Todo>,
    /// Label and value.
    pub mail: Vec<(&'static str, String)>,
    pub schedule: Vec<(&'static str, String)>,
}

/// `GET /operator`
pub async fn show(who: Operator, req: HttpRequest) -> Result<HttpResponse> {
    let (queues, tasks, now) = (who.queues().await?, who.tasks().await?, who.app().now());
    let expiring = who.look(move |conn| routing::expiring(conn, now)).await?;
    let waiting = who.count_waiting_profiles().await?;
    let page = Page::operator(&req, &who, "/operator", who.user.lang.t("operator-title"));
    page::ok(&HomePage {
        todo: todo(&page, &queues, &tasks, (waiting, expiring), now),
        mail: mail(&page, &queues),
        schedule: schedule(&page, &tasks, now),
        page,
    })
}

fn todo(page: &Page, queues: &Queues, tasks: &[Row], (waiting, expiring): (i64, i64), now: Moment) -> Vec<Todo> {
    let overdue = tasks.iter().filter(|task| task.is_overdue(now)).count() as i64;
    let failed = tasks.iter().filter(|task| task.has_failed()).count() as i64;
    let one = |key: &str, count: i64, text, href| Todo { title: page.tn(key, count), text, href: Some(href) };
    let mut todo = Vec::new();
    if !page.sends_mail {
        todo.push(Todo { title: page.t("operator-no-server").to_owned(), text: page.t("operator-no-server-text"), href: None });
    }
    if queues.dead > 0 {
        todo.push(one("operator-dead", queues.dead, page.t("operator-dead-text"), "/operator/mail?state=dead"));
    }
    if queues.failing > 0 {
        todo.push(one("operator-failing", queues.failing, page.t("operator-failing-text"), "/operator/mail?state=queued"));
    }
    if waiting > 0 {
        todo.push(one("operator-profiles", waiting, page.t("operator-profiles-text"), "/operator/profiles"));
    }
    if expiring > 0 {
        todo.push(one("operator-expiring", expiring, page.t("operator-expiring-text"), "/operator/routing"));
    }
    if overdue > 0 {
        todo.push(one("operator-overdue", overdue, page.t("operator-overdue-text"), "/operator/schedule"));
    }
    if failed > 0 {
        todo.push(one("operator-failed", failed, page.t("operator-failed-text"), "/operator/schedule"));
    }
    todo
}

fn mail(page: &Page, queues: &Queues) -> Vec<(&'static str, String)> {
    let count = |count: i64| if count > CAP { format!("{}+", page.number(CAP)) } else { page.number(count) };
    let mut facts = vec![
        (page.t("operator-waiting"), count(queues.waiting)),
        (page.t("operator-waiting-failed"), count(queues.failing)),
        (page.t("operator-given-up"), count(queues.dead)),
    ];
    facts.extend(queues.oldest.map(|at| (page.t("operator-oldest"), page.moment(at))));
    facts
}

fn schedule(page: &Page, tasks: &[Row], now: Moment) -> Vec<(&'static str, String)> {
    let last = tasks.iter().filter_map(|task| task.state.as_ref()?.finished_at).max();
    let next = tasks.iter().filter_map(|task| Some(task.state.as_ref()?.next_at)).min();
    let mut facts = vec![(page.t("operator-tasks"), page.number(tasks.len() as i64))];
    facts.extend(last.map(|at| (page.t("operator-last-run"), page.moment(at))));
    facts.extend(next.filter(|at| *at > now).map(|at| (page.t("operator-next-run"), page.moment(at))));
    facts
}
