//! An uploaded file: limited, timed, with a token of this session, and without the name and the
//! type that the client gives it (U-01, U-02). It is held in memory alone, so nothing is left of a
//! server that dies meanwhile.

use super::posted::{self, Parked};
use crate::error::{Error, Result};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest};
use multer::Multipart;
use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

/// Largest file, in bytes.
pub const LIMIT: usize = 5 * 1024 * 1024;
/// What the form around it may add.
const AROUND: usize = 16 * 1024;
/// Longest wait for the body, in seconds.
const TIMEOUT_S: u64 = 18;

/// The form of one file, `file`; empty where none was chosen.
pub struct Upload {
    pub file: Bytes,
}

impl FromRequest for Upload {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let parked = Parked::park(req, payload);
        let req = req.clone();
        Box::pin(async move {
            parked.released().await;
            let text = |name| req.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
            let boundary = multer::parse_boundary(text(header::CONTENT_TYPE)).map_err(|_| Error::BadRequest("content type"))?;
            if text(header::CONTENT_LENGTH).parse::<usize>().is_ok_and(|length| length > LIMIT + AROUND) {
                return Err(Error::TooLarge);
            }
            let body = posted::collect(parked.take(), LIMIT + AROUND);
            let body = tokio::time::timeout(Duration::from_secs(TIMEOUT_S), body);
            let body = body.await.map_err(|_| Error::BadRequest("the body took too long"))??;
            let (token, file) = read(body, boundary).await?;
            if !posted::token_holds(&req, &token) {
                tracing::info!(path = %req.path(), "refused an upload without its token");
                return Err(Error::Forged);
            }
            if file.len() > LIMIT {
                return Err(Error::TooLarge);
            }
            Ok(Self { file })
        })
    }
}

/// Token and file of a form; any other field is refused.
async fn read(body: Vec<u8>, boundary: String) -> Result<(String, Bytes)> {
    let broken = |_| Error::BadRequest("form encoding");
    let whole = futures_util::stream::once(std::future::ready(Ok::<Bytes, Infallible>(body.into())));
    let mut parts = Multipart::new(whole, boundary);
    let (mut token, mut file) = (None, None);
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        match part.name() {
            Some(posted::TOKEN) if token.is_none() => token = Some(part.text().await.map_err(broken)?),
            Some(posted::KEY) => {}
            Some("file") if file.is_none() => file = Some(part.bytes().await.map_err(broken)?),
            _ => return Err(Error::BadRequest("form fields")),
        }
    }
    Ok((token.unwrap_or_default(), file.unwrap_or_default()))
}
