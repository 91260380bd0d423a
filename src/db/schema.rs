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

    referral_total (partner_id) {
        partner_id -> Guid,
        received -> BigInt,
        accepted -> BigInt,
        won -> BigInt,
        lost -> BigInt,
        declined -> BigInt,
        expired -> BigInt,
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

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    term (kind, key) {
        kind -> Text,
        key -> Text,
        position -> BigInt,
        en -> Text,
        fr -> Text,
        active -> Bool,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    platform_setting (name) {
        name -> Text,
        value -> Text,
        updated_at -> Instant,
        updated_by -> Nullable<Guid>,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    business_profile (partner_id, id) {
        partner_id -> Guid,
        id -> Guid,
        cloud -> Text,
        country -> Text,
        state -> Text,
        draft -> Text,
        logo_id -> Nullable<Guid>,
        revision -> BigInt,
        published -> Nullable<BigInt>,
        waiting -> Nullable<BigInt>,
        created_at -> Instant,
        updated_at -> Instant,
        updated_by -> Nullable<Guid>,
        published_at -> Nullable<Instant>,
        confirmed_at -> Instant,
        reminded_at -> Nullable<Instant>,
        version -> BigInt,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    profile_revision (partner_id, profile_id, number) {
        partner_id -> Guid,
        profile_id -> Guid,
        number -> BigInt,
        state -> Text,
        content -> Text,
        logo_id -> Nullable<Guid>,
        created_by -> Nullable<Guid>,
        created_at -> Instant,
        decided_at -> Nullable<Instant>,
        reason -> Text,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    profile_location (partner_id, id) {
        partner_id -> Guid,
        id -> Guid,
        profile_id -> Guid,
        name -> Text,
        city -> Text,
        lead_email -> Text,
        active -> Bool,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    moderation_queue (partner_id, profile_id) {
        partner_id -> Guid,
        profile_id -> Guid,
        number -> BigInt,
        cloud -> Text,
        submitted_at -> Instant,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    logo (partner_id, id) {
        partner_id -> Guid,
        id -> Guid,
        width -> BigInt,
        height -> BigInt,
        bytes -> Binary,
        created_at -> Instant,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    listing (partner_id, profile_id) {
        partner_id -> Guid,
        profile_id -> Guid,
        number -> BigInt,
        cloud -> Text,
        slug -> Text,
        name -> Text,
        country -> Text,
        account_type -> Text,
        content -> Text,
        logo_id -> Nullable<Guid>,
        score -> BigInt,
        answer_hours -> Nullable<BigInt>,
        rank -> BigInt,
        listed -> Bool,
        published_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    listing_location (partner_id, id) {
        partner_id -> Guid,
        id -> Guid,
        profile_id -> Guid,
        position -> BigInt,
        slug -> Text,
        name -> Text,
        address1 -> Text,
        city -> Text,
        state -> Text,
        postal_code -> Text,
        country -> Text,
        phone -> Text,
        latitude -> BigInt,
        longitude -> BigInt,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    insight (partner_id, profile_id, day, kind, location_id) {
        partner_id -> Guid,
        profile_id -> Guid,
        location_id -> Guid,
        day -> BigInt,
        kind -> Text,
        count -> BigInt,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    inquiry (id) {
        id -> Guid,
        cloud -> Text,
        link_hash -> Binary,
        language -> Text,
        company -> Text,
        first_name -> Text,
        last_name -> Text,
        email -> Text,
        phone -> Text,
        address1 -> Text,
        postal_code -> Text,
        city -> Text,
        country -> Text,
        latitude -> Nullable<BigInt>,
        longitude -> Nullable<BigInt>,
        industry -> Text,
        size -> Text,
        services -> Text,
        products -> Text,
        need -> Text,
        time_frame -> Text,
        wants_call -> Bool,
        allow_next -> Bool,
        named -> Bool,
        consent_at -> Instant,
        created_at -> Instant,
        erased_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    routing_decision (inquiry_id, number) {
        inquiry_id -> Guid,
        number -> BigInt,
        decided_at -> Instant,
        weights -> Text,
        candidates -> Text,
        chosen_partner_id -> Nullable<Guid>,
        chosen_profile_id -> Nullable<Guid>,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    referral (partner_id, id) {
        partner_id -> Guid,
        id -> Guid,
        cloud -> Text,
        number -> BigInt,
        source -> Text,
        status -> Text,
        substatus -> Text,
        company -> Text,
        company_key -> Binary,
        country -> Text,
        city -> Text,
        industry -> Text,
        size -> Text,
        services -> Text,
        products -> Text,
        need -> Text,
        time_frame -> Text,
        wants_call -> Bool,
        title -> Text,
        value_minor -> Nullable<BigInt>,
        currency -> Text,
        close_on -> Text,
        stage -> Text,
        sender_name -> Text,
        owner_id -> Nullable<Guid>,
        location_id -> Nullable<Guid>,
        received_at -> Instant,
        expires_at -> Nullable<Instant>,
        answered_at -> Nullable<Instant>,
        closed_at -> Nullable<Instant>,
        reason -> Text,
        version -> BigInt,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    referral_detail (partner_id, referral_id) {
        partner_id -> Guid,
        referral_id -> Guid,
        language -> Text,
        reason_note -> Text,
        next_action -> Text,
        crm_id -> Text,
        campaign_id -> Text,
        contacted -> Bool,
        routing -> Text,
        customer_id -> Nullable<Guid>,
        invitation_id -> Nullable<Guid>,
        import_id -> Nullable<Guid>,
        created_by -> Nullable<Guid>,
        opened_at -> Nullable<Instant>,
        opened_by -> Nullable<Guid>,
        reminded_days -> BigInt,
        reopened_at -> Nullable<Instant>,
        updated_at -> Instant,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    referral_prospect (partner_id, referral_id) {
        partner_id -> Guid,
        referral_id -> Guid,
        first_name -> Text,
        last_name -> Text,
        email -> Text,
        phone -> Text,
        address1 -> Text,
        address2 -> Text,
        postal_code -> Text,
        state -> Text,
        registration_number -> Text,
        consent_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    referral_note (partner_id, id) {
        partner_id -> Guid,
        id -> Guid,
        referral_id -> Guid,
        author_id -> Guid,
        body -> Text,
        created_at -> Instant,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    referral_member (partner_id, referral_id, user_id) {
        partner_id -> Guid,
        referral_id -> Guid,
        user_id -> Guid,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    referral_favourite (partner_id, user_id, referral_id) {
        partner_id -> Guid,
        user_id -> Guid,
        referral_id -> Guid,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    handover (partner_id, id) {
        partner_id -> Guid,
        id -> Guid,
        referral_id -> Guid,
        state -> Text,
        message -> Text,
        allow_next -> Bool,
        winner_id -> Nullable<Guid>,
        created_by -> Guid,
        created_at -> Instant,
        expires_at -> Instant,
        closed_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    engagement (to_partner_id, id) {
        to_partner_id -> Guid,
        id -> Guid,
        from_partner_id -> Nullable<Guid>,
        cloud -> Text,
        kind -> Text,
        inquiry_id -> Nullable<Guid>,
        from_referral_id -> Nullable<Guid>,
        handover_id -> Nullable<Guid>,
        to_referral_id -> Guid,
        state -> Text,
        reason -> Text,
        message -> Text,
        title -> Text,
        value_minor -> Nullable<BigInt>,
        currency -> Text,
        close_on -> Text,
        stage -> Text,
        help -> Text,
        offered_at -> Instant,
        expires_at -> Instant,
        opened_at -> Nullable<Instant>,
        answered_at -> Nullable<Instant>,
        closed_at -> Nullable<Instant>,
        version -> BigInt,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    engagement_entry (to_partner_id, engagement_id, id) {
        to_partner_id -> Guid,
        engagement_id -> Guid,
        id -> Guid,
        from_partner_id -> Guid,
        by_partner_id -> Guid,
        person -> Text,
        kind -> Text,
        body -> Text,
        created_at -> Instant,
    }
}

diesel::table! {
    use super::{BigInt, Binary, Bool, Guid, Instant, Nullable, Text};

    referral_import (partner_id, id) {
        partner_id -> Guid,
        id -> Guid,
        state -> Text,
        created -> BigInt,
        updated -> BigInt,
        failed -> BigInt,
        changes -> Text,
        created_by -> Guid,
        created_at -> Instant,
        undone_at -> Nullable<Instant>,
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
    referral_total,
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
    schedule,
    term,
    platform_setting,
    business_profile,
    profile_revision,
    profile_location,
    moderation_queue,
    logo,
    listing,
    listing_location,
    insight,
    inquiry,
    routing_decision,
    referral,
    referral_detail,
    referral_prospect,
    referral_note,
    referral_member,
    referral_favourite,
    handover,
    engagement,
    engagement_entry,
    referral_import
);
