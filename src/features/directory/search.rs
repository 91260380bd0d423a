//! The page of results.

use super::filter::{ANY, Filter};
use super::frame::{self, Frame};
use super::insights::{self, Listed, Seen};
use super::listing::{self, Listing};
use super::state::{Near, SIZE, State};
use super::views::{Card, Links};
use super::{contact_href, href};
use crate::access::Visitor;
use crate::access::directory::Counts;
use crate::access::terms::Terms;
use crate::db::Conn;
use crate::db::ids::LocationId;
use crate::db::search::directory::few::{self, Hit};
use crate::db::search::directory::{Asked, Place, many};
use crate::domain::country::{self, Country};
use crate::domain::place::{self, Town};
use crate::domain::{AccountType, Cloud};
use crate::error::Result;
use crate::i18n::Lang;
use crate::web::page::Page;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Results are counted up to here, and those of each value in a whole cloud.
const CAP: i64 = 1_001;
/// Those of each value among many results, which are counted while somebody waits.
const SOME: i64 = 101;
/// Among the counts of a whole directory: how many there are.
const ALL: &str = "";
/// Choices of a filter that are shown before one asks for all.
const FEW: usize = 6;

/// What a question found.
struct Found {
    terms: Terms,
    rows: Vec<(Place, Listing)>,
    total: i64,
    previous: bool,
    next: bool,
    /// What each filter value would leave, where that was counted.
    counts: Counts,
    /// All filters were counted, not the open one alone, and that only up to [`SOME`].
    all: bool,
    near: Near,
}

/// A filter, and the choices of it that lead anywhere.
pub struct Facet {
    pub key: &'static str,
    pub chosen: Option<String>,
    pub open: bool,
    pub remove: String,
    pub choices: Vec<Choice>,
    /// Leads to all choices, where they are not shown.
    pub more: Option<String>,
}

/// A value of a filter as a link.
pub struct Choice {
    pub label: String,
    pub href: String,
    pub count: String,
}

#[derive(Template)]
#[template(path = "directory/list.html")]
struct List {
    page: Page,
    frame: Frame,
    state: State,
    total: String,
    cards: Vec<Card>,
    facets: Vec<Facet>,
    towns: Vec<(String, String)>,
    unknown: bool,
    clouds: Vec<(String, String, bool)>,
    previous: Option<String>,
    next: Option<String>,
}

/// `GET /directory`
pub async fn show(req: HttpRequest, visitor: Visitor) -> Result<HttpResponse> {
    let state = State::read(req.query_string());
    let (known, change) = (visitor.known_choices(state.cloud()), Visitor::changes());
    let (asked, whole) = (state.clone(), known.is_none());
    let found = visitor.look(move |conn| find(conn, &asked, known)).await?;
    if state.is_all() && whole {
        visitor.know_choices(state.cloud(), change, Arc::clone(&found.counts));
    }
    let near = near(&found);
    let seen = found.rows.iter().map(|(_, one)| Listed {
        partner: one.partner,
        profile: one.profile,
        // As its card shows it: near a place, with its nearest location.
        location: near.and_then(|_| one.content.nearest(near)).map(|location| LocationId::from_uuid(location.id)),
    });
    insights::count(&visitor, Seen::Appearance, seen.collect::<Vec<_>>());
    let lang = state.lang;
    frame::answer(StatusCode::OK, lang, &list(&req, &visitor, state, found)?)
}

/// A question's answer in few statements, however many match and however deep the page is.
fn find(conn: &mut Conn, state: &State, known: Option<Counts>) -> Result<Found> {
    let terms = Terms::load(conn)?;
    let near = state.place();
    let asked = state.asked(&terms, &near);
    let window = state.window();
    let few = if asked.asks() { few::find(conn, &asked, CAP)? } else { None };
    let mut places = match &few {
        Some(hits) => few::page(hits, &window),
        None => many::page(conn, &asked, &window)?,
    };
    let more = places.len() as i64 > SIZE;
    places.truncate(SIZE as usize);
    if window.backwards {
        places.reverse();
    }
    let (total, counts, all) = match &few {
        Some(hits) => (hits.len() as i64, Arc::new(of_all(hits, &terms)), true),
        None if state.is_all() => {
            let counts = known.map_or_else(|| of_directory(conn, &asked, &terms), Ok)?;
            (counts.get(ALL).copied().unwrap_or(0), counts, true)
        }
        // Among many, the values of the filter that somebody opened alone. What the index has found is
        // counted; of a place it knows the neighbourhood alone.
        None => {
            let open: Vec<Filter> = state.open.into_iter().collect();
            let total = if asked.near.is_some() || !asked.asks() { many::count(conn, &asked, CAP)? } else { CAP };
            (total, Arc::new(of_each(conn, &asked, &open, &terms, SOME)?), false)
        }
    };
    Ok(Found {
        rows: listing::at(conn, &places)?,
        previous: if window.backwards { more } else { window.from.is_some() },
        next: more || window.backwards,
        counts,
        terms,
        total,
        all,
        near,
    })
}

