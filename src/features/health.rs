//! Probes, and the answer to every address that does not exist.

use crate::access::Visitor;
use crate::error::{Error, Result};
use actix_web::HttpResponse;
use std::sync::atomic::{AtomicBool, Ordering};

/// Set while the server is stopping: load balancers look elsewhere before the listener closes.
pub static STOPPING: AtomicBool = AtomicBool::new(false);

/// `GET /healthz`: the process answers.
pub async fn healthy() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("ok\n")
}

/// `GET /readyz`: and so does the database.
pub async fn ready(who: Visitor) -> Result<HttpResponse> {
    if STOPPING.load(Ordering::Relaxed) {
        return Err(Error::Unavailable("stopping".into()));
    }
    who.app().ready().await?;
    Ok(HttpResponse::Ok().content_type("text/plain").body("ready\n"))
}

/// Any other address.
pub async fn not_found() -> Result<HttpResponse> {
    Err(Error::NotFound)
}
