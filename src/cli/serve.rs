//! `serve` and `migrate`.

use super::lock;
use crate::access::worker::{self, Worker};
use crate::access::{App, insight, jobs, schedule};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::migrate::{self, State};
use crate::db::{Conn, dialect, search};
use crate::features::health::STOPPING;
use crate::mail::Carrier;
use crate::web::metrics;
use actix_web::{App as ActixApp, HttpResponse, HttpServer, web};
use anyhow::{Context, Result, bail};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// How often what was seen in the directory is written.
const INSIGHTS: Duration = Duration::from_secs(3);

/// Opens one connection for commands, writing.
pub fn connect(url: &str) -> Result<Conn> {
    dialect::connect(url, false).with_context(|| format!("cannot open the database {}", without_password(url)))
}

/// A database address fit for a message.
pub fn without_password(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) if at > scheme => format!("{}://…{}", &url[..scheme], &url[at..]),
        _ => url.to_owned(),
    }
}

/// The user name in a PostgreSQL address.
fn role_of(url: &str) -> Option<String> {
    let rest = url.strip_prefix("postgres://").or_else(|| url.strip_prefix("postgresql://"))?;
    let user = rest.split('@').next().filter(|_| rest.contains('@'))?.split(':').next()?;
    (!user.is_empty()).then(|| user.to_owned())
}

/// `comptoir migrate`
pub fn migrate(config: &Config) -> Result<()> {
    config.check_database()?;
    let owner = config.migrate_database_url.as_deref().unwrap_or(&config.database_url);
    let role = role_of(&config.database_url).filter(|role| Some(role) != role_of(owner).as_ref());
    let done = migrate::run(&mut connect(owner)?, role.as_deref())?;
    match done.as_slice() {
        [] => println!("The database is up to date."),
        names => println!("Migrated: {}.", names.join(", ")),
    }
    Ok(())
}

/// Refuses a database that this version's migrations have not made, or that a newer one has.
pub fn must_be_current(conn: &mut Conn) -> Result<()> {
    match migrate::state(conn)? {
        State::Current => Ok(()),
        State::Behind(names) => {
            bail!("database_url: the database lacks {} of this version's migrations; run: comptoir migrate", names.len())
        }
        State::Newer(name) => bail!("database_url: the database was migrated by a newer version ({name}); start that version"),
    }
}

/// `comptoir serve`
pub fn serve(config: Config) -> Result<()> {
    config.check()?;
    let _lock = lock::take(&config)?;
    let mut conn = connect(&config.database_url)?;
    must_be_current(&mut conn)?;
    dialect::check_role(&mut conn)?;
    search::automatic(&mut conn).context("database_url: the search index")?;
    drop(conn);
    let listener = TcpListener::bind(config.listen).with_context(|| format!("listen: cannot listen on {}", config.listen))?;
    init_logs(&config);
    let app = crate::app::state(config, Clock::system())?;
    run(app, listener)
}

/// JSON lines on standard error; no request bodies, no query strings, no secrets.
pub fn init_logs(config: &Config) {
    let level = config.log_level.parse().unwrap_or(tracing::Level::INFO);
    let _ = tracing_subscriber::fmt()
        .json()
        .with_max_level(level)
        .with_writer(std::io::stderr)
        .with_current_span(false)
        .with_span_list(false)
        .try_init();
}

/// Serves until SIGTERM or SIGINT, then drains: first `/readyz` says no, then the listener
/// closes, then requests in flight finish.
pub fn run(app: Arc<App>, listener: TcpListener) -> Result<()> {
    let _workers = workers(&app)?;
    actix_web::rt::System::new().block_on(async move {
        let server = crate::app::server(&app, listener)?;
        let handle = server.handle();
        if let Some(address) = app.config.metrics_listen {
            let metrics = HttpServer::new(|| {
                ActixApp::new().route(
                    "/metrics",
                    web::get().to(|| async { HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(metrics::render()) }),
                )
            });
            let metrics = metrics
                .workers(1)
                .disable_signals()
                .bind(address)
                .with_context(|| format!("metrics_listen: cannot listen on {address}"))?;
            actix_web::rt::spawn(metrics.run());
        }
        let drain = Duration::from_secs(app.config.drain_s);
        actix_web::rt::spawn(async move {
            stop_asked().await;
            tracing::info!("stopping");
            STOPPING.store(true, Ordering::Relaxed);
            tokio::time::sleep(drain).await;
            handle.stop(true).await;
        });
        server.await?;
        insight::flush(&app)?;
        tracing::info!("stopped");
        Ok(())
    })
}

/// What runs beside the requests; stops when dropped.
fn workers(app: &Arc<App>) -> Result<Vec<Worker>> {
    let (jobs, schedule) = (Arc::clone(app), Arc::clone(app));
    let mut workers =
        vec![worker::start("jobs", move || jobs::run_one(&jobs)), worker::start("schedule", move || schedule::run_one(&schedule))];
    let (counting, mut written) = (Arc::clone(app), Instant::now());
    workers.push(worker::start("insights", move || {
        if written.elapsed() < INSIGHTS {
            return Ok(false);
        }
        written = Instant::now();
        insight::flush(&counting).map(|_| false)
    }));
    match Carrier::of(&app.config)? {
        Some(mut carrier) => {
            let app = Arc::clone(app);
            workers.push(worker::start("mail", move || carrier.deliver_one(&app)));
        }
        None => tracing::warn!("smtp_host is not set: mail stays in the outbox"),
    }
    Ok(workers)
}

async fn stop_asked() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
