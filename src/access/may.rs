//! May they? The whole policy on one screen. Pages, buttons, exports and the printed matrix all
//! ask [`may`]; cells are those of the reference's section 2.2, "today" column.

use crate::domain::{AccountType, Cloud};
use crate::text_enum;

text_enum! {
    pub enum Role {
        GlobalAdmin = "global_admin",
        UserManagementAdmin = "user_management_admin",
        BillingAdmin = "billing_admin",
        AdminAgent = "admin_agent",
        SalesAgent = "sales_agent",
        HelpdeskAgent = "helpdesk_agent",
        BusinessProfileAdmin = "business_profile_admin",
        ReferralsAdmin = "referrals_admin",
        ReferralsUser = "referrals_user",
    }
}

text_enum! {
    /// What a member may want to do, in the order of the printed matrix.
    pub enum Action {
        ViewCustomers = "view_customers",
        ExportCustomers = "export_customers",
        AddCustomer = "add_customer",
        EditCustomer = "edit_customer",
        LabelCustomers = "label_customers",
        ViewInvitations = "view_invitations",
        InviteCustomer = "invite_customer",
        AttestAgreement = "attest_agreement",
        ViewAgreement = "view_agreement",
        RequestAdmin = "request_admin",
        EndAdmin = "end_admin",
        EndRelationship = "end_relationship",
        AskToEnd = "ask_to_end",
        ViewPartnerships = "view_partnerships",
        InvitePartner = "invite_partner",
        AcceptPartnership = "accept_partnership",
        EndPartnership = "end_partnership",
        TransferCustomers = "transfer_customers",
        ViewInsights = "view_insights",
        EditProfile = "edit_profile",
        ViewReferrals = "view_referrals",
        AnswerReferrals = "answer_referrals",
        AssignReferrals = "assign_referrals",
        HandOverReferrals = "hand_over_referrals",
        ImportReferrals = "import_referrals",
        ViewActivity = "view_activity",
        ViewRoles = "view_roles",
    }
}

/// The roles of one member, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Roles(u16);

impl Roles {
    pub fn of(roles: &[Role]) -> Self {
        Self(roles.iter().fold(0, |set, role| set | 1 << *role as u16))
    }
    /// From the stored form, names separated by blanks; unknown names grant nothing.
    pub fn parse(text: &str) -> Self {
        Self(text.split(' ').filter_map(Role::from_text).fold(0, |set, role| set | 1 << role as u16))
    }
    pub fn has(self, role: Role) -> bool {
        self.0 & (1 << role as u16) != 0
    }
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.iter().copied().filter(move |role| self.has(*role))
    }
    pub fn to_text(self) -> String {
        self.iter().map(Role::as_str).collect::<Vec<_>>().join(" ")
    }
}

/// The state of the relationship that an action is about; `None` where it is about no customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relationship {
    None,
    Active,
    Pending,
    Ended,
}

/// Why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// One of these roles is needed.
    Roles(&'static [Role]),
    /// This type of account never does this; its provider does.
    AccountType(AccountType),
    /// Another type of account does this.
    OtherType(AccountType),
    /// Not in this cloud.
    Cloud(Cloud),
    /// Not once the relationship has ended.
    Ended,
}

impl Because {
    /// The reason's message key; its arguments are added by the page.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Roles(_) => "why-roles",
            Self::AccountType(_) => "why-account-type",
            Self::OtherType(_) => "why-other-type",
            Self::Cloud(_) => "why-cloud",
            Self::Ended => "why-ended",
        }
    }
}

use Role::*;

/// Who may, whatever the account: the matrix of the reference's section 2.2.
pub const fn roles_for(action: Action) -> &'static [Role] {
    match action {
        Action::ViewCustomers | Action::ViewAgreement | Action::ViewInvitations => &[GlobalAdmin, AdminAgent, SalesAgent, HelpdeskAgent],
        Action::ExportCustomers => &[GlobalAdmin, AdminAgent, SalesAgent],
        Action::AddCustomer => &[GlobalAdmin, UserManagementAdmin, AdminAgent, SalesAgent],
        Action::EditCustomer | Action::LabelCustomers => &[GlobalAdmin, AdminAgent, SalesAgent, HelpdeskAgent],
        Action::InviteCustomer | Action::AttestAgreement | Action::EndRelationship | Action::AskToEnd => &[AdminAgent, SalesAgent],
        Action::RequestAdmin | Action::EndAdmin => &[AdminAgent],
        Action::ViewPartnerships => &[GlobalAdmin, UserManagementAdmin, AdminAgent, SalesAgent],
        Action::InvitePartner => &[GlobalAdmin, UserManagementAdmin, AdminAgent, SalesAgent],
        Action::AcceptPartnership | Action::EndPartnership => &[GlobalAdmin],
        Action::TransferCustomers => &[GlobalAdmin, AdminAgent],
        Action::ViewInsights => &[GlobalAdmin, AdminAgent, SalesAgent, BusinessProfileAdmin, ReferralsAdmin],
        Action::EditProfile => &[BusinessProfileAdmin, ReferralsAdmin],
        // A referrals user's are its own and its team's alone: `access::referral::Sight`.
        Action::ViewReferrals | Action::AnswerReferrals => &[SalesAgent, ReferralsAdmin, ReferralsUser],
        Action::ImportReferrals => &[ReferralsAdmin, ReferralsUser],
        Action::AssignReferrals | Action::HandOverReferrals => &[SalesAgent, ReferralsAdmin],
        Action::ViewActivity => &[AdminAgent],
        Action::ViewRoles => Role::ALL,
    }
}

