//! Logos: read by what they are and not by what they are called, decoded within limits, scaled, and
//! written anew as PNG. What was uploaded is never kept (U-01).

use super::model::{self, Profile};
use super::{draft, href, id, list_href, logo_href, words};
use crate::access::permissions::{EditProfile, ViewInsights};
use crate::access::posted::Posted;
use crate::access::upload::Upload;
use crate::access::{Can, Scope, Visitor, moderation};
use crate::db::Conn;
use crate::db::ids::{LogoId, ProfileId};
use crate::db::schema::{business_profile, listing, logo, profile_revision};
use crate::domain::profile::RevisionState;
use crate::error::{Error, Result};
use crate::features::sign_in::handlers::Empty;
use crate::web::form::{Errors, Field};
use crate::web::page::{self, Page};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use diesel::prelude::*;
use image::error::ImageError;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use std::io::Cursor;
use tokio::sync::Semaphore;

/// Widest and highest logo, in pixels (reference 3.6).
const SIDE: u32 = 300;
/// Widest and highest picture that is read at all, and the memory that reading may take.
const MAX_SIDE: u32 = 4_096;
const MAX_MEMORY: u64 = 96 * 1024 * 1024;
/// Logos that a partner keeps although nothing shows them, and all that it may have.
const KEPT: usize = 20;
const MOST: usize = 100;

/// Pictures decoded at once, whoever sends them.
static DECODERS: Semaphore = Semaphore::const_new(2);

/// A logo to store.
pub struct Logo {
    pub width: u32,
    pub height: u32,
    pub png: Vec<u8>,
}

/// Why a file is no logo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// No PNG, JPEG or GIF, whatever it is called.
    Type,
    /// More pixels than anybody's logo needs.
    Pixels,
    Broken,
}

/// Reads a picture and makes a logo of it.
pub fn decode(file: &[u8]) -> Result<Logo, Refused> {
    let format = image::guess_format(file).ok().filter(|kind| matches!(kind, ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::Gif));
    let mut reader = ImageReader::with_format(Cursor::new(file), format.ok_or(Refused::Type)?);
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refused)?;
    let orientation = decoder.orientation().map_err(refused)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(refused)?;
    picture.apply_orientation(orientation);
    if picture.width() > SIDE || picture.height() > SIDE {
        picture = picture.resize(SIDE, SIDE, FilterType::Triangle);
    }
    let picture = picture.into_rgba8();
    let mut png = Vec::new();
    picture.write_to(&mut Cursor::new(&mut png), ImageFormat::Png).map_err(refused)?;
    Ok(Logo { width: picture.width(), height: picture.height(), png })
}

fn refused(error: ImageError) -> Refused {
    match error {
        ImageError::Limits(_) => Refused::Pixels,
        _ => Refused::Broken,
    }
}

/// `/p/{account}/profile/{profile}/logo`
#[derive(Template)]
#[template(path = "profile/logo.html")]
pub struct LogoPage {
    pub page: Page,
    pub errors: Errors,
    pub crumbs: Vec<(String, String)>,
    pub action: String,
    pub back: String,
    pub logo: Option<String>,
    pub field: Field,
}

/// `GET …/logo`
pub async fn show_form(who: Can<EditProfile>, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let profile = find(&who, &path.1).await?;
    form(&who, &req, &profile, Errors::default())
}

async fn find(who: &Can<EditProfile>, text: &str) -> Result<Profile> {
    let id: ProfileId = id(text)?;
    who.read(move |scope, conn| model::find(scope, conn, id)).await
}

fn form(who: &Can<EditProfile>, req: &HttpRequest, profile: &Profile, errors: Errors) -> Result<HttpResponse> {
    let slug = &who.account.slug;
    let page = Page::member(req, who, "profile", who.user.lang.t("profile-logo"));
    let back = href(slug, profile.id);
    let field = Field::text("file", page.t("profile-logo-file"), "").hint(page.t("profile-logo-hint")).errors(&errors);
    let failed = !errors.is_empty();
    let view = LogoPage {
        crumbs: vec![(list_href(slug), page.t("nav-profile").to_owned()), (back.clone(), words::country(&page, &profile.country))],
        action: format!("{back}/logo"),
        back,
        logo: profile.logo.map(|logo| logo_href(slug, logo)),
        field,
        errors,
        page,
    };
    page::form(&view, failed)
}