/// What each value leaves of these matches.
fn of_all(hits: &[Hit], terms: &Terms) -> BTreeMap<String, i64> {
    let mut values: FxHashMap<&str, i64> = FxHashMap::default();
    for value in hits.iter().flat_map(|hit| hit.facets.split(' ')) {
        *values.entry(value).or_default() += 1;
    }
    let mut counts: BTreeMap<String, i64> = values.into_iter().map(|(value, count)| (value.to_owned(), count)).collect();
    let any = counts.get(&Filter::Size.text(ANY)).copied().unwrap_or(0);
    for size in offered(Filter::Size, terms) {
        *counts.entry(Filter::Size.text(&size)).or_default() += any;
    }
    counts
}

/// What each value leaves of a whole cloud, and how many that has; each up to the cap.
fn of_directory(conn: &mut Conn, asked: &Asked, terms: &Terms) -> Result<Counts> {
    let mut counts = of_each(conn, asked, Filter::ALL, terms, CAP)?;
    counts.insert(ALL.to_owned(), many::count(conn, asked, CAP)?);
    Ok(Arc::new(counts))
}

fn of_each(conn: &mut Conn, asked: &Asked, filters: &[Filter], terms: &Terms, cap: i64) -> Result<BTreeMap<String, i64>> {
    let values: Vec<(Filter, String)> =
        filters.iter().flat_map(|filter| offered(*filter, terms).into_iter().map(|value| (*filter, value))).collect();
    let groups: Vec<_> = values.iter().map(|(filter, value)| filter.group(value)).collect();
    let counts = many::facet_counts(conn, asked, &groups, cap)?;
    Ok(values.into_iter().zip(counts).map(|((filter, value), count)| (filter.text(&value), count)).collect())
}

/// The values that a filter can have.
fn offered(filter: Filter, terms: &Terms) -> Vec<String> {
    match filter.vocabulary() {
        Some(kind) => terms.all(kind).map(|term| term.key.clone()).collect(),
        None if filter == Filter::Type => AccountType::ALL.iter().map(|kind| kind.as_str().to_owned()).collect(),
        None => country::all().iter().map(|land| land.code.to_owned()).collect(),
    }
}

fn label(page: &Page, terms: &Terms, filter: Filter, value: &str) -> String {
    match filter.vocabulary() {
        Some(kind) => terms.name(kind, value, page.lang).to_owned(),
        None if filter == Filter::Country => Country::name_of(value, page.lang.as_str()).to_owned(),
        None => AccountType::from_text(value).map_or(value, |kind| page.word("account-type", kind.as_str())).to_owned(),
    }
}

fn list(req: &HttpRequest, visitor: &Visitor, state: State, found: Found) -> Result<List> {
    let mut frame = Frame::new(req, visitor, state.lang, "", |lang| state.in_lang(lang).here());
    let page = &frame.page;
    let town = match &found.near {
        Near::Town(town) => Some(format!("{}, {}", town.name, Country::name_of(town.country, page.lang.as_str()))),
        _ => None,
    };
    let title = match &town {
        Some(town) => page.t1("directory-title-near", "place", town),
        None => page.t("directory-title").to_owned(),
    };
    let total = if found.total >= CAP {
        page.ta("directory-total-many", &[("shown", page.number(CAP - 1).into())])
    } else {
        page.tn("directory-total", found.total)
    };
    let near = near(&found);
    let cards = found.rows.iter().map(|(_, one)| card(page, &found.terms, one, near, state.lang)).collect();
    let place = |at: Option<&(Place, Listing)>| at.map(|(place, _)| *place);
    let previous = place(found.rows.first()).filter(|_| found.previous).map(|place| state.at(place, true));
    let next = place(found.rows.last()).filter(|_| found.next).map(|place| state.at(place, false));
    frame.description = page.t("directory-description").to_owned();
    frame.index = state.is_landing();
    let facets = facets(page, &state, &found);
    let (towns, clouds) = (towns(&state), clouds(page, &state));
    frame.title(title);
    Ok(List {
        page: frame.page.clone(),
        unknown: matches!(found.near, Near::Unknown),
        total,
        cards,
        facets,
        towns,
        clouds,
        previous,
        next,
        frame,
        state,
    })
}