/// May a member with these roles, in an account of this type and cloud, do this? Role, account
/// type, cloud and relationship must all agree (reference 2.1); the first that does not is told.
pub fn may(roles: Roles, account: AccountType, cloud: Cloud, relationship: Relationship, action: Action) -> Result<(), Because> {
    let never_reseller = matches!(action, Action::AddCustomer | Action::AttestAgreement | Action::EndRelationship);
    if never_reseller && account == AccountType::IndirectReseller {
        return Err(Because::AccountType(account));
    }
    // Partnerships are between a provider, who invites and moves customers between its resellers,
    // and a reseller, who accepts and asks.
    let wrong_side = match action {
        Action::ViewPartnerships | Action::EndPartnership => account == AccountType::Direct,
        Action::InvitePartner | Action::TransferCustomers | Action::HandOverReferrals => account != AccountType::IndirectProvider,
        Action::AcceptPartnership | Action::AskToEnd => account != AccountType::IndirectReseller,
        _ => false,
    };
    if wrong_side {
        return Err(Because::OtherType(account));
    }
    // Reference 1.3: no invitations to connect in the clouds for governments and Germany.
    if action == Action::InviteCustomer && cloud != Cloud::Worldwide {
        return Err(Because::Cloud(cloud));
    }
    // Reference 3.6: no business profiles, and so no referrals of visitors, in the clouds for governments.
    if matches!(action, Action::EditProfile | Action::ViewInsights) && !cloud.has_profiles() {
        return Err(Because::Cloud(cloud));
    }
    let changes = matches!(
        action,
        Action::EditCustomer
            | Action::LabelCustomers
            | Action::AttestAgreement
            | Action::EndRelationship
            | Action::RequestAdmin
            | Action::AskToEnd
    );
    if changes && relationship == Relationship::Ended {
        return Err(Because::Ended);
    }
    let needed = roles_for(action);
    if needed.iter().any(|role| roles.has(*role)) { Ok(()) } else { Err(Because::Roles(needed)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_indirect_reseller_never_adds_attests_or_ends_whatever_the_role() {
        let everyone = Roles::of(Role::ALL);
        for action in [Action::AddCustomer, Action::AttestAgreement, Action::EndRelationship] {
            let answer = may(everyone, AccountType::IndirectReseller, Cloud::Worldwide, Relationship::Active, action);
            assert_eq!(answer, Err(Because::AccountType(AccountType::IndirectReseller)), "{action:?}");
            assert!(may(everyone, AccountType::Direct, Cloud::Worldwide, Relationship::Active, action).is_ok());
        }
    }

    /// A type of account that may do it.
    fn account_for(action: Action) -> AccountType {
        match action {
            Action::ViewPartnerships
            | Action::InvitePartner
            | Action::EndPartnership
            | Action::TransferCustomers
            | Action::HandOverReferrals => AccountType::IndirectProvider,
            Action::AcceptPartnership | Action::AskToEnd => AccountType::IndirectReseller,
            _ => AccountType::Direct,
        }
    }

    #[test]
    fn a_direct_reseller_has_no_partnerships_and_each_side_its_own_acts() {
        let everyone = Roles::of(Role::ALL);
        let ask = |account, action| may(everyone, account, Cloud::Worldwide, Relationship::Active, action).is_ok();
        for action in [
            Action::ViewPartnerships,
            Action::InvitePartner,
            Action::AcceptPartnership,
            Action::EndPartnership,
            Action::TransferCustomers,
            Action::AskToEnd,
            Action::HandOverReferrals,
        ] {
            assert!(!ask(AccountType::Direct, action), "{action:?}");
        }
        for (action, provider, reseller) in [
            (Action::ViewPartnerships, true, true),
            (Action::EndPartnership, true, true),
            (Action::TransferCustomers, true, false),
            (Action::InvitePartner, true, false),
            (Action::HandOverReferrals, true, false),
            (Action::AcceptPartnership, false, true),
            (Action::AskToEnd, false, true),
        ] {
            assert_eq!((ask(AccountType::IndirectProvider, action), ask(AccountType::IndirectReseller, action)), (provider, reseller));
        }
    }

    #[test]
    fn each_cell_of_the_matrix_is_the_role_list_and_nothing_else() {
        for &action in Action::ALL {
            for &role in Role::ALL {
                let answer = may(Roles::of(&[role]), account_for(action), Cloud::Worldwide, Relationship::Active, action);
                assert_eq!(answer.is_ok(), roles_for(action).contains(&role), "{role:?} {action:?}");
            }
            let nobody = may(Roles::default(), account_for(action), Cloud::Worldwide, Relationship::None, action);
            assert!(nobody.is_err(), "no role, no {action:?}");
        }
    }

    #[test]
    fn an_ended_customer_is_read_but_not_changed() {
        let agent = Roles::of(&[Role::AdminAgent]);
        let ask = |action| may(agent, AccountType::Direct, Cloud::Worldwide, Relationship::Ended, action);
        assert!(ask(Action::ViewCustomers).is_ok());
        for action in [Action::EditCustomer, Action::LabelCustomers, Action::RequestAdmin, Action::EndRelationship] {
            assert_eq!(ask(action), Err(Because::Ended), "{action:?}");
        }
    }

    #[test]
    fn roles_survive_being_stored() {
        for &role in Role::ALL {
            assert!(Roles::parse(&Roles::of(&[role, Role::SalesAgent]).to_text()).has(role));
        }
        assert_eq!(Roles::parse("root superuser"), Roles::default());
    }
}
