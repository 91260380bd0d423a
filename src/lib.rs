//! Comptoir: a self-hosted, multi-tenant partner portal. The newcomer's map; imports go down only:
//! `features → web → mail → access → db → domain`.

/// The actix app from configuration and clock; used by `main` and by the tests.
pub mod app;
/// The URL map, one line a route.
pub mod routes;

/// The only door between a request and the data: who, may they, whose rows.
pub mod access;
/// The two databases behind one query code.
pub mod db;
/// Rules without input or output.
pub mod domain;
/// What people do here, a folder each.
pub mod features;
/// Texts and formats of both languages.
pub mod i18n;
/// What letters say, and how they leave.
pub mod mail;
/// What all pages share: page, form, list, exports, assets, middleware.
pub mod web;

/// The command line.
pub mod cli;
/// Time, injected.
pub mod clock;
/// Settings, checked.
pub mod config;
/// The one error of a request.
pub mod error;
