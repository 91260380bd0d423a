//! The letters of a test, as their readers get them.

use super::TestApp;
use comptoir::access::{App, schedule};
use comptoir::db::schema::demo_mail;
use comptoir::mail::Carrier;
use diesel::prelude::*;

/// A letter that arrived.
#[derive(Debug, Clone, Queryable)]
pub struct Letter {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
}

impl Letter {
    /// The addresses in the text that lead to the portal, as paths.
    pub fn links(&self, base: &str) -> Vec<String> {
        let found = self.text.split_whitespace().filter_map(|word| word.strip_prefix(base));
        found.filter(|path| !path.is_empty()).map(str::to_owned).collect()
    }
}

impl TestApp {
    /// Runs the schedule's tasks that are due.
    pub fn run_schedule(&self) {
        schedule::run_due(&self.app).expect("the schedule runs");
    }
    /// Delivers every letter that is due; the readers find them in [`Self::mailbox`].
    pub fn deliver_mail(&self) {
        while Carrier::Box.deliver_one(&self.app).expect("a letter is delivered") {}
    }
    /// What has arrived at an address, oldest first.
    pub fn mailbox(&self, to: &str) -> Vec<Letter> {
        self.deliver_mail();
        letters(&self.app).into_iter().filter(|letter| letter.to == to).collect()
    }
    /// The path of the first link in the newest letter to an address.
    pub fn mailed_link(&self, to: &str) -> String {
        let letter = self.mailbox(to).pop().unwrap_or_else(|| panic!("a letter to {to}"));
        letter.links(&self.base).into_iter().next().unwrap_or_else(|| panic!("a link in {}", letter.text))
    }
}

fn letters(app: &App) -> Vec<Letter> {
    let all = app.commands().read(|conn| {
        let columns = (demo_mail::recipient, demo_mail::subject, demo_mail::text_part, demo_mail::html_part);
        Ok(demo_mail::table.order((demo_mail::delivered_at, demo_mail::id)).select(columns).load(conn)?)
    });
    all.expect("the letters")
}
