-- The audit log is append-only and hash-chained per partner; what may have to be erased (before,
-- after) lies beside the chain, which holds only its salted digest.
create table audit_event (
  partner_id blob not null,
  seq integer not null,
  at integer not null,
  request_id blob not null,
  actor_kind text not null check (actor_kind in ('user', 'operator', 'command', 'job')),
  actor_id blob,
  action text not null,
  object_kind text not null,
  object_id blob,
  detail_digest blob not null check (length(detail_digest) = 32),
  previous_hash blob not null check (length(previous_hash) = 32),
  hash blob not null check (length(hash) = 32),
  primary key (partner_id, seq)
) strict, without rowid;
create index audit_by_object on audit_event (partner_id, object_id, seq);

create table audit_detail (
  partner_id blob not null,
  seq integer not null,
  salt blob not null check (length(salt) = 16),
  before text not null,
  after text not null,
  primary key (partner_id, seq),
  foreign key (partner_id, seq) references audit_event (partner_id, seq)
) strict, without rowid;

create table audit_head (
  partner_id blob not null primary key,
  seq integer not null,
  hash blob not null check (length(hash) = 32)
) strict, without rowid;

create trigger audit_event_no_update before update on audit_event
  begin select raise(abort, 'the audit log is append-only'); end;
create trigger audit_event_no_delete before delete on audit_event
  begin select raise(abort, 'the audit log is append-only'); end;
create trigger audit_detail_no_delete before delete on audit_detail
  begin select raise(abort, 'the audit log is append-only'); end;

create table idempotency (
  partner_id blob not null,
  user_id blob not null,
  key text not null,
  fingerprint blob not null check (length(fingerprint) = 32),
  location text not null,
  created_at integer not null,
  primary key (partner_id, user_id, key)
) strict, without rowid;

create table job (
  partner_id blob not null references partner_account (id),
  id blob not null check (length(id) = 16),
  kind text not null,
  state text not null check (state in ('queued', 'running', 'done', 'failed')),
  payload text not null,
  progress text not null,
  done integer not null,
  failed integer not null,
  created_by blob not null,
  created_at integer not null,
  finished_at integer,
  primary key (partner_id, id)
) strict, without rowid;

-- Which job of which partner is next: not tenant data, and all that a worker may see across tenants.
create table job_queue (
  job_id blob not null primary key check (length(job_id) = 16),
  partner_id blob not null,
  user_id blob not null,
  run_at integer not null,
  lease_until integer not null
) strict, without rowid;
create index job_queue_by_time on job_queue (run_at);
