//! Inquiries: what visitors of the directory ask partners, or ask to find one; and the page on which
//! they see what became of it.

pub mod contact;
pub mod fields;
pub mod forms;
pub mod model;
pub mod next;
pub mod queries;
pub mod send;
pub mod status;
pub mod tasks;
pub mod told;
pub mod withdraw;

/// The contact form.
pub const HREF: &str = "/directory/contact";
/// What follows, the same for everybody.
pub const SENT: &str = "/directory/contact/sent";
