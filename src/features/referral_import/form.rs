//! `/p/{account}/referrals/import`: a file or a pasted list, what each row would do, and the job.

use super::columns::{self, File, Line, MOST};
use super::judge::{Judge, Verdict};
use super::run::{self, Task};
use super::{href, new_href};
use crate::access::Can;
use crate::access::permissions::ImportReferrals;
use crate::access::posted::Posted;
use crate::access::referral::Sight;
use crate::access::terms::Terms;
use crate::access::upload::Upload;
use crate::db::ids::ImportId;
use crate::error::Result;
use crate::features::referrals;
use crate::web::form::{Errors, Field};
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;
use std::collections::HashSet;

/// Longest file, in bytes: a thousand rows of usual length.
const LONGEST: usize = 1024 * 1024;
/// The same in a form, where a byte may take three.
const PASTE: usize = 3 * LONGEST + 64 * 1024;
/// Rows that the dry run shows; those with errors first.
const SHOWN: usize = 200;

/// One row, and what would become of it.
pub struct LineView {
    pub number: usize,
    pub name: String,
    pub badge: (&'static str, &'static str),
    /// Columns and what is wrong, or what changes.
    pub details: Vec<(String, String)>,
    rank: u8,
}

#[derive(Template)]
#[template(path = "referral_import/form.html")]
pub struct FormPage {
    pub page: Page,
    pub errors: Errors,
    pub list: String,
    pub action: String,
    pub upload: String,
    pub file: Field,
    pub rows: Field,
    pub lines: Vec<LineView>,
    pub more: bool,
    /// How many would be created, updated, left as they are and left out; none before the dry run.
    pub summary: Option<String>,
    pub ready: i64,
    /// Columns that nobody knows.
    pub unknown: Option<String>,
    pub columns: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ImportForm {
    rows: String,
    /// `check` or `import`.
    action: String,
}

/// `GET /p/{account}/referrals/import`
pub async fn show(who: Can<ImportReferrals>, req: HttpRequest) -> Result<HttpResponse> {
    shown(&who, &req, &ImportForm::default(), None, Errors::default())
}

type Judged = Vec<(Line, Verdict)>;

fn shown(
    who: &Can<ImportReferrals>,
    req: &HttpRequest,
    form: &ImportForm,
    judged: Option<(File, Judged)>,
    errors: Errors,
) -> Result<HttpResponse> {
    let page = Page::member(req, who, "referrals", who.user.lang.t("import-title"));
    let slug = &who.account.slug;
    let (file, judged) = judged.map_or((None, Vec::new()), |(file, judged)| (Some(file), judged));
    let count = |which: fn(&Verdict) -> bool| judged.iter().filter(|(_, verdict)| which(verdict)).count() as i64;
    let (created, updated) = (count(|one| matches!(one, Verdict::Create(_))), count(|one| matches!(one, Verdict::Update(_))));
    let (same, wrong) = (count(|one| matches!(one, Verdict::Same)), count(|one| matches!(one, Verdict::Wrong(_))));
    let numbers = [("created", created), ("updated", updated), ("same", same), ("wrong", wrong)];
    let args: Vec<_> = numbers.iter().map(|(name, value)| (*name, page.number(*value).into())).collect();
    let mut lines: Vec<LineView> = judged.iter().map(|(line, verdict)| line_view(&page, line, verdict)).collect();
    lines.sort_by_key(|line| (line.rank, line.number));
    let more = lines.len() > SHOWN;
    lines.truncate(SHOWN);
    let unknown = file.as_ref().filter(|file| !file.unknown.is_empty()).map(|file| page.lang.all_of(&file.unknown));
    let view = FormPage {
        list: referrals::list_href(slug),
        action: new_href(slug),
        upload: format!("{}/file", new_href(slug)),
        file: Field::text("file", page.t("import-file"), "").hint(page.t("import-file-hint")).errors(&errors),
        rows: Field::text("rows", page.t("import-rows"), form.rows.as_str())
            .kind("textarea")
            .max(LONGEST as u32)
            .hint(page.t("import-rows-hint"))
            .errors(&errors),
        summary: file.is_some().then(|| page.ta("import-summary", &args)),
        ready: created + updated,
        unknown: unknown.map(|names| page.t1("import-unknown", "columns", names)),
        columns: columns::COLUMNS.iter().map(|(column, _)| *column).collect::<Vec<_>>().join(", "),
        lines,
        more,
        errors,
        page,
    };
    let failed = !view.errors.is_empty();
    page::form(&view, failed)
}

fn line_view(page: &Page, line: &Line, verdict: &Verdict) -> LineView {
    let cell = |field: &str| line.cells.get(field).cloned().unwrap_or_default();
    let (rank, badge, details) = match verdict {
        Verdict::Wrong(errors) => (0, ("warn", "wrong"), errors.clone()),
        Verdict::Create(_) => (1, ("ok", "create"), Vec::new()),
        Verdict::Update(plan) => {
            let change = |(field, before): (&String, &String)| {
                let after = line.cells.get(field).map_or("", String::as_str);
                (columns::column(field).to_owned(), format!("{before} → {after}"))
            };
            (2, ("info", "update"), plan.before.iter().map(change).collect())
        }
        Verdict::Same => (3, ("plain", "same"), Vec::new()),
    };
    let name = [cell("company"), cell("title"), cell("id")].into_iter().find(|name| !name.is_empty()).unwrap_or_default();
    LineView { number: line.number, name, badge: (badge.0, page.word("import-would", badge.1)), details, rank }
}

/// `POST /p/{account}/referrals/import`: the dry run, and from its page the job.
pub async fn save(who: Can<ImportReferrals>, req: HttpRequest, posted: Posted<ImportForm, PASTE>) -> Result<HttpResponse> {
    if let Some(location) = who.done_before(&posted.once).await? {
        return Ok(page::see(&location, None));
    }
    let form = posted.form;
    let (file, mut errors) = (columns::read(&form.rows), Errors::default());
    if let Some(key) = problem(&file) {
        errors.message(who.user.lang, "rows", key);
    }
    if posted.review || !errors.is_empty() {
        return shown(&who, &req, &form, None, errors);
    }
    if form.action != "import" {
        let judged = judge(&who, file.lines.clone()).await?;
        return shown(&who, &req, &form, Some((file, judged)), errors);
    }
    let (user, slug) = (who.user.id, who.account.slug.clone());
    let lang = who.user.lang.as_str().to_owned();
    let task = Task { id: ImportId::new(), lines: file.lines, lang, own: Sight::of(&who).own() };
    let location = who
        .write_once(&posted.once, move |scope, conn| {
            run::enqueue(scope, conn, user, &task)?;
            Ok(href(&slug, task.id))
        })
        .await?;
    Ok(page::see(&location, None))
}

/// Why a file is not looked at row by row.
fn problem(file: &File) -> Option<&'static str> {
    match file.lines.len() {
        _ if file.headless => Some("import-headless"),
        0 => Some("import-empty"),
        lines if lines > MOST => Some("import-many"),
        _ => None,
    }
}

