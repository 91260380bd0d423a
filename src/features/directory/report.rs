//! Insights of one business profile: how often it was found, looked at, and asked.

use crate::access::permissions::ViewInsights;
use crate::access::{Can, Scope, insight};
use crate::clock::{DAY, Moment};
use crate::db::Conn;
use crate::db::ids::{LocationId, ProfileId};
use crate::db::schema::{business_profile, insight as counted, profile_location};
use crate::domain::insight::Seen;
use crate::error::{Error, Result};
use crate::features::profile;
use crate::web::export::{self, Format};
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use diesel::prelude::*;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

/// How far back, and the days of a point of the chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Period {
    key: &'static str,
    days: i64,
    step: i64,
}

const PERIODS: [Period; 3] = [
    Period { key: "30-days", days: 30, step: 1 },
    Period { key: "3-months", days: 91, step: 7 },
    Period { key: "6-months", days: 182, step: 7 },
];

#[derive(Deserialize, Default)]
#[serde(default)]
struct Params {
    period: String,
    location: String,
    /// Which table the file has: `places`, or that over time.
    table: String,
}

/// What the address asks for.
#[derive(Debug, Clone, Copy)]
struct Asked {
    profile: ProfileId,
    period: Period,
    /// One location, or all and the profile itself.
    location: Option<LocationId>,
    today: i64,
}

impl Asked {
    fn read(who: &Can<ViewInsights>, profile: &str, query: &str) -> Result<Self> {
        let params: Params = serde_html_form::from_str(query).unwrap_or_default();
        let period = PERIODS.into_iter().find(|period| period.key == params.period).unwrap_or(PERIODS[0]);
        let profile = profile.parse().map_err(|()| Error::NotFound)?;
        Ok(Self { profile, period, location: params.location.parse().ok(), today: insight::day(who.now()) })
    }
    fn query(&self) -> String {
        let location = self.location.map(|id| format!("&location={id}")).unwrap_or_default();
        format!("?period={}{location}", self.period.key)
    }
    /// The first day, so that every point of the chart has all its days.
    fn first(&self) -> i64 {
        self.today + 1 - self.period.days
    }
}

/// The table by location, in the address of a file.
const PLACES: &str = "places";

type Sums = [i64; 4];

/// What was counted.
struct Counted {
    country: String,
    /// Name and sums of each location that still is in the profile or was seen; without an id, the
    /// profile itself.
    places: Vec<(Option<LocationId>, String, Sums)>,
    /// First day of a step, sums.
    steps: Vec<(i64, Sums)>,
}

fn load(scope: &Scope, conn: &mut Conn, asked: &Asked) -> Result<Counted> {
    let own = scope.all(business_profile::table).filter(business_profile::id.eq(asked.profile));
    let country: String = own.select(business_profile::country).first(conn)?;
    let names: Vec<(LocationId, String, bool)> = scope
        .all(profile_location::table)
        .filter(profile_location::profile_id.eq(asked.profile))
        .order(profile_location::name)
        .select((profile_location::id, profile_location::name, profile_location::active))
        .load(conn)?;
    let rows: Vec<(i64, Seen, LocationId, i64)> = scope
        .all(counted::table)
        .filter(counted::profile_id.eq(asked.profile))
        .filter(counted::day.ge(asked.first()))
        .select((counted::day, counted::kind, counted::location_id, counted::count))
        .load(conn)?;
    let mut steps: Vec<(i64, Sums)> =
        (0..asked.period.days / asked.period.step).map(|i| (asked.first() + i * asked.period.step, [0; 4])).collect();
    let mut by_place: BTreeMap<Option<LocationId>, Sums> = BTreeMap::new();
    for (day, seen, location, count) in rows {
        let location = Some(location).filter(|id| !id.uuid().is_nil());
        by_place.entry(location).or_default()[place(seen)] += count;
        let step = ((day - asked.first()) / asked.period.step) as usize;
        if asked.location.is_none_or(|chosen| Some(chosen) == location)
            && let Some((_, sums)) = steps.get_mut(step)
        {
            sums[place(seen)] += count;
        }
    }
    let mut places = vec![(None, String::new(), by_place.remove(&None).unwrap_or_default())];
    for (id, name, active) in names {
        let sums = by_place.remove(&Some(id)).unwrap_or_default();
        if active || sums != [0; 4] {
            places.push((Some(id), name, sums));
        }
    }
    Ok(Counted { country, places, steps })
}

