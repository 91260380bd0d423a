//! The URL map: every route of the portal, one line each. The walls test reads it and calls each
//! route as everybody; a route that is not here does not exist.

use crate::features::*;
use crate::web::assets;
use actix_web::web::{self, ServiceConfig};

/// How a route is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
}

/// Who gets past a route's door; what a role may do beyond is `may()`'s to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anyone.
    Public,
    /// A customer's contact on a visit to the access page.
    Visit,
    /// Whoever is signed in.
    SignedIn,
    /// A platform administrator; to anyone else signed in, the address does not exist.
    Operator,
    /// A member of the partner account in the path, with this permission.
    Member(crate::access::may::Action),
}

/// One line of the map.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub access: Access,
}

macro_rules! routes {
    ($($method:ident $path:literal $access:expr, $($handler:ident)::+;)+) => {
        /// The map, for the tests that walk it.
        pub const ROUTES: &[Route] = {
            use crate::access::may::Action::*;
            use Access::*;
            &[$(Route { method: routes!(@method $method), path: $path, access: $access }),+]
        };

        /// Puts every route into the app.
        pub fn configure(app: &mut ServiceConfig) {
            $(app.route($path, routes!(@route $method $($handler)::+));)+
        }
    };
    (@method get) => { Method::Get };
    (@method post) => { Method::Post };
    (@route get $($handler:ident)::+) => { web::route().guard(actix_web::guard::Any(actix_web::guard::Get()).or(actix_web::guard::Head())).to($($handler)::+) };
    (@route post $($handler:ident)::+) => { web::post().to($($handler)::+) };
}

