//! The schedule: each task when it is due, on one server at a time, whatever dies in between.

use crate::harness::TestApp;
use crate::on_both;
use comptoir::access::schedule;
use comptoir::clock::{DAY, HOUR, MINUTE, Moment};
use comptoir::db::schema::{app_user, attempt, idempotency, outbox, schedule as table, single_use_token, user_session};
use diesel::prelude::*;

/// Runs, and the moment of the next.
fn state(app: &TestApp) -> (i64, Moment) {
    let row = app.app.commands().read(|conn| Ok(table::table.find("sweep").select((table::runs, table::next_at)).first(conn)?));
    row.expect("the task's row")
}

fn sessions(app: &TestApp) -> i64 {
    app.app.commands().read(|conn| Ok(user_session::table.count().get_result(conn)?)).expect("a count")
}

on_both! {
    fn a_task_runs_when_it_is_due_and_not_before(app) {
        app.run_schedule();
        assert_eq!(state(app), (1, app.clock.now().plus(HOUR)));
        app.run_schedule();
        assert_eq!(state(app).0, 1);
        app.clock.advance(HOUR);
        app.run_schedule();
        assert_eq!(state(app).0, 2);
        app.clock.advance(40 * DAY);
        app.run_schedule();
        assert_eq!(state(app).0, 3, "what was missed is not made up for");
    }

    fn several_servers_at_once_run_a_task_once(app) {
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| app.run_schedule());
            }
        });
        assert_eq!(state(app).0, 1);
    }

    fn a_server_that_dies_in_a_run_leaves_a_task_for_another_when_its_lease_ends(app) {
        app.run_schedule();
        app.clock.advance(HOUR);
        // Claimed, and gone.
        app.app.commands().write(|conn| {
            diesel::update(table::table).set(table::lease_until.eq(app.clock.now().plus(5 * MINUTE))).execute(conn)?;
            Ok(())
        }).expect("a lease");
        app.run_schedule();
        assert_eq!(state(app).0, 1, "the lease holds");
        app.clock.advance(5 * MINUTE);
        app.run_schedule();
        assert_eq!(state(app).0, 2);
    }

    fn what_is_long_over_is_swept_and_nothing_else(app) {
        let client = app.signed_in("sales@north.test");
        app.nobody().sign_in("sales@north.test", "wrong");
        client.post("/p/north/tags", &[("_key", "k"), ("name", "A"), ("colour", "1")]);
        app.nobody().post("/sign-in/forgotten", &[("email", "sales@north.test")]);
        app.deliver_mail();
        app.run_schedule();
        assert_eq!(sessions(app), 1);
        assert_eq!(client.get("/me").status, 200);
        app.clock.advance(91 * DAY);
        app.signed_in("agent@south.test");
        app.run_schedule();
        assert_eq!(sessions(app), 1, "the new one");
        let north = crate::harness::world::partner_id(&app.app, "north");
        let left: (i64, i64, i64) = app.app.commands().read(|conn| Ok((
            attempt::table.count().get_result(conn)?,
            single_use_token::table.count().get_result(conn)?,
            outbox::table.count().get_result(conn)?,
        ))).expect("counts");
        assert_eq!(left, (0, 0, 0));
        let forms: i64 = app.app.commands().read_as(north, |scope, conn| Ok(scope.all(idempotency::table).count().get_result(conn)?)).expect("a count");
        assert_eq!(forms, 0);
        let users: i64 = app.app.commands().read(|conn| Ok(app_user::table.count().get_result(conn)?)).expect("a count");
        assert!(users > 10);
        assert_eq!(schedule::run_due(&app.app).expect("the schedule"), 0);
    }
}
