//! Inquiries of visitors: from the directory's contact form to the partners that answer.

use crate::harness::world::{self, Listed, NANTES};
use crate::on_both;
use comptoir::db::schema::*;
use diesel::prelude::*;

on_both! {
    fn what_is_published_is_read_by_anybody(app) {
        let north = world::listing(&app.app, "north", &Listed::at(&[NANTES]));
        let found: Vec<String> = app.app.commands().read(|conn| Ok(listing::table.select(listing::slug).load(conn)?)).expect("listings");
        assert_eq!(found, [north.slug]);
    }
}
