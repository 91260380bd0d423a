//! `/p/{account}/referrals/handovers/report`: what each reseller made of what it was handed, as a
//! page and as a file.

use super::queries::{self, Counted};
use super::{list_href, report_href};
use crate::access::Can;
use crate::access::permissions::HandOverReferrals;
use crate::clock::{DAY, HOUR, Moment};
use crate::db::ids::PartnerId;
use crate::domain::fold::fold;
use crate::domain::referral::Shared;
use crate::error::Result;
use crate::features::referrals;
use crate::web::export::{self, Format};
use crate::web::form::{Choice, Field};
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// Periods to choose from, in days.
const PERIODS: [i64; 4] = [30, 90, 182, 365];
/// Resellers that the page shows; the file has all.
const SHOWN: usize = 200;

/// What one reseller made of its offers, or all of them together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    pub name: String,
    pub offered: i64,
    /// Ever accepted, whatever became of it.
    pub accepted: i64,
    pub declined: i64,
    pub expired: i64,
    /// Another reseller was first, or it was taken back.
    pub gone: i64,
    pub won: i64,
    pub lost: i64,
    /// Microseconds from offer to answer, each.
    answers: Vec<i64>,
}

impl Line {
    fn add(&mut self, one: &Counted, now: Moment) {
        self.offered += 1;
        match one.state(now) {
            Shared::Received => {}
            Shared::Accepted => self.accepted += 1,
            Shared::Won => (self.accepted, self.won) = (self.accepted + 1, self.won + 1),
            Shared::Lost => (self.accepted, self.lost) = (self.accepted + 1, self.lost + 1),
            Shared::Declined => self.declined += 1,
            Shared::Expired => self.expired += 1,
            Shared::Taken | Shared::Withdrawn => self.gone += 1,
        }
        self.answers.extend(one.answered_at.map(|answered| answered.since(one.offered_at)));
    }
    /// Of those that it could have answered, how many it accepted, in percent.
    pub fn acceptance(&self) -> Option<i64> {
        percent(self.accepted, self.accepted + self.declined + self.expired)
    }
    /// Of those decided, how many it won, in percent.
    pub fn win_rate(&self) -> Option<i64> {
        percent(self.won, self.won + self.lost)
    }
    /// The median time to an answer, in hours, begun ones counted.
    pub fn hours(&self) -> Option<i64> {
        let mut sorted = self.answers.clone();
        sorted.sort_unstable();
        let middle = sorted.len() / 2;
        let median = match sorted.len() {
            0 => return None,
            even if even % 2 == 0 => (sorted[middle - 1] + sorted[middle]) / 2,
            _ => sorted[middle],
        };
        Some((median + HOUR - 1) / HOUR)
    }
}

fn percent(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| (part * 100 + whole / 2) / whole)
}

/// One line a reseller, most offers first, and their sum.
pub fn lines(counted: &[Counted], now: Moment) -> (Vec<Line>, Line) {
    let mut by_partner: FxHashMap<PartnerId, Line> = FxHashMap::default();
    let mut sum = Line::default();
    for one in counted {
        by_partner.entry(one.partner).or_insert_with(|| Line { name: one.name.clone(), ..Line::default() }).add(one, now);
        sum.add(one, now);
    }
    let mut lines: Vec<Line> = by_partner.into_values().collect();
    lines.sort_by_cached_key(|line| (-line.offered, fold(&line.name)));
    (lines, sum)
}

/// Which period.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    days: String,
}

fn days(query: &str) -> i64 {
    let asked: Asked = serde_html_form::from_str(query).unwrap_or_default();
    asked.days.parse().ok().filter(|days| PERIODS.contains(days)).unwrap_or(PERIODS[1])
}

async fn load(who: &Can<HandOverReferrals>, days: i64) -> Result<(Vec<Line>, Line)> {
    let now = who.now();
    who.read(move |scope, conn| Ok(lines(&queries::since(scope, conn, now.plus(-days * DAY))?, now))).await
}

/// A line in words.
pub struct LineView {
    pub name: String,
    pub cells: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "handover/report.html")]
pub struct ReportPage {
    pub page: Page,
    pub list: String,
    pub all: String,
    pub base: String,
    pub file: String,
    pub period: Field,
    pub lines: Vec<LineView>,
    pub sum: LineView,
    pub more: bool,
}