/// The point of the place that was asked for.
fn near(found: &Found) -> Option<place::Point> {
    if let Near::Town(town) = &found.near { Some(town.point) } else { None }
}

fn card(page: &Page, terms: &Terms, one: &Listing, near: Option<place::Point>, lang: Option<Lang>) -> Card {
    let links =
        Links { profile: href(&one.slug, lang), contact: contact_href(&one.slug, None, lang), logo: one.logo.map(super::logo_href) };
    let card = Card::of(page, terms, &one.content, links, near, one.answer_hours, Some(one.account_type));
    Card { slug: one.slug.clone(), ..card }
}

fn facets(page: &Page, state: &State, found: &Found) -> Vec<Facet> {
    let cap = if found.all { CAP } else { SOME };
    let facet = |filter: &Filter| {
        let open = state.open == Some(*filter);
        let chosen = state.value(*filter).map(|value| label(page, &found.terms, *filter, value));
        let count = |value: &str| found.counts.get(&filter.text(value)).copied().unwrap_or(0);
        let counted = chosen.is_none() && (found.all || open);
        let mut choices: Vec<(String, i64, String)> = if counted {
            let values = offered(*filter, &found.terms).into_iter();
            let with = values.map(|value| (label(page, &found.terms, *filter, &value), count(&value), value));
            with.filter(|(_, count, _)| *count > 0).collect()
        } else {
            Vec::new()
        };
        if filter.vocabulary().is_none() {
            choices.sort_by_key(|(label, count, _)| (std::cmp::Reverse(*count), label.clone()));
        } else if !open {
            // What is equally frequent stays in the order of its vocabulary.
            choices.sort_by_key(|(_, count, _)| std::cmp::Reverse(*count));
        }
        let more = chosen.is_none() && !open && (!counted || choices.len() > FEW);
        if !open {
            choices.truncate(FEW);
        }
        Facet {
            key: filter.as_str(),
            open: open || chosen.is_some() || matches!(filter, Filter::Country | Filter::Service),
            chosen,
            remove: state.without(*filter).href(),
            more: more.then(|| state.opened(Some(*filter)).href()),
            choices: choices.into_iter().map(|(label, count, value)| choice(page, state, *filter, label, (count, cap), &value)).collect(),
        }
    };
    Filter::ALL.iter().map(facet).filter(|facet| facet.chosen.is_some() || facet.more.is_some() || !facet.choices.is_empty()).collect()
}

fn choice(page: &Page, state: &State, filter: Filter, label: String, (count, cap): (i64, i64), value: &str) -> Choice {
    let count = if count >= cap { format!("{}+", page.number(cap - 1)) } else { page.number(count) };
    Choice { label, href: state.with(filter, value).href(), count }
}

/// Towns to mean instead of one that is not known.
fn towns(state: &State) -> Vec<(String, String)> {
    let beginning: String = state.near.chars().take(4).collect();
    let links = |town: Town| {
        let name = Country::name_of(town.country, state.lang.unwrap_or(Lang::En).as_str());
        let near = format!("{}, {name}", town.name);
        (near.clone(), State { near, from: None, ..state.clone() }.href())
    };
    if matches!(state.place(), Near::Unknown) { place::suggest(None, &beginning, 5).into_iter().map(links).collect() } else { Vec::new() }
}

/// Each cloud apart: its name, its directory, and whether this is it.
fn clouds(page: &Page, state: &State) -> Vec<(String, String, bool)> {
    let cloud = |cloud: &Cloud| {
        let there = State { cloud: Some(*cloud).filter(|cloud| *cloud != Cloud::Worldwide), lang: state.lang, ..State::default() };
        (page.word("cloud", cloud.as_str()).to_owned(), there.href(), state.cloud() == *cloud)
    };
    Cloud::ALL.iter().filter(|cloud| cloud.has_profiles()).map(cloud).collect()
}
