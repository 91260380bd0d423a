//! Permissions as types, so that a route's access stands in its handler's signature. `write` exists
//! only for those that change something.

use super::may::Action;

/// What a handler needs; the action is asked of [`super::may::may`].
pub trait Permission: 'static {
    const ACTION: Action;
}

/// A permission to change something.
pub trait Changes: Permission {}

macro_rules! permissions {
    ($($name:ident $kind:ident),+ $(,)?) => {$(
        pub struct $name;
        impl Permission for $name { const ACTION: Action = Action::$name; }
        permissions!(@$kind $name);
    )+};
    (@reads $name:ident) => {};
    (@writes $name:ident) => { impl Changes for $name {} };
}

permissions!(
    ViewCustomers reads,
    ExportCustomers reads,
    AddCustomer writes,
    EditCustomer writes,
    LabelCustomers writes,
    ViewInvitations reads,
    InviteCustomer writes,
    AttestAgreement writes,
    RequestAdmin writes,
    EndAdmin writes,
    EndRelationship writes,
    AskToEnd writes,
    ViewPartnerships reads,
    InvitePartner writes,
    AcceptPartnership writes,
    EndPartnership writes,
    TransferCustomers writes,
    ViewInsights reads,
    EditProfile writes,
    ViewReferrals reads,
    AnswerReferrals writes,
    AssignReferrals writes,
    HandOverReferrals writes,
    ImportReferrals writes,
    ViewActivity reads,
    ViewRoles reads,
);

/// Whoever sees the list may save views and arrange columns.
pub struct ArrangeList;
impl Permission for ArrangeList {
    const ACTION: Action = Action::ViewCustomers;
}
impl Changes for ArrangeList {}

/// An earlier value is put back from the log, so whoever does it must be able to read the log; the
/// handler asks for [`EditCustomer`] too.
pub struct RestoreCustomer;
impl Permission for RestoreCustomer {
    const ACTION: Action = Action::ViewActivity;
}
impl Changes for RestoreCustomer {}

/// Whoever sees invitations; what a kind of invitation takes is the handler's to ask.
pub struct ChangeInvitations;
impl Permission for ChangeInvitations {
    const ACTION: Action = Action::ViewInvitations;
}
impl Changes for ChangeInvitations {}

/// Whoever sees referrals may mark their favourites; opening one is recorded.
pub struct MarkReferrals;
impl Permission for MarkReferrals {
    const ACTION: Action = Action::ViewReferrals;
}
impl Changes for MarkReferrals {}
