//! Rules without input or output, shared by all features.

pub mod acceptance_date;
pub mod address;
pub mod collation;
pub mod company_name;
pub mod country;
pub mod domain_prefix;
pub mod email;
pub mod fold;
pub mod insight;
pub mod letter;
pub mod markdown;
pub mod money;
pub mod person_name;
pub mod phone;
pub mod place;
pub mod profile;
pub mod referral;
pub mod registration_number;
pub mod relationship;
pub mod routing;
pub mod rule;
pub mod term;
pub mod web_address;

use crate::text_enum;

text_enum! {
    /// A national cloud: an attribute of the partner account, never of the user. Nothing crosses.
    pub enum Cloud {
        Worldwide = "worldwide",
        UsGovernment = "us_government",
        Germany = "germany",
    }
}

impl Cloud {
    /// Are there business profiles, and so a directory? Not in the cloud for governments
    /// (reference 3.6).
    pub fn has_profiles(self) -> bool {
        self != Self::UsGovernment
    }
    /// What follows the domain prefix of an organisation in this cloud.
    pub const fn domain_suffix(self) -> &'static str {
        match self {
            Self::Worldwide => "comptoir.example",
            Self::UsGovernment => "gov.comptoir.example",
            Self::Germany => "de.comptoir.example",
        }
    }
}

text_enum! {
    pub enum AccountType {
        Direct = "direct",
        IndirectProvider = "indirect_provider",
        IndirectReseller = "indirect_reseller",
    }
}

text_enum! {
    pub enum PartnerStatus {
        Applied = "applied",
        Active = "active",
        Suspended = "suspended",
        Closed = "closed",
    }
}

text_enum! {
    /// How a customer account came to be.
    pub enum Source {
        Added = "added",
        Invited = "invited",
        Imported = "imported",
        Api = "api",
        Referral = "referral",
        Connector = "connector",
    }
}

text_enum! {
    /// Where a customer account stands.
    pub enum CustomerStatus {
        Active = "active",
        Pending = "pending",
        Ended = "ended",
    }
}

text_enum! {
    pub enum Theme {
        Auto = "auto",
        Light = "light",
        Dark = "dark",
    }
}
