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
        ends_at -> Nullable<Instant>,
        ended_by -> Nullable<Guid>,
        end_reason -> Text,
        version -> BigInt,
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
        ends_at -> Nullable<Instant>,
        tag_count -> BigInt,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    customer_total (partner_id) {
        partner_id -> Guid,
        listed -> BigInt,
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

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    job_result (partner_id, job_id, line) {
        partner_id -> Guid,
        job_id -> Guid,
        line -> BigInt,
        subject -> Text,
        problem -> Text,
        object_id -> Nullable<Guid>,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    invitation (partner_id, id) {
        partner_id -> Guid,
        id -> Guid,
        cloud -> Text,
        number -> BigInt,
        kind -> Text,
        state -> Text,
        open_link -> Bool,
        from_open_link -> Nullable<Guid>,
        uses -> BigInt,
        recipient_name -> Text,
        recipient_email -> Text,
        company -> Text,
        company_key -> Binary,
        customer_id -> Nullable<Guid>,
        provider_id -> Nullable<Guid>,
        language -> Text,
        purpose -> Text,
        note -> Text,
        message -> Text,
        roles -> Text,
        duration_days -> Nullable<BigInt>,
        auto_extend -> Bool,
        generation -> BigInt,
        created_by -> Guid,
        created_at -> Instant,
        sent_at -> Nullable<Instant>,
        reminded_at -> Nullable<Instant>,
        opened_at -> Nullable<Instant>,
        expires_at -> Nullable<Instant>,
        answered_at -> Nullable<Instant>,
        version -> BigInt,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    invitation_answer (partner_id, invitation_id) {
        partner_id -> Guid,
        invitation_id -> Guid,
        accepted -> Bool,
        name -> Text,
        role -> Text,
        email -> Text,
        reason -> Text,
        parts -> Text,
        mismatch -> Bool,
        facts -> Text,
        decision -> Text,
        organisation_id -> Nullable<Guid>,
        result_id -> Nullable<Guid>,
        answered_at -> Instant,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    invitation_link (hash) {
        hash -> Binary,
        partner_id -> Guid,
        invitation_id -> Guid,
        generation -> BigInt,
        created_at -> Instant,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    delegated_admin (partner_id, id) {
        partner_id -> Guid,
        id -> Guid,
        customer_id -> Guid,
        invitation_id -> Guid,
        name -> Text,
        state -> Text,
        roles -> Text,
        duration_days -> BigInt,
        auto_extend -> Bool,
        starts_at -> Instant,
        ends_at -> Instant,
        ended_at -> Nullable<Instant>,
        ended_by -> Text,
        approved_by -> Text,
        reminded_days -> BigInt,
        version -> BigInt,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    ending (partner_id, id) {
        partner_id -> Guid,
        id -> Guid,
        customer_id -> Guid,
        state -> Text,
        asked_by -> Text,
        person -> Text,
        user_id -> Nullable<Guid>,
        reason -> Text,
        note -> Text,
        was -> Text,
        created_at -> Instant,
        ends_at -> Instant,
        ended_at -> Nullable<Instant>,
        undo_until -> Nullable<Instant>,
        closed_at -> Nullable<Instant>,
        version -> BigInt,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    end_request (partner_id, id) {
        partner_id -> Guid,
        id -> Guid,
        reseller_id -> Guid,
        customer_id -> Guid,
        person -> Text,
        reason -> Text,
        state -> Text,
        created_at -> Instant,
        answered_at -> Nullable<Instant>,
        answer -> Text,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    connection (organisation_id, partner_id) {
        organisation_id -> Guid,
        partner_id -> Guid,
        customer_id -> Guid,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    organisation_contact (organisation_id, id) {
        organisation_id -> Guid,
        id -> Guid,
        email -> Text,
        name -> Text,
        role -> Text,
        language -> Text,
        created_at -> Instant,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    access_link (hash) {
        hash -> Binary,
        organisation_id -> Guid,
        contact_id -> Guid,
        created_at -> Instant,
        expires_at -> Instant,
        used_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    access_visit (key_hash) {
        key_hash -> Binary,
        organisation_id -> Guid,
        contact_id -> Guid,
        created_at -> Instant,
        expires_at -> Instant,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    outbox (id) {
        id -> Guid,
        partner_id -> Nullable<Guid>,
        subject_id -> Nullable<Guid>,
        recipient -> Text,
        recipient_name -> Text,
        language -> Text,
        letter -> Text,
        state -> Text,
        attempts -> BigInt,
        last_error -> Text,
        created_at -> Instant,
        queued_at -> Instant,
        next_at -> Instant,
        sent_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    demo_mail (id) {
        id -> Guid,
        message_id -> Text,
        recipient -> Text,
        subject -> Text,
        text_part -> Text,
        html_part -> Text,
        delivered_at -> Instant,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    schedule (name) {
        name -> Text,
        next_at -> Instant,
        lease_until -> Instant,
        started_at -> Nullable<Instant>,
        finished_at -> Nullable<Instant>,
        done -> BigInt,
        runs -> BigInt,
        failures -> BigInt,
        last_error -> Text,
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
    customer_total,
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
    job_queue,
    job_result,
    invitation,
    invitation_answer,
    invitation_link,
    delegated_admin,
    ending,
    end_request,
    connection,
    organisation_contact,
    access_link,
    access_visit,
    outbox,
    demo_mail,
    schedule
);