/// `POST …/logo`
pub async fn upload(who: Can<EditProfile>, req: HttpRequest, path: web::Path<(String, String)>, upload: Upload) -> Result<HttpResponse> {
    let profile = find(&who, &path.1).await?;
    let (id, empty) = (profile.id, upload.file.is_empty());
    let permit = DECODERS.acquire().await.map_err(Error::internal)?;
    let decoded = web::block(move || decode(&upload.file)).await.map_err(Error::internal)?;
    drop(permit);
    let key = match decoded {
        Ok(made) => {
            who.write(move |scope, conn| keep(scope, conn, id, &made)).await?;
            return Ok(page::see(&href(&who.account.slug, id), Some("flash-profile-saved")));
        }
        Err(_) if empty => "profile-logo-none",
        Err(Refused::Type) => "profile-logo-type",
        Err(Refused::Pixels) => "profile-logo-pixels",
        Err(Refused::Broken) => "profile-logo-broken",
    };
    let mut errors = Errors::default();
    errors.message(who.user.lang, "file", key);
    form(&who, &req, &profile, errors)
}

/// Stores a logo and shows it in the draft; makes room first.
fn keep(scope: &Scope, conn: &mut Conn, profile: ProfileId, made: &Logo) -> Result<()> {
    if tidy(scope, conn)? >= MOST {
        return Err(Error::TooLarge);
    }
    let id = LogoId::new();
    diesel::insert_into(logo::table)
        .values((
            logo::partner_id.eq(scope.id()),
            logo::id.eq(id),
            logo::width.eq(i64::from(made.width)),
            logo::height.eq(i64::from(made.height)),
            logo::bytes.eq(&made.png),
            logo::created_at.eq(scope.now),
        ))
        .execute(conn)?;
    draft::change(scope, conn, profile, "profile.logo", |draft| {
        draft.logo = Some(id);
        Ok(true)
    })
    .map(|_| ())
}

/// Deletes the partner's oldest logos that nothing shows; how many are left.
fn tidy(scope: &Scope, conn: &mut Conn) -> Result<usize> {
    let all: Vec<LogoId> = scope.all(logo::table).order((logo::created_at.desc(), logo::id.desc())).select(logo::id).load(conn)?;
    let mut shown: Vec<Option<LogoId>> = scope.all(business_profile::table).select(business_profile::logo_id).load(conn)?;
    shown.extend(scope.all(listing::table).select(listing::logo_id).load::<Option<LogoId>>(conn)?);
    let waiting = scope.all(profile_revision::table).filter(profile_revision::state.eq(RevisionState::Waiting));
    shown.extend(waiting.select(profile_revision::logo_id).load::<Option<LogoId>>(conn)?);
    let gone: Vec<LogoId> = all.iter().skip(KEPT).filter(|id| !shown.contains(&Some(**id))).copied().collect();
    for id in &gone {
        diesel::delete(scope.all(logo::table).filter(logo::id.eq(*id))).execute(conn)?;
    }
    Ok(all.len() - gone.len())
}

/// Is it still kept?
pub fn exists(scope: &Scope, conn: &mut Conn, id: LogoId) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(scope.all(logo::table).filter(logo::id.eq(id)))).get_result(conn)?)
}

/// `POST /p/{account}/profile/{profile}/logo/remove`
pub async fn remove(who: Can<EditProfile>, path: web::Path<(String, String)>, _posted: Posted<Empty>) -> Result<HttpResponse> {
    let id: ProfileId = id(&path.1)?;
    who.write(move |scope, conn| {
        draft::change(scope, conn, id, "profile.logo", |draft| {
            draft.logo = None;
            Ok(true)
        })
    })
    .await?;
    Ok(page::see(&href(&who.account.slug, id), Some("flash-profile-saved")))
}

