//! What runs again and again: when it ran, when it runs next, and what went wrong.

use crate::access::Operator;
use crate::access::posted::Posted;
use crate::access::schedule::Row;
use crate::clock::{HOUR, MINUTE, Moment};
use crate::error::Result;
use crate::features::sign_in::handlers::Empty;
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

/// A task as its row shows it.
pub struct Line {
    pub name: &'static str,
    pub title: String,
    pub every: String,
    /// Kind and text of the badge.
    pub badge: (&'static str, &'static str),
    pub last: String,
    pub next: String,
    pub done: String,
    pub runs: String,
    pub failures: String,
    pub error: String,
    /// It is being run, so it cannot be hurried.
    pub running: bool,
}

/// `/operator/schedule`
#[derive(Template)]
#[template(path = "operator/schedule.html")]
pub struct SchedulePage {
    pub page: Page,
    pub lines: Vec<Line>,
}

/// `GET /operator/schedule`
pub async fn show(who: Operator, req: HttpRequest) -> Result<HttpResponse> {
    let tasks = who.tasks().await?;
    let page = Page::operator(&req, &who, "/operator/schedule", who.user.lang.t("operator-schedule-title"));
    let now = who.app().now();
    let lines = tasks.iter().map(|task| line(&page, task, now)).collect();
    page::ok(&SchedulePage { page, lines })
}

fn line(page: &Page, task: &Row, now: Moment) -> Line {
    let state = task.state.as_ref();
    let moment = |at: Option<Moment>| at.map_or_else(String::new, |at| page.moment(at));
    let number = |n: Option<i64>| page.number(n.unwrap_or(0));
    let badge = match () {
        () if task.is_running(now) => ("info", page.t("operator-task-running")),
        () if task.is_overdue(now) => ("warn", page.t("operator-task-overdue")),
        () if task.has_failed() => ("bad", page.t("operator-task-failed")),
        () => ("ok", page.t("operator-task-well")),
    };
    Line {
        name: task.name,
        title: title(page, task.name),
        every: every(page, task.every),
        badge,
        last: moment(state.and_then(|state| state.finished_at)),
        next: moment(state.map(|state| state.next_at)),
        done: number(state.map(|state| state.done)),
        runs: number(state.map(|state| state.runs)),
        failures: number(state.map(|state| state.failures)),
        error: state.map_or_else(String::new, |state| state.last_error.clone()),
        running: task.is_running(now),
    }
}

/// What a task does; its name where no text says so.
fn title(page: &Page, name: &str) -> String {
    let key = format!("task-{}", name.replace(['.', '_'], "-"));
    if page.lang.has(&key) { page.t(&key).to_owned() } else { name.to_owned() }
}

fn every(page: &Page, micros: i64) -> String {
    match micros / MINUTE {
        minutes if micros % HOUR == 0 => page.tn("operator-every-hours", minutes / 60),
        minutes => page.tn("operator-every-minutes", minutes),
    }
}

/// `POST /operator/schedule/{task}/run`
pub async fn run(who: Operator, task: web::Path<String>, _posted: Posted<Empty>) -> Result<HttpResponse> {
    who.hurry(&task).await?;
    Ok(page::see("/operator/schedule", Some("flash-task-hurried")))
}
