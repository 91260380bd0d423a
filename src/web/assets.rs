//! Styles, scripts and images: embedded, named by their content, compressed once at the start,
//! cached by browsers for ever.

use crate::access::keys::sha256;
use crate::config::hex;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::HashMap;
use std::io::Write;
use std::sync::LazyLock;

struct Asset {
    body: web::Bytes,
    gzip: web::Bytes,
    content_type: &'static str,
}

/// The names under which pages refer to the assets.
pub struct Assets {
    by_name: HashMap<String, Asset>,
    pub css: String,
    pub js: String,
    pub icons: String,
    pub logo: String,
    pub favicon: String,
}

macro_rules! text {
    ($path:literal) => {
        include_str!(concat!("../../static/", $path))
    };
}

const STYLES: &[&str] = &[
    text!("css/10-tokens.css"),
    text!("css/20-base.css"),
    text!("css/30-layout.css"),
    text!("css/40-components.css"),
    text!("css/50-pages.css"),
    text!("css/55-directory.css"),
    text!("css/60-print.css"),
];

/// Modules, each after those that it imports.
const SCRIPTS: &[(&str, &str)] = &[
    ("say", text!("js/say.js")),
    ("reveal", text!("js/reveal.js")),
    ("menus", text!("js/menus.js")),
    ("forms", text!("js/forms.js")),
    ("rows", text!("js/rows.js")),
    ("live", text!("js/live.js")),
    ("poll", text!("js/poll.js")),
    ("beacon", text!("js/beacon.js")),
    ("preview", text!("js/preview.js")),
    ("app", text!("js/app.js")),
];

/// Everything under `/static`.
pub static ASSETS: LazyLock<Assets> = LazyLock::new(Assets::build);

impl Assets {
    fn build() -> Self {
        let mut by_name = HashMap::new();
        let mut add = |stem: &str, ending: &str, content_type, body: String| {
            let name = format!("{stem}-{}.{ending}", &hex(&sha256(&[body.as_bytes()]))[..8]);
            let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
            // Writing to a vector cannot fail.
            let _ = gzip.write_all(body.as_bytes());
            let gzip = gzip.finish().unwrap_or_default();
            by_name.insert(name.clone(), Asset { body: body.into(), gzip: gzip.into(), content_type });
            name
        };
        let css = add("comptoir", "css", "text/css; charset=utf-8", STYLES.concat());
        let mut js = String::new();
        let mut named: Vec<(String, String)> = Vec::new();
        for (stem, source) in SCRIPTS {
            let body = named.iter().fold((*source).to_owned(), |body, (plain, hashed)| body.replace(plain, hashed));
            js = add(stem, "js", "text/javascript; charset=utf-8", body);
            named.push((format!("./{stem}.js"), format!("./{js}")));
        }
        let svg = "image/svg+xml";
        let icons = add("icons", "svg", svg, text!("img/icons.svg").to_owned());
        let logo = add("logo", "svg", svg, text!("img/logo.svg").to_owned());
        let favicon = add("favicon", "svg", svg, text!("img/favicon.svg").to_owned());
        let path = |name: String| format!("/static/{name}");
        Self { css: path(css), js: path(js), icons: path(icons), logo: path(logo), favicon: path(favicon), by_name }
    }

    /// Compressed bytes of all styles and scripts; the limit is 40 kB.
    pub fn weight(&self) -> usize {
        self.by_name.iter().filter(|(name, _)| name.ends_with(".css") || name.ends_with(".js")).map(|(_, asset)| asset.gzip.len()).sum()
    }
}

/// `GET /static/{name}`.
pub async fn serve(req: HttpRequest) -> HttpResponse {
    let name = req.match_info().get("name").unwrap_or_default();
    let Some(asset) = ASSETS.by_name.get(name) else {
        return HttpResponse::NotFound().finish();
    };
    let mut answer = HttpResponse::Ok();
    answer.content_type(asset.content_type);
    answer.insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"));
    answer.insert_header((header::VARY, "accept-encoding"));
    let accepted = req.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if accepted.contains("gzip") {
        answer.insert_header((header::CONTENT_ENCODING, "gzip"));
        return answer.body(asset.gzip.clone());
    }
    answer.body(asset.body.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_and_scripts_together_stay_under_forty_kilobytes() {
        assert!(ASSETS.weight() < 40_000, "{} bytes", ASSETS.weight());
    }

    #[test]
    fn scripts_import_each_other_by_their_hashed_names() {
        for (name, asset) in &ASSETS.by_name {
            let body = std::str::from_utf8(&asset.body).expect("text");
            for import in body.lines().filter(|line| line.starts_with("import")) {
                let wanted = import.split(['"', '\'']).nth(1).expect("a quoted module").trim_start_matches("./");
                assert!(ASSETS.by_name.contains_key(wanted), "{name}: {import}");
            }
        }
    }
}