fn place(seen: Seen) -> usize {
    Seen::ALL.iter().position(|known| *known == seen).unwrap_or_default()
}

fn date(day: i64) -> Date {
    Moment::from_micros(day * DAY).zoned("UTC").date()
}

/// One kind as a line over time, with its own scale.
pub struct Chart {
    pub key: &'static str,
    pub total: String,
    pub most: String,
    pub points: String,
    /// What the line tells, for whoever does not see it.
    pub says: String,
}

/// A row of a table: its heading, where it leads, and the sums of each kind.
pub struct Line {
    pub name: String,
    pub href: Option<String>,
    pub current: bool,
    pub sums: Vec<String>,
}

/// A step from being found to being asked.
pub struct Stage {
    pub key: &'static str,
    pub sum: i64,
    pub shown: String,
    /// Of the step before, in hundredths.
    pub share: Option<String>,
}

#[derive(Template)]
#[template(path = "directory/insights.html")]
struct Insights {
    page: Page,
    list: String,
    profile: String,
    country: String,
    csv: String,
    places_csv: String,
    periods: Vec<(&'static str, String, bool)>,
    kinds: Vec<&'static str>,
    stages: Vec<Stage>,
    charts: Vec<Chart>,
    places: Vec<Line>,
    steps: Vec<Line>,
    weekly: bool,
    empty: bool,
}

/// `GET /p/{account}/profile/{profile}/insights`
pub async fn show(who: Can<ViewInsights>, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let asked = Asked::read(&who, &path.1, req.query_string())?;
    let counted = who.glance(move |scope, conn| load(scope, conn, &asked)).await?;
    page::ok(&view(&who, &req, &asked, &counted))
}

fn view(who: &Can<ViewInsights>, req: &HttpRequest, asked: &Asked, counted: &Counted) -> Insights {
    let mut page = Page::member(req, who, "profile", "");
    let country = crate::domain::country::Country::name_of(&counted.country, page.lang.as_str()).to_owned();
    page.title = page.t1("insights-title", "country", &country);
    let base = insights_href(&who.account.slug, asked.profile);
    let totals = counted.steps.iter().fold([0; 4], |sums, (_, step)| add(sums, *step));
    let period = |period: Period| (period.key, format!("{base}{}", Asked { period, ..*asked }.query()), period == asked.period);
    Insights {
        list: profile::list_href(&who.account.slug),
        profile: profile::href(&who.account.slug, asked.profile),
        country,
        csv: format!("{base}.csv{}", asked.query()),
        places_csv: format!("{base}.csv{}&table={PLACES}", asked.query()),
        periods: PERIODS.into_iter().map(period).collect(),
        kinds: Seen::ALL.iter().map(|seen| seen.as_str()).collect(),
        stages: stages(&page, totals),
        charts: (0..4).map(|kind| chart(&page, kind, &counted.steps)).collect(),
        places: places(&page, &base, asked, &counted.places),
        steps: counted.steps.iter().rev().map(|(day, sums)| line(&page, page.lang.day(date(*day)), *sums)).collect(),
        weekly: asked.period.step > 1,
        empty: counted.places.iter().all(|(_, _, sums)| *sums == [0; 4]),
        page,
    }
}

/// The page of a profile's insights.
pub fn insights_href(slug: &str, id: ProfileId) -> String {
    format!("{}/insights", profile::href(slug, id))
}

fn add(a: Sums, b: Sums) -> Sums {
    std::array::from_fn(|i| a[i] + b[i])
}

fn line(page: &Page, name: String, sums: Sums) -> Line {
    Line { name, href: None, current: false, sums: sums.iter().map(|sum| page.number(*sum)).collect() }
}

/// All of it, the profile itself, and each location; each location leads to its own figures.
fn places(page: &Page, base: &str, asked: &Asked, places: &[(Option<LocationId>, String, Sums)]) -> Vec<Line> {
    let link = |location| format!("{base}{}", Asked { location, ..*asked }.query());
    let all = places.iter().fold([0; 4], |sums, (_, _, own)| add(sums, *own));
    let whole = Line { href: Some(link(None)), current: asked.location.is_none(), ..line(page, page.t("insights-all").to_owned(), all) };
    let each = places.iter().map(|(id, name, sums)| match id {
        Some(id) => Line { href: Some(link(Some(*id))), current: asked.location == Some(*id), ..line(page, name.clone(), *sums) },
        None => line(page, page.t("insights-profile").to_owned(), *sums),
    });
    std::iter::once(whole).chain(each).collect()
}

fn stages(page: &Page, totals: Sums) -> Vec<Stage> {
    let share = |kind: usize| {
        let before = *totals.get(kind.checked_sub(1)?)?;
        (before > 0 && totals[kind] <= before).then(|| page.t1("insights-share", "percent", page.number(totals[kind] * 100 / before)))
    };
    let stage = |(kind, seen): (usize, &Seen)| Stage {
        key: seen.as_str(),
        sum: totals[kind],
        shown: page.number(totals[kind]),
        share: share(kind),
    };
    Seen::ALL.iter().enumerate().map(stage).collect()
}

/// The drawing's size, in its own units.
const WIDTH: i64 = 320;
const HEIGHT: i64 = 80;

fn chart(page: &Page, kind: usize, steps: &[(i64, Sums)]) -> Chart {
    let most = steps.iter().map(|(_, sums)| sums[kind]).max().unwrap_or(0);
    let across = (steps.len() as i64 - 1).max(1);
    let at = |(i, (_, sums)): (usize, &(i64, Sums))| {
        format!("{},{}", 4 + i as i64 * WIDTH / across, 4 + HEIGHT - sums[kind] * HEIGHT / most.max(1))
    };
    let total: i64 = steps.iter().map(|(_, sums)| sums[kind]).sum();
    let best = steps.iter().rev().max_by_key(|(_, sums)| sums[kind]).filter(|_| most > 0);
    let says = match best {
        Some((day, sums)) => page.ta(
            "insights-says",
            &[("total", page.number(total).into()), ("most", page.number(sums[kind]).into()), ("day", page.lang.day(date(*day)).into())],
        ),
        None => page.t("insights-says-nothing").to_owned(),
    };
    Chart {
        key: Seen::ALL[kind].as_str(),
        total: page.number(total),
        most: page.number(most),
        points: steps.iter().enumerate().map(at).collect::<Vec<_>>().join(" "),
        says,
    }
}

/// `GET /p/{account}/profile/{profile}/insights.csv`: a table of the page.
pub async fn download(who: Can<ViewInsights>, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let asked = Asked::read(&who, &path.1, req.query_string())?;
    let counted = who.read(move |scope, conn| load(scope, conn, &asked)).await?;
    let params: Params = serde_html_form::from_str(req.query_string()).unwrap_or_default();
    let line = |(name, sums): (String, &Sums)| std::iter::once(name).chain(sums.iter().map(i64::to_string)).collect();
    let (name, first, rows) = if params.table == PLACES {
        let whole = who.user.lang.t("insights-profile");
        let named = counted.places.iter().map(|(id, name, sums)| (if id.is_some() { name.clone() } else { whole.to_owned() }, sums));
        ("insights-locations", "Location", named.map(line).collect())
    } else {
        let dated = counted.steps.iter().rev().map(|(day, sums)| (date(*day).to_string(), sums));
        ("insights", "From", dated.map(line).collect())
    };
    let head = vec![first, "Appearances", "Views", "Contacts", "Leads"];
    export::stream(name, Format::of(req.path(), req.query_string()), head, export::whole(rows)).await
}
