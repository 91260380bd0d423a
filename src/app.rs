//! The actix app, from configuration and clock. `main` serves it; tests serve the very same.

use crate::access::session::{self, DatabaseSessions};
use crate::access::store::Store;
use crate::access::{App, identity, jobs, schedule};
use crate::clock::Clock;
use crate::config::Config;
use crate::i18n::Lang;
use crate::web::assets::ASSETS;
use crate::web::shell;
use crate::{features, routes};
use actix_session::SessionMiddleware;
use actix_session::config::CookieContentSecurity;
use actix_web::cookie::SameSite;
use actix_web::dev::Server;
use actix_web::middleware::from_fn;
use actix_web::{App as ActixApp, HttpServer, web};
use std::net::TcpListener;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

/// Opens the database and makes the shared state; the database must be migrated.
pub fn state(config: Config, clock: Clock) -> anyhow::Result<Arc<App>> {
    identity::set_session_limits(&config);
    jobs::declare(features::JOBS);
    schedule::declare(features::SCHEDULE);
    let store = Store::open(&config, clock)?;
    Lang::warm_up();
    LazyLock::force(&ASSETS);
    Ok(Arc::new(App::new(config, store)?))
}

/// The server on a listener of the caller's; it runs when awaited.
pub fn server(app: &Arc<App>, listener: TcpListener) -> anyhow::Result<Server> {
    let config = &app.config;
    // Browsers refuse a `__Host-` name without https, which loopback does not have.
    let cookie = if config.is_https() { "__Host-sid" } else { "sid" };
    let (state, key, secure) = (Arc::clone(app), app.keys.cookie(), config.is_https());
    let build = move || {
        let sessions = SessionMiddleware::builder(DatabaseSessions(Arc::clone(&state)), key.clone())
            .cookie_name(cookie.to_owned())
            .cookie_path("/".to_owned())
            .cookie_secure(secure)
            .cookie_http_only(true)
            .cookie_same_site(SameSite::Lax)
            .cookie_content_security(CookieContentSecurity::Signed)
            .build();
        ActixApp::new()
            .app_data(web::Data::from(Arc::clone(&state)))
            .configure(routes::configure)
            .default_service(web::to(features::health::not_found))
            .wrap(from_fn(session::note_key))
            .wrap(sessions)
            .wrap(from_fn(shell::serve))
    };
    cut_stalled_readers(&listener, config.stalled_reader_s)?;
    let server = HttpServer::new(build)
        .workers(config.workers)
        .max_connections(2_048)
        .client_request_timeout(Duration::from_secs(5))
        .client_disconnect_timeout(Duration::from_secs(2))
        .keep_alive(Duration::from_secs(30))
        .shutdown_timeout(config.shutdown_timeout_s)
        .disable_signals()
        .listen(listener)?
        .run();
    Ok(server)
}

/// actix has no deadline for writing. The kernel has: a connection ends whose peer acknowledges
/// nothing, or keeps its window shut, for so long; accepted sockets inherit it.
#[cfg_attr(not(target_os = "linux"), allow(unused_variables, clippy::unnecessary_wraps))]
fn cut_stalled_readers(listener: &TcpListener, seconds: u32) -> anyhow::Result<()> {
    #[cfg(target_os = "linux")]
    rustix::net::sockopt::set_tcp_user_timeout(listener, seconds * 1000)?;
    Ok(())
}
