//! Serves one file from memory: what the benchmark compares a page with.
//!
//! `bytes ADDRESS:PORT FILE`

use actix_web::web::{self, Bytes};
use actix_web::{App, HttpResponse, HttpServer};

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(address), Some(file)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: bytes ADDRESS:PORT FILE");
        std::process::exit(2);
    };
    let body = Bytes::from(std::fs::read(file)?);
    let build = move || {
        let body = body.clone();
        App::new().route(
            "/",
            web::get().to(move || {
                let body = body.clone();
                async move { HttpResponse::Ok().content_type("text/html; charset=utf-8").body(body) }
            }),
        )
    };
    actix_web::rt::System::new().block_on(HttpServer::new(build).workers(1).bind(address)?.run())
}