routes! {
    get  "/healthz"                                   Public, health::healthy;
    get  "/readyz"                                    Public, health::ready;
    get  "/static/{name}"                             Public, assets::serve;

    get  "/robots.txt"                                Public, directory::sitemap::robots;
    get  "/sitemap.xml"                               Public, directory::sitemap::index;
    get  "/sitemap/{piece}"                           Public, directory::sitemap::piece;
    get  "/directory"                                 Public, directory::search::show;

    get  "/sign-in"                                   Public, sign_in::handlers::show;
    post "/sign-in"                                   Public, sign_in::handlers::sign_in;
    get  "/sign-in/forgotten"                         Public, sign_in::handlers::forgotten;
    post "/sign-in/forgotten"                         Public, sign_in::handlers::ask_for_new_password;
    get  "/sign-in/resume"                            SignedIn, sign_in::handlers::resume;
    post "/sign-out"                                  Public, sign_in::handlers::sign_out;
    get  "/set-password/{token}"                      Public, sign_in::handlers::show_set_password;
    post "/set-password/{token}"                      Public, sign_in::handlers::set_password;
    post "/language"                                  Public, sign_in::handlers::language;

    get  "/connect/{token}"                           Public, connect::handlers::show;
    post "/connect/{token}/opened"                    Public, connect::handlers::opened;
    get  "/connect/{token}/accept"                    Public, connect::handlers::show_accept;
    post "/connect/{token}/accept"                    Public, connect::handlers::accept;
    get  "/connect/{token}/decline"                   Public, connect::handlers::show_decline;
    post "/connect/{token}/decline"                   Public, connect::handlers::decline;
    post "/connect/{token}/again"                     Public, connect::handlers::again;
    post "/connect/{token}/ask"                       Public, connect::handlers::ask;
    get  "/connect/{token}/partner"                   SignedIn, partnerships::accept::choose;

    get  "/access"                                    Public, access_page::handlers::show;
    post "/access"                                    Public, access_page::handlers::ask;
    get  "/access/archive.zip"                        Visit, access_page::archive::download;
    post "/access/end"                                Visit, access_page::handlers::end;
    get  "/access/partners/{customer}"                Visit, access_page::handlers::partner;
    get  "/access/partners/{customer}/leave"          Visit, access_page::leave::show;
    post "/access/partners/{customer}/leave"          Visit, access_page::leave::save;
    post "/access/partners/{customer}/stay"           Visit, access_page::leave::stay;
    get  "/access/partners/{customer}/rights/{admin}" Visit, access_page::leave::show_withdraw;
    post "/access/partners/{customer}/rights/{admin}" Visit, access_page::leave::withdraw;
    get  "/access/{token}"                            Public, access_page::handlers::show_enter;
    post "/access/{token}"                            Public, access_page::handlers::enter;
    get  "/directory/contact"                         Public, inquiry::contact::show;
    post "/directory/contact"                         Public, inquiry::contact::send;
    get  "/directory/contact/sent"                    Public, inquiry::contact::sent;
    get  "/inquiries/{token}"                         Public, inquiry::status::show;
    get  "/inquiries/{token}/withdraw"                Public, inquiry::withdraw::show;
    post "/inquiries/{token}/withdraw"                Public, inquiry::withdraw::withdraw;
    get  "/demo/mail"                                 Public, demo_mail::show;
    get  "/demo/mail/{mail}"                          Public, demo_mail::show_letter;
    get  "/demo/mail/{mail}/page"                     Public, demo_mail::show_page;

    get  "/operator"                                  Operator, operator::home::show;
    get  "/operator/mail"                             Operator, operator::mail::show;
    post "/operator/mail/retry-dead"                  Operator, operator::mail::retry_all;
    post "/operator/mail/{mail}/retry"                Operator, operator::mail::retry;
    get  "/operator/routing"                          Operator, routing::operator::show;
    post "/operator/routing"                          Operator, routing::operator::save;
    get  "/operator/routing/{inquiry}"                Operator, routing::operator::explain;
    get  "/operator/schedule"                         Operator, operator::schedule::show;
    post "/operator/schedule/{task}/run"              Operator, operator::schedule::run;

    get  "/operator/profiles"                         Operator, operator::profiles::show;
    post "/operator/profiles/moderation/{cloud}"      Operator, operator::profiles::moderate;
    get  "/operator/profiles/logo/{logo}"             Operator, operator::profiles::logo;
    get  "/operator/profiles/{partner}/{profile}"     Operator, operator::profiles::review;
    post "/operator/profiles/{partner}/{profile}/approve" Operator, operator::profiles::approve;
    post "/operator/profiles/{partner}/{profile}/reject" Operator, operator::profiles::reject;
    get  "/operator/terms"                            Operator, operator::terms::show_first;
    get  "/operator/terms/{kind}"                     Operator, operator::terms::show;
    post "/operator/terms/{kind}"                     Operator, operator::terms::add;
    post "/operator/terms/{kind}/{term}"              Operator, operator::terms::edit;

    get  "/directory/logo/{logo}"                     Public, profile::logo::show_public;
    get  "/directory/{slug}"                          Public, directory::show::profile;
    get  "/directory/{slug}/{place}"                  Public, directory::show::location;

    get  "/me"                                        SignedIn, me::handlers::show;
    post "/me"                                        SignedIn, me::handlers::save;
    post "/me/password"                               SignedIn, me::handlers::change_password;
    post "/me/sessions/end"                           SignedIn, me::handlers::end_other_sessions;
    post "/me/sessions/{session}/end"                 SignedIn, me::handlers::end_session;
    get  "/accounts"                                  SignedIn, me::handlers::accounts;

    get  "/"                                          SignedIn, home::to_account;
    get  "/customers"                                 SignedIn, home::to_account;
    get  "/customers/new"                             SignedIn, home::to_account;
    get  "/delegated-admin"                           SignedIn, home::to_account;
    get  "/invitations"                               SignedIn, home::to_account;
    get  "/referrals"                                 SignedIn, home::to_account;
    get  "/profile"                                   SignedIn, home::to_account;
    get  "/audit"                                     SignedIn, home::to_account;
    get  "/roles"                                     SignedIn, home::to_account;

    get  "/p/{account}/customers"                     Member(ViewCustomers), customers::handlers::show;
    get  "/p/{account}/customers/export"              Member(ExportCustomers), customers::export::show;
    get  "/p/{account}/customers.csv"                 Member(ExportCustomers), customers::export::download;
    get  "/p/{account}/customers.xlsx"                Member(ExportCustomers), customers::export::download;
    get  "/p/{account}/customers.json"                Member(ExportCustomers), customers::export::download;
    post "/p/{account}/customers/display"             Member(ViewCustomers), customers::handlers::display;
    post "/p/{account}/customers/views"               Member(ViewCustomers), customers::handlers::save_view;
    post "/p/{account}/customers/views/{view}/remove" Member(ViewCustomers), customers::handlers::remove_view;
    post "/p/{account}/customers/bulk"                Member(LabelCustomers), customers::bulk::choose;
    post "/p/{account}/customers/bulk/run"            Member(LabelCustomers), customers::bulk::run;
    get  "/p/{account}/jobs/{job}"                    Member(LabelCustomers), customers::bulk::show_job;
    get  "/p/{account}/tags"                          Member(LabelCustomers), customers::tags::show;
    post "/p/{account}/tags"                          Member(LabelCustomers), customers::tags::add;
    post "/p/{account}/tags/{tag}"                    Member(LabelCustomers), customers::tags::edit;
    post "/p/{account}/tags/{tag}/remove"             Member(LabelCustomers), customers::tags::remove;
    get  "/p/{account}/customers/new"                 Member(AddCustomer), customer_new::handlers::start;
    post "/p/{account}/customers/new"                 Member(AddCustomer), customer_new::handlers::begin;
    get  "/p/{account}/customers/new/check"           Member(AddCustomer), customer_new::handlers::check;
    get  "/p/{account}/customers/new/{draft}/{step}"  Member(AddCustomer), customer_new::handlers::show;
    post "/p/{account}/customers/new/{draft}/account" Member(AddCustomer), customer_new::handlers::save_account;
    post "/p/{account}/customers/new/{draft}/contact" Member(AddCustomer), customer_new::handlers::save_contact;
    post "/p/{account}/customers/new/{draft}/agreement" Member(AddCustomer), customer_new::handlers::save_agreement;
    post "/p/{account}/customers/new/{draft}/review"  Member(AddCustomer), customer_new::submit::submit;
    post "/p/{account}/customers/new/{draft}/discard" Member(AddCustomer), customer_new::drafts::discard;
    get  "/p/{account}/customers/drafts"              Member(AddCustomer), customer_new::drafts::show;
    get  "/p/{account}/customers/{customer}/welcome"  Member(AddCustomer), customer_new::submit::welcome;
    post "/p/{account}/customers/{customer}/welcome"  Member(AddCustomer), customer_new::submit::reveal;
    get  "/p/{account}/customers/{customer}"                Member(ViewCustomers), customer::handlers::overview;
    get  "/p/{account}/customers/{customer}/account"        Member(ViewCustomers), customer::handlers::account;
    get  "/p/{account}/customers/{customer}/activity"       Member(ViewActivity), customer::handlers::activity;
    get  "/p/{account}/customers/{customer}/notes"          Member(ViewCustomers), customer::notes::show;
    post "/p/{account}/customers/{customer}/notes"          Member(LabelCustomers), customer::notes::add;
    post "/p/{account}/customers/{customer}/notes/{note}"   Member(LabelCustomers), customer::notes::edit;
    post "/p/{account}/customers/{customer}/notes/{note}/remove" Member(LabelCustomers), customer::notes::remove;
    get  "/p/{account}/customers/{customer}/edit/labels"    Member(LabelCustomers), customer::edit::show_labels;
    post "/p/{account}/customers/{customer}/edit/labels"    Member(LabelCustomers), customer::edit::save_labels;
    get  "/p/{account}/customers/{customer}/edit/{section}" Member(EditCustomer), customer::edit::show;
    post "/p/{account}/customers/{customer}/edit/{section}" Member(EditCustomer), customer::edit::save;
    get  "/p/{account}/customers/{customer}/agreement"      Member(AttestAgreement), customer::agreement::show;
    post "/p/{account}/customers/{customer}/agreement"      Member(AttestAgreement), customer::agreement::save;
    post "/p/{account}/customers/{customer}/restore"        Member(ViewActivity), customer::edit::restore;

    get  "/p/{account}/resellers"                         Member(ViewPartnerships), partnerships::list::show;
    get  "/p/{account}/resellers/invite"                  Member(InvitePartner), partnerships::invite::show;
    post "/p/{account}/resellers/invite"                  Member(InvitePartner), partnerships::invite::send;
    get  "/p/{account}/resellers/{partner}/end"           Member(EndPartnership), partnerships::end::show;
    post "/p/{account}/resellers/{partner}/end"           Member(EndPartnership), partnerships::end::end;
    post "/p/{account}/resellers/{partner}/take-back"     Member(EndPartnership), partnerships::end::take_back;
    get  "/p/{account}/resellers/{partner}/transfer"      Member(TransferCustomers), partnerships::transfer::show;
    post "/p/{account}/resellers/{partner}/transfer"      Member(TransferCustomers), partnerships::transfer::submit;
    get  "/p/{account}/resellers/{partner}/transfer/{job}" Member(TransferCustomers), partnerships::transfer::result;
    get  "/p/{account}/providers"                         Member(ViewPartnerships), partnerships::list::show;
    get  "/p/{account}/providers/accept/{token}"          Member(AcceptPartnership), partnerships::accept::show;
    post "/p/{account}/providers/accept/{token}"          Member(AcceptPartnership), partnerships::accept::answer;
    get  "/p/{account}/providers/{partner}/end"           Member(EndPartnership), partnerships::end::show;
    post "/p/{account}/providers/{partner}/end"           Member(EndPartnership), partnerships::end::end;
    post "/p/{account}/providers/{partner}/take-back"     Member(EndPartnership), partnerships::end::take_back;
    get  "/p/{account}/providers/{partner}/transfer"      Member(InviteCustomer), partnerships::transfer::show_ask;
    post "/p/{account}/providers/{partner}/transfer"      Member(InviteCustomer), partnerships::transfer::submit_ask;
    get  "/p/{account}/customers/{customer}/end"            Member(ViewCustomers), ending::end::show;
    post "/p/{account}/customers/{customer}/end"            Member(EndRelationship), ending::end::end;
    post "/p/{account}/customers/{customer}/end/clear"      Member(EndRelationship), ending::end::clear;
    post "/p/{account}/customers/{customer}/end/undo"       Member(EndRelationship), ending::end::undo;
    post "/p/{account}/customers/{customer}/end/ask"        Member(AskToEnd), ending::end::ask;
    get  "/p/{account}/customers/{customer}/access"         Member(ViewCustomers), delegated_admin::tab::show;
    post "/p/{account}/customers/{customer}/access/{admin}/extend" Member(RequestAdmin), delegated_admin::tab::extend;
    post "/p/{account}/customers/{customer}/access/{admin}/auto" Member(RequestAdmin), delegated_admin::tab::auto;
    get  "/p/{account}/customers/{customer}/access/{admin}/end" Member(EndAdmin), delegated_admin::tab::confirm;
    post "/p/{account}/customers/{customer}/access/{admin}/end" Member(EndAdmin), delegated_admin::tab::end;
    get  "/p/{account}/delegated-admin"                     Member(ViewCustomers), delegated_admin::list::show;
    post "/p/{account}/delegated-admin/extend"              Member(RequestAdmin), delegated_admin::list::extend;
    get  "/p/{account}/delegated-admin/extended/{job}"      Member(ViewCustomers), delegated_admin::list::show_extended;
    get  "/p/{account}/requests"                            Member(EndRelationship), ending::list::show;
    post "/p/{account}/requests/{request}/refuse"           Member(EndRelationship), ending::list::refuse;
    get  "/p/{account}/invitations"                         Member(ViewInvitations), invitations::handlers::show;
    get  "/p/{account}/invitations.csv"                     Member(ExportCustomers), invitations::export::download;
    get  "/p/{account}/invitations.xlsx"                    Member(ExportCustomers), invitations::export::download;
    get  "/p/{account}/invitations.json"                    Member(ExportCustomers), invitations::export::download;
    get  "/p/{account}/invitations/new"                     Member(InviteCustomer), invitations::write::new;
    post "/p/{account}/invitations/new"                     Member(InviteCustomer), invitations::write::create;
    get  "/p/{account}/invitations/bulk"                    Member(InviteCustomer), invitations::bulk::show;
    post "/p/{account}/invitations/bulk"                    Member(InviteCustomer), invitations::bulk::paste;
    post "/p/{account}/invitations/customers"               Member(InviteCustomer), invitations::bulk::customers;
    get  "/p/{account}/invitations/jobs/{job}"              Member(ViewInvitations), invitations::bulk::show_job;
    get  "/p/{account}/invitations/{invitation}"            Member(ViewInvitations), invitations::show::show;
    get  "/p/{account}/invitations/{invitation}/edit"       Member(InviteCustomer), invitations::write::show_edit;
    post "/p/{account}/invitations/{invitation}/edit"       Member(InviteCustomer), invitations::write::save_edit;
    post "/p/{account}/invitations/{invitation}/send"       Member(InviteCustomer), invitations::show::send;
    post "/p/{account}/invitations/{invitation}/link"       Member(InviteCustomer), invitations::show::make_link;
    post "/p/{account}/invitations/{invitation}/remind"     Member(InviteCustomer), invitations::show::remind;
    post "/p/{account}/invitations/{invitation}/revoke"     Member(InviteCustomer), invitations::show::revoke;
    post "/p/{account}/invitations/{invitation}/note"       Member(InviteCustomer), invitations::show::annotate;
    post "/p/{account}/invitations/{invitation}/confirm"    Member(InviteCustomer), invitations::show::decide;

    get  "/p/{account}/referrals/import"                    Member(ImportReferrals), referral_import::form::show;
    post "/p/{account}/referrals/import"                    Member(ImportReferrals), referral_import::form::save;
    get  "/p/{account}/referrals/import/file"               Member(ImportReferrals), referral_import::form::show;
    post "/p/{account}/referrals/import/file"               Member(ImportReferrals), referral_import::form::upload;
    get  "/p/{account}/referrals/import/{import}"           Member(ImportReferrals), referral_import::show::show;
    get  "/p/{account}/referrals/import/{import}/errors.csv" Member(ImportReferrals), referral_import::show::errors;
    post "/p/{account}/referrals/import/{import}/undo"      Member(ImportReferrals), referral_import::show::undo;
    get  "/p/{account}/profile"                       Member(ViewInsights), profile::list::show;
    post "/p/{account}/profile"                       Member(EditProfile), profile::list::start;
    get  "/p/{account}/profile/{profile}"             Member(ViewInsights), profile::show::show;
    get  "/p/{account}/profile/{profile}/insights"    Member(ViewInsights), directory::report::show;
    get  "/p/{account}/profile/{profile}/insights.csv" Member(ViewInsights), directory::report::download;
    get  "/p/{account}/profile/{profile}/edit"        Member(EditProfile), profile::edit::show;
    post "/p/{account}/profile/{profile}/edit"        Member(EditProfile), profile::edit::save;
    get  "/p/{account}/profile/{profile}/locations/new" Member(EditProfile), profile::locations::new;
    post "/p/{account}/profile/{profile}/locations/new" Member(EditProfile), profile::locations::add;
    get  "/p/{account}/profile/{profile}/locations/{location}" Member(EditProfile), profile::locations::show;
    post "/p/{account}/profile/{profile}/locations/{location}" Member(EditProfile), profile::locations::save;
    post "/p/{account}/profile/{profile}/locations/{location}/remove" Member(EditProfile), profile::locations::remove;
    get  "/p/{account}/profile/{profile}/logo"        Member(EditProfile), profile::logo::show_form;
    post "/p/{account}/profile/{profile}/logo"        Member(EditProfile), profile::logo::upload;
    post "/p/{account}/profile/{profile}/logo/remove" Member(EditProfile), profile::logo::remove;
    post "/p/{account}/profile/{profile}/publish"     Member(EditProfile), profile::show::publish;
    post "/p/{account}/profile/{profile}/unpublish"   Member(EditProfile), profile::show::unpublish;
    post "/p/{account}/profile/{profile}/withdraw"    Member(EditProfile), profile::show::withdraw;
    post "/p/{account}/profile/{profile}/confirm"     Member(EditProfile), profile::show::confirm;
    get  "/p/{account}/profile/{profile}/history"     Member(ViewInsights), profile::history::show;
    get  "/p/{account}/profile/{profile}/history/{revision}" Member(ViewInsights), profile::history::compare;
    post "/p/{account}/profile/{profile}/history/{revision}/restore" Member(EditProfile), profile::history::restore;
    get  "/p/{account}/logo/{logo}"                   Member(ViewInsights), profile::logo::show;
    get  "/p/{account}/referrals/handovers"                 Member(HandOverReferrals), handover::list::show;
    get  "/p/{account}/referrals/handovers/report"          Member(HandOverReferrals), handover::report::show;
    get  "/p/{account}/referrals/handovers/report.csv"      Member(HandOverReferrals), handover::report::download;
    get  "/p/{account}/referrals/handovers/{handover}"      Member(HandOverReferrals), handover::show::show;
    post "/p/{account}/referrals/handovers/{handover}/withdraw" Member(HandOverReferrals), handover::show::withdraw;
    get  "/p/{account}/referrals/{referral}/hand-over"      Member(HandOverReferrals), handover::form::show;
    post "/p/{account}/referrals/{referral}/hand-over"      Member(HandOverReferrals), handover::form::save;
    get  "/p/{account}/referrals/{referral}/customer"       Member(AnswerReferrals), conversion::show::show;
    post "/p/{account}/referrals/{referral}/customer"       Member(AnswerReferrals), conversion::show::save;
    get  "/p/{account}/referrals/{referral}/invite"         Member(AnswerReferrals), sharing::form::show;
    post "/p/{account}/referrals/{referral}/invite"         Member(AnswerReferrals), sharing::form::save;
    get  "/p/{account}/referrals/shared/{engagement}"       Member(ViewReferrals), sharing::show::show;
    post "/p/{account}/referrals/shared/{engagement}"       Member(AnswerReferrals), sharing::show::save;
    post "/p/{account}/referrals/shared/{engagement}/notes" Member(AnswerReferrals), sharing::show::add_note;
    post "/p/{account}/referrals/shared/{engagement}/withdraw" Member(AnswerReferrals), sharing::show::withdraw;
    get  "/p/{account}/referrals"                           Member(ViewReferrals), referrals::handlers::show;
    get  "/p/{account}/referrals.csv"                       Member(ImportReferrals), referrals::export::download;
    get  "/p/{account}/referrals.xlsx"                      Member(ImportReferrals), referrals::export::download;
    get  "/p/{account}/referrals.json"                      Member(ImportReferrals), referrals::export::download;
    get  "/p/{account}/referrals/new"                       Member(AnswerReferrals), referrals::own::show;
    post "/p/{account}/referrals/new"                       Member(AnswerReferrals), referrals::own::create;
    get  "/p/{account}/referrals/{referral}"                Member(ViewReferrals), referrals::show::show;
    get  "/p/{account}/referrals/{referral}/accept"         Member(AnswerReferrals), referrals::answer::show_accept;
    post "/p/{account}/referrals/{referral}/accept"         Member(AnswerReferrals), referrals::answer::accept;
    get  "/p/{account}/referrals/{referral}/decline"        Member(AnswerReferrals), referrals::answer::show_decline;
    post "/p/{account}/referrals/{referral}/decline"        Member(AnswerReferrals), referrals::answer::decline;
    get  "/p/{account}/referrals/{referral}/lose"           Member(AnswerReferrals), referrals::answer::show_lose;
    post "/p/{account}/referrals/{referral}/lose"           Member(AnswerReferrals), referrals::answer::lose;
    post "/p/{account}/referrals/{referral}/win"            Member(AnswerReferrals), referrals::answer::win;
    post "/p/{account}/referrals/{referral}/reopen"         Member(AnswerReferrals), referrals::answer::reopen;
    get  "/p/{account}/referrals/{referral}/edit/{section}" Member(AnswerReferrals), referrals::edit::show;
    post "/p/{account}/referrals/{referral}/edit/{section}" Member(AnswerReferrals), referrals::edit::save;
    post "/p/{account}/referrals/{referral}/favourite"      Member(ViewReferrals), referrals::desk::favourite;
    post "/p/{account}/referrals/{referral}/notes"          Member(AnswerReferrals), referrals::desk::add_note;
    post "/p/{account}/referrals/{referral}/notes/{note}/remove" Member(AnswerReferrals), referrals::desk::remove_note;
    post "/p/{account}/referrals/{referral}/share"          Member(AnswerReferrals), referrals::desk::share;
    post "/p/{account}/referrals/{referral}/owner"          Member(AssignReferrals), referrals::desk::assign;
    post "/p/{account}/referrals/{referral}/team"           Member(AnswerReferrals), referrals::desk::team;

    get  "/p/{account}/roles"                         Member(ViewRoles), roles::show;
    get  "/p/{account}/audit"                         Member(ViewActivity), audit::show;
}
