//! The tables as diesel sees them; `tests/it/schema.rs` holds them against both databases.

use crate::db::types::{Guid, Instant};
use diesel::sql_types::{BigInt, Binary, Bool, Nullable, Text};

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    partner_account (id) {
        id -> Guid,
        number -> BigInt,
        slug -> Text,
        name -> Text,
        account_type -> Text,
        status -> Text,
        cloud -> Text,
        country -> Text,
        domain -> Text,
        created_at -> Instant,
        version -> BigInt,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    app_user (id) {
        id -> Guid,
        email -> Text,
        name -> Text,
        password_hash -> Nullable<Text>,
        language -> Text,
        time_zone -> Text,
        theme -> Text,
        operator -> Bool,
        status -> Text,
        created_at -> Instant,
        version -> BigInt,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    membership (partner_id, user_id) {
        partner_id -> Guid,
        user_id -> Guid,
        roles -> Text,
        status -> Text,
        preferences -> Text,
        created_at -> Instant,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    user_session (id) {
        id -> Guid,
        key_hash -> Binary,
        user_id -> Guid,
        partner_id -> Nullable<Guid>,
        created_at -> Instant,
        seen_at -> Instant,
        authenticated_at -> Instant,
        user_agent -> Text,
        revoked_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    single_use_token (hash) {
        hash -> Binary,
        purpose -> Text,
        user_id -> Guid,
        created_at -> Instant,
        expires_at -> Instant,
        used_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    attempt (key) {
        key -> Binary,
        failures -> BigInt,
        last_at -> Instant,
        blocked_until -> Instant,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    partnership (provider_id, reseller_id) {
        provider_id -> Guid,
        reseller_id -> Guid,
        cloud -> Text,
        status -> Text,
        created_at -> Instant,
        ended_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    organisation (id) {
        id -> Guid,
        cloud -> Text,
        domain -> Text,
        legal_name -> Text,
        country -> Text,
        registration_number -> Text,
        created_at -> Instant,
        version -> BigInt,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    organisation_admin (organisation_id, user_id) {
        organisation_id -> Guid,
        user_id -> Guid,
        created_at -> Instant,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    customer_account (partner_id, id) {
        partner_id -> Guid,
        id -> Guid,
        cloud -> Text,
        organisation_id -> Guid,
        status -> Text,
        listed -> Bool,
        source -> Text,
        counterpart_id -> Nullable<Guid>,
        company_name -> Text,
        name_key -> Binary,
        alias -> Text,
        domain -> Text,
        country -> Text,
        address1 -> Text,
        address2 -> Text,
        city -> Text,
        state -> Text,
        postal_code -> Text,
        phone -> Text,
        registration_number -> Text,
        contact_first -> Text,
        contact_middle -> Text,
        contact_last -> Text,
        contact_email -> Text,
        language -> Text,
        owner_id -> Nullable<Guid>,
        agreed_on -> Nullable<Text>,
        created_at -> Instant,
        activity_at -> Instant,
        version -> BigInt,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    agreement_acceptance (partner_id, id) {
        partner_id -> Guid,
        id -> Guid,
        customer_id -> Guid,
        template -> Text,
        agreed_on -> Text,
        first_name -> Text,
        last_name -> Text,
        email -> Text,
        phone -> Text,
        attested_by -> Guid,
        attested_at -> Instant,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    customer_note (partner_id, id) {
        partner_id -> Guid,
        id -> Guid,
        customer_id -> Guid,
        author_id -> Guid,
        body -> Text,
        created_at -> Instant,
        updated_at -> Instant,
        version -> BigInt,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    tag (partner_id, id) {
        partner_id -> Guid,
        id -> Guid,
        name -> Text,
        name_folded -> Text,
        colour -> BigInt,
        created_at -> Instant,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    customer_tag (partner_id, customer_id, tag_id) {
        partner_id -> Guid,
        customer_id -> Guid,
        tag_id -> Guid,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    saved_view (partner_id, id) {
        partner_id -> Guid,
        id -> Guid,
        user_id -> Guid,
        shared -> Bool,
        list -> Text,
        name -> Text,
        query -> Text,
        created_at -> Instant,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    customer_draft (partner_id, id) {
        partner_id -> Guid,
        id -> Guid,
        user_id -> Guid,
        data -> Text,
        customer_id -> Nullable<Guid>,
        created_at -> Instant,
        updated_at -> Instant,
        version -> BigInt,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    audit_event (partner_id, seq) {
        partner_id -> Guid,
        seq -> BigInt,
        at -> Instant,
        request_id -> Guid,
        actor_kind -> Text,
        actor_id -> Nullable<Guid>,
        action -> Text,
        object_kind -> Text,
        object_id -> Nullable<Guid>,
        detail_digest -> Binary,
        previous_hash -> Binary,
        hash -> Binary,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    audit_detail (partner_id, seq) {
        partner_id -> Guid,
        seq -> BigInt,
        salt -> Binary,
        before -> Text,
        after -> Text,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    audit_head (partner_id) {
        partner_id -> Guid,
        seq -> BigInt,
        hash -> Binary,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    idempotency (partner_id, user_id, key) {
        partner_id -> Guid,
        user_id -> Guid,
        key -> Text,
        fingerprint -> Binary,
        location -> Text,
        created_at -> Instant,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    job (partner_id, id) {
        partner_id -> Guid,
        id -> Guid,
        kind -> Text,
        state -> Text,
        payload -> Text,
        progress -> Text,
        done -> BigInt,
        failed -> BigInt,
        created_by -> Guid,
        created_at -> Instant,
        finished_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    job_queue (job_id) {
        job_id -> Guid,
        partner_id -> Guid,
        user_id -> Guid,
        run_at -> Instant,
        lease_until -> Instant,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    partner_account,
    app_user,
    membership,
    user_session,
    single_use_token,
    attempt,
    partnership,
    organisation,
    organisation_admin,
    customer_account,
    agreement_acceptance,
    customer_note,
    tag,
    customer_tag,
    saved_view,
    customer_draft,
    audit_event,
    audit_detail,
    audit_head,
    idempotency,
    job,
    job_queue
);