/// `POST /p/{account}/referrals/import/file`: the dry run of a file, whose rows then stand in the
/// form as if they had been pasted.
pub async fn upload(who: Can<ImportReferrals>, req: HttpRequest, upload: Upload) -> Result<HttpResponse> {
    let mut errors = Errors::default();
    let text = match std::str::from_utf8(&upload.file) {
        Ok("") => Err("import-file-none"),
        _ if upload.file.len() > LONGEST => Err("import-file-long"),
        Ok(text) if !text.contains('\0') => Ok(text.trim_start_matches('\u{feff}').to_owned()),
        _ => Err("import-file-type"),
    };
    let read = text.and_then(|rows| {
        let file = columns::read(&rows);
        problem(&file).map_or(Ok((rows, file)), Err)
    });
    match read {
        Ok((rows, file)) => {
            let judged = judge(&who, file.lines.clone()).await?;
            shown(&who, &req, &ImportForm { rows, action: String::new() }, Some((file, judged)), errors)
        }
        Err(key) => {
            errors.message(who.user.lang, "file", key);
            shown(&who, &req, &ImportForm::default(), None, errors)
        }
    }
}

/// What each row would do; the job asks again when it comes to it.
async fn judge(who: &Can<ImportReferrals>, lines: Vec<Line>) -> Result<Judged> {
    let (lang, sight, user) = (who.user.lang, Sight::of(who), who.user.id);
    who.read(move |scope, conn| {
        let judge = Judge { lang, sight, user, terms: Terms::load(conn)? };
        let mut seen = HashSet::new();
        let mut judged = Judged::with_capacity(lines.len());
        for line in lines {
            let verdict = judge.verdict(scope, conn, &line, &mut seen)?;
            judged.push((line, verdict));
        }
        Ok(judged)
    })
    .await
}