/// `GET /p/{account}/referrals/handovers/report`
pub async fn show(who: Can<HandOverReferrals>, req: HttpRequest) -> Result<HttpResponse> {
    let days = days(req.query_string());
    let (lines, sum) = load(&who, days).await?;
    let page = Page::member(&req, &who, "referrals", who.user.lang.t("handovers-report-title"));
    let slug = &who.account.slug;
    let periods = PERIODS.iter().map(|days| Choice::new(days.to_string(), page.tn("handovers-period", *days))).collect();
    page::ok(&ReportPage {
        list: referrals::list_href(slug),
        all: list_href(slug),
        base: report_href(slug),
        file: format!("{}.csv?days={days}", report_href(slug)),
        period: Field::text("days", page.t("handovers-period-label"), days.to_string()).choices("select", periods).width("medium"),
        more: lines.len() > SHOWN,
        lines: lines.iter().take(SHOWN).map(|line| view(&page, line, line.name.clone())).collect(),
        sum: view(&page, &sum, page.t("handovers-sum").to_owned()),
        page,
    })
}

fn view(page: &Page, line: &Line, name: String) -> LineView {
    let share = |value: Option<i64>| value.map(|value| page.t1("handovers-percent", "value", value)).unwrap_or_default();
    let cells = vec![
        (page.t("handovers-offered"), page.number(line.offered)),
        (page.t("handovers-accepted"), page.number(line.accepted)),
        (page.t("handovers-declined"), page.number(line.declined)),
        (page.t("handovers-expired"), page.number(line.expired)),
        (page.t("handovers-gone"), page.number(line.gone)),
        (page.t("handovers-won"), page.number(line.won)),
        (page.t("handovers-lost"), page.number(line.lost)),
        (page.t("handovers-acceptance"), share(line.acceptance())),
        (page.t("handovers-win-rate"), share(line.win_rate())),
        (page.t("handovers-hours"), line.hours().map(|hours| page.tn("handovers-hours-value", hours)).unwrap_or_default()),
    ];
    LineView { name, cells }
}

/// The columns of the file: interfaces rather than texts, so the same in every language.
const HEAD: [&str; 11] = [
    "Reseller",
    "Offered",
    "Accepted",
    "Declined",
    "Expired",
    "Taken or withdrawn",
    "Won",
    "Lost",
    "Acceptance %",
    "Win rate %",
    "Median hours to answer",
];

/// `GET /p/{account}/referrals/handovers/report.csv`
pub async fn download(who: Can<HandOverReferrals>, req: HttpRequest) -> Result<HttpResponse> {
    let (lines, _) = load(&who, days(req.query_string())).await?;
    let rows = lines.iter().map(cells).collect();
    export::stream("handovers", Format::of(req.path(), req.query_string()), HEAD.to_vec(), export::whole(rows)).await
}

fn cells(line: &Line) -> Vec<String> {
    let known = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
    let counts = [line.offered, line.accepted, line.declined, line.expired, line.gone, line.won, line.lost];
    let rates = [line.acceptance(), line.win_rate(), line.hours()];
    let counts = counts.iter().map(ToString::to_string);
    let mut cells = vec![line.name.clone()];
    cells.extend(counts.chain(rates.into_iter().map(known)));
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(answers: &[i64]) -> Line {
        Line { answers: answers.iter().map(|hours| hours * HOUR).collect(), ..Line::default() }
    }

    #[test]
    fn the_median_is_the_middle_answer_or_between_the_two_middle_ones() {
        for (answers, wanted) in [(&[][..], None), (&[5][..], Some(5)), (&[1, 9][..], Some(5)), (&[100, 1, 2][..], Some(2))] {
            assert_eq!(line(answers).hours(), wanted, "{answers:?}");
        }
    }

    #[test]
    fn rates_count_what_could_be_answered_and_what_was_decided() {
        let some = Line { offered: 10, accepted: 3, declined: 1, expired: 2, gone: 4, won: 2, lost: 1, ..Line::default() };
        assert_eq!((some.acceptance(), some.win_rate()), (Some(50), Some(67)));
        assert_eq!((Line::default().acceptance(), Line::default().win_rate()), (None, None));
    }
}
