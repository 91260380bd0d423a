//! Who lives in the demonstration's world. No company or person meant here exists.

use crate::domain::{AccountType, Cloud};

/// A partner account, its home, and how its people are spoken to.
pub struct Partner {
    pub slug: &'static str,
    pub name: &'static str,
    pub account_type: AccountType,
    pub cloud: Cloud,
    pub country: &'static str,
    pub language: &'static str,
    pub time_zone: &'static str,
}

const fn partner(
    slug: &'static str,
    name: &'static str,
    account_type: AccountType,
    cloud: Cloud,
    (country, language, time_zone): (&'static str, &'static str, &'static str),
) -> Partner {
    Partner { slug, name, account_type, cloud, country, language, time_zone }
}

const LONDON: (&str, &str, &str) = ("GB", "en", "Europe/London");
const PARIS: (&str, &str, &str) = ("FR", "fr", "Europe/Paris");
const CHICAGO: (&str, &str, &str) = ("US", "en", "America/Chicago");

/// Places in [`PARTNERS`].
pub const DIRECT: usize = 0;
pub const PROVIDER: usize = 1;
pub const RESELLERS: [usize; 2] = [2, 3];
pub const GOVERNMENT: usize = 4;
/// A reseller whose partnership has ended.
pub const FORMER: usize = 5;

/// The partner accounts.
pub const PARTNERS: [Partner; 6] = [
    partner("halden-thorne", "Halden & Thorne Cloud Services", AccountType::Direct, Cloud::Worldwide, LONDON),
    partner("meridienne", "La Méridienne Distribution", AccountType::IndirectProvider, Cloud::Worldwide, PARIS),
    partner("vauclair", "Atelier numérique Vauclair", AccountType::IndirectReseller, Cloud::Worldwide, PARIS),
    partner("kestrelmoor", "Kestrelmoor IT", AccountType::IndirectReseller, Cloud::Worldwide, LONDON),
    partner("ospreypoint", "Ospreypoint Public Sector", AccountType::Direct, Cloud::UsGovernment, CHICAGO),
    partner("brumelac", "Brumelac Informatique", AccountType::IndirectReseller, Cloud::Worldwide, PARIS),
];

/// The platform's operator: address, name.
pub const OPERATOR: (&str, &str) = ("operator@comptoir.example", "Ottoline Varga");

/// Address before the `@`, name, partner account (which also gives the domain), roles.
pub const PEOPLE: [(&str, &str, usize, &str); 31] = [
    ("global.admin", "Imogen Ashgrove", DIRECT, "global_admin"),
    ("user.admin", "Callum Braithwick", DIRECT, "user_management_admin"),
    ("billing.admin", "Priya Lanyon", DIRECT, "billing_admin"),
    ("admin.agent", "Rhys Whitcombe", DIRECT, "admin_agent"),
    ("sales.agent", "Eleanor Okonedo", DIRECT, "sales_agent"),
    ("helpdesk.agent", "Hamish Fairholm", DIRECT, "helpdesk_agent"),
    ("profile.admin", "Saoirse Penhallow", DIRECT, "business_profile_admin"),
    ("referrals.admin", "Tobias Selwick", DIRECT, "referrals_admin"),
    ("referrals.user", "Nia Tredinnick", DIRECT, "referrals_user"),
    ("morgan.reyes", "Morgan Reyes", DIRECT, "admin_agent sales_agent"),
    ("global.admin", "Solène Beaurepaire", PROVIDER, "global_admin"),
    ("admin.agent", "Étienne Châtelain", PROVIDER, "admin_agent"),
    ("sales.agent", "Inès Montfleury", PROVIDER, "sales_agent"),
    ("helpdesk.agent", "Grégoire Fontanel", PROVIDER, "helpdesk_agent"),
    ("referrals.admin", "Zoé Delacombe", PROVIDER, "referrals_admin"),
    ("global.admin", "Mathieu Vauclair", RESELLERS[0], "global_admin"),
    ("admin.agent", "Noémie Garance", RESELLERS[0], "admin_agent"),
    ("sales.agent", "Théo Rivoire", RESELLERS[0], "sales_agent"),
    ("helpdesk.agent", "Hélène Aubépin", RESELLERS[0], "helpdesk_agent"),
    ("referrals.user", "Baptiste Perrault", RESELLERS[0], "referrals_user"),
    ("global.admin", "Beatrice Harrowgate", RESELLERS[1], "global_admin"),
    ("admin.agent", "Kwame Thornbury", RESELLERS[1], "admin_agent"),
    ("sales.agent", "Freya Strickthwaite", RESELLERS[1], "sales_agent"),
    ("helpdesk.agent", "Gareth O’Dunmore", RESELLERS[1], "helpdesk_agent"),
    ("global.admin", "Savannah Merriweather", GOVERNMENT, "global_admin"),
    ("admin.agent", "Wyatt Castellanos", GOVERNMENT, "admin_agent"),
    ("sales.agent", "Aaliyah Whitlow", GOVERNMENT, "sales_agent"),
    ("helpdesk.agent", "Ezekiel Tallman", GOVERNMENT, "helpdesk_agent"),
    ("billing.admin", "Paige Hollisworth", GOVERNMENT, "billing_admin"),
    ("user.admin", "Preston Yellowhorse", GOVERNMENT, "user_management_admin"),
    ("global.admin", "Clémence Brumelac", FORMER, "global_admin"),
];

/// Who also belongs to another partner account: address, account, roles there.
pub const ALSO: [(&str, usize, &str); 1] = [("morgan.reyes@halden-thorne.example", PROVIDER, "admin_agent helpdesk_agent")];

/// Tags of every partner account, with one of the ten hues.
pub const TAGS: [(&str, i64); 8] = [
    ("Key account", 0),
    ("Renewal due", 1),
    ("Pilot", 2),
    ("Public tender", 3),
    ("Needs onboarding", 4),
    ("Seasonal", 5),
    ("À relancer", 6),
    ("Late payer", 7),
];

/// What colleagues write down.
pub const NOTES: [&str; 12] = [
    "Prefers a call before ten in the morning; the office is closed on Wednesday afternoons.",
    "Asked for a quote for 40 more seats in the autumn. Waiting for their budget meeting.",
    "Le contact change de poste en septembre ; demander le nom de son successeur.",
    "Moved to the new building last month. The billing address stays the same for now.",
    "Migration done over the weekend, two mailboxes still to check.",
    "Très satisfaits de la formation. Proposer la suite au printemps.",
    "Invoice disputed and settled: the discount for charities had been left out.",
    "Two sites on one contract. The second one has its own administrator since spring.",
    "Ne pas appeler le standard : passer par la ligne directe.",
    "Purchasing needs our tax certificate once a year, in January.",
    "They compare us with another reseller; decision expected by the end of the quarter.",
    "Wants the monthly report as a spreadsheet, not as a PDF.",
];

/// Names that test how wide a column is; each takes the place of an invented one.
pub const LONG_NAMES: [(&str, &str, &str); 4] = [
    (
        "FR",
        "Société coopérative agricole et viticole des producteurs réunis du Val de Brume, de la Haute Roque et des Coteaux de l’Aubépine",
        "producteurs-brume",
    ),
    ("DE", "Oberlindentaler Gebäudereinigungsmaschineninstandhaltungsgesellschaft für Norddeutschland mbH & Co. KG", "oberlindental"),
    (
        "GB",
        "The Worshipful and Ancient Company of Bell Founders, Clock Menders and Weathervane Makers of Nether Thornwick and District Limited",
        "bell-founders",
    ),
    (
        "GR",
        "Ανώνυμη Εταιρεία Εμπορίας, Μεταποιήσεως και Διανομής Ελαιοκομικών Προϊόντων Πορφύρας «Ο Γαληνός Αλκυών» Α.Ε.",
        "galinos-alkyon",
    ),
];

/// Shorter names that some customers go by.
pub const ALIASES: [&str; 10] =
    ["HQ", "North branch", "The old mill", "Siège", "Group purchasing", "Filiale Est", "Warehouse", "Main site", "Holding", "Lab"];