/// `GET /p/{account}/logo/{logo}`: any of the account's own.
pub async fn show(who: Can<ViewInsights>, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let id: LogoId = id(&path.1)?;
    let bytes = who.glance(move |scope, conn| Ok(scope.all(logo::table).filter(logo::id.eq(id)).select(logo::bytes).first(conn)?)).await?;
    Ok(answer(bytes, "private"))
}

/// `GET /directory/logo/{logo}`: one that a listed profile shows.
pub async fn show_public(who: Visitor, path: web::Path<String>) -> Result<HttpResponse> {
    let id: LogoId = id(&path)?;
    Ok(answer(who.look_at(move |conn| moderation::public_logo(conn, id)).await?, "public"))
}

/// The bytes of a logo; its address never shows others.
pub fn answer(bytes: Vec<u8>, whose: &str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("image/png")
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"logo.png\""))
        .insert_header((header::CONTENT_SECURITY_POLICY, "sandbox"))
        .insert_header((header::CACHE_CONTROL, format!("{whose}, max-age=31536000, immutable")))
        .body(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgba, RgbaImage};

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut out = Vec::new();
        let picture = RgbaImage::from_pixel(width, height, Rgba([12, 86, 100, 255]));
        picture.write_to(&mut Cursor::new(&mut out), ImageFormat::Png).expect("a picture");
        out
    }

    fn size(file: &[u8]) -> Result<(u32, u32), Refused> {
        decode(file).map(|logo| (logo.width, logo.height))
    }

    #[test]
    fn pictures_fit_in_three_hundred_pixels_and_small_ones_stay() {
        assert_eq!(size(&png(900, 300)), Ok((300, 100)));
        assert_eq!(size(&png(40, 20)), Ok((40, 20)));
        assert_eq!(size(&png(4_000, 2)), Ok((300, 1)));
    }

    #[test]
    fn what_a_file_is_counts_and_not_its_name() {
        assert_eq!(size(b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>"), Err(Refused::Type));
        assert_eq!(size(b"<!doctype html><script>"), Err(Refused::Type));
        assert_eq!(size(b"PK\x03\x04"), Err(Refused::Type));
        assert_eq!(size(b"RIFF\0\0\0\0WEBPVP8 "), Err(Refused::Type));
        assert_eq!(size(b""), Err(Refused::Type));
        assert_eq!(size(b"\x89PNG\r\n\x1a\nnothing"), Err(Refused::Broken));
        assert_eq!(size(&png(30, 30)[..60]), Err(Refused::Broken));
    }

    #[test]
    fn more_pixels_than_a_logo_needs_are_never_decoded() {
        assert_eq!(size(&png(5_000, 1)), Err(Refused::Pixels));
        // A header that promises 60,000 by 60,000 pixels: 14 gigabytes.
        let mut bomb = png(1, 1);
        bomb[16..20].copy_from_slice(&60_000u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&60_000u32.to_be_bytes());
        assert!(decode(&bomb).is_err());
    }

    #[test]
    fn what_came_with_the_picture_does_not_stay() {
        let mut file = png(2, 2);
        // A text chunk after the header chunk, as a camera or an attacker might put one.
        let text = b"Comment\0<script>alert(1)</script>";
        let mut chunk = (text.len() as u32).to_be_bytes().to_vec();
        chunk.extend_from_slice(b"tEXt");
        chunk.extend_from_slice(text);
        let mut crc = flate2::Crc::new();
        crc.update(&chunk[4..]);
        chunk.extend_from_slice(&crc.sum().to_be_bytes());
        file.splice(33..33, chunk);
        let logo = decode(&file).expect("a logo");
        assert!(!logo.png.windows(6).any(|bytes| bytes == b"script"));
    }
}
