-- The audit log is append-only and hash-chained per partner; what may have to be erased (before,
-- after) lies beside the chain, which holds only its salted digest.
create table audit_event (
  partner_id uuid not null,
  seq bigint not null,
  at timestamptz not null,
  request_id uuid not null,
  actor_kind text not null check (actor_kind in ('user', 'operator', 'command', 'job')),
  actor_id uuid,
  action text not null,
  object_kind text not null,
  object_id uuid,
  detail_digest bytea not null check (length(detail_digest) = 32),
  previous_hash bytea not null check (length(previous_hash) = 32),
  hash bytea not null check (length(hash) = 32),
  primary key (partner_id, seq)
);
create index audit_by_object on audit_event (partner_id, object_id, seq);

create table audit_detail (
  partner_id uuid not null,
  seq bigint not null,
  salt bytea not null check (length(salt) = 16),
  before text not null,
  after text not null,
  primary key (partner_id, seq),
  foreign key (partner_id, seq) references audit_event (partner_id, seq)
);

create table audit_head (
  partner_id uuid not null primary key,
  seq bigint not null,
  hash bytea not null check (length(hash) = 32)
);


create table idempotency (
  partner_id uuid not null,
  user_id uuid not null,
  key text not null,
  fingerprint bytea not null check (length(fingerprint) = 32),
  location text not null,
  created_at timestamptz not null,
  primary key (partner_id, user_id, key)
);

create table job (
  partner_id uuid not null references partner_account (id),
  id uuid not null,
  kind text not null,
  state text not null check (state in ('queued', 'running', 'done', 'failed')),
  payload text not null,
  progress text not null,
  done bigint not null,
  failed bigint not null,
  created_by uuid not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (partner_id, id)
);

-- Which job of which partner is next: not tenant data, and all that a worker may see across tenants.
create table job_queue (
  job_id uuid not null primary key,
  partner_id uuid not null,
  user_id uuid not null,
  run_at timestamptz not null,
  lease_until timestamptz not null
);
create index job_queue_by_time on job_queue (run_at);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only';
end $$;
create trigger audit_event_no_change before update or delete on audit_event
  for each row execute function refuse_change();
create trigger audit_event_no_truncate before truncate on audit_event
  for each statement execute function refuse_change();
create trigger audit_detail_no_delete before delete on audit_detail
  for each row execute function refuse_change();
create trigger audit_detail_no_truncate before truncate on audit_detail
  for each statement execute function refuse_change();

-- The wall (docs/security.md): a row is visible and writable only for the partner set in this
-- very transaction. Nothing set: nothing seen.
create function current_partner() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('app.partner', true), '')::uuid $$;
do $$
declare t text;
begin
  foreach t in array array['customer_account', 'agreement_acceptance', 'customer_note', 'tag',
    'customer_tag', 'saved_view', 'customer_draft', 'customer_search', 'audit_event',
    'audit_detail', 'audit_head', 'idempotency', 'job'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant_wall on %I using (partner_id = (select current_partner())) '
      'with check (partner_id = (select current_partner()))', t);
  end loop;
end $$;
