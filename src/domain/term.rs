//! The vocabularies of profiles, inquiries and referrals (reference 3.6). Their words are the
//! operator's (`access::terms`).

use crate::text_enum;

text_enum! {
    pub enum Kind {
        Industry = "industry",
        Service = "service",
        Product = "product",
        Size = "size",
        Language = "language",
    }
}
