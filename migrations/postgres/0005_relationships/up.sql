-- Relationships: invitations, delegated admin, endings, and what a customer reaches without an
-- account; mail and the schedule that keep them going. docs/decisions/0005 says how they hang
-- together.

-- An invitation is its sender's. Expiry is not a state that somebody must set: sent or opened, and
-- past expires_at.
create table invitation (
  partner_id uuid not null,
  id uuid not null,
  cloud text not null,
  number bigint not null,
  kind text not null check (kind in ('reseller', 'reseller_and_provider', 'delegated_admin', 'partnership')),
  state text not null check (state in ('draft', 'sent', 'opened', 'accepted', 'declined', 'revoked')),
  open_link boolean not null,
  from_open_link uuid,
  uses bigint not null default 0,
  recipient_name text not null,
  recipient_email text not null,
  company text not null,
  company_key bytea not null,
  customer_id uuid,
  provider_id uuid,
  language text not null check (language in ('en', 'fr')),
  purpose text not null,
  note text not null,
  message text not null,
  roles text not null,
  duration_days bigint check (duration_days between 1 and 730),
  auto_extend boolean not null,
  generation bigint not null default 0,
  created_by uuid not null,
  created_at timestamptz not null,
  sent_at timestamptz,
  reminded_at timestamptz,
  opened_at timestamptz,
  expires_at timestamptz,
  answered_at timestamptz,
  version bigint not null default 1,
  primary key (partner_id, id),
  unique (partner_id, number),
  foreign key (partner_id, cloud) references partner_account (id, cloud),
  foreign key (provider_id, cloud) references partner_account (id, cloud),
  foreign key (partner_id, customer_id) references customer_account (partner_id, id),
  foreign key (partner_id, created_by) references membership (partner_id, user_id),
  foreign key (partner_id, from_open_link) references invitation (partner_id, id),
  check ((kind = 'reseller_and_provider') = (provider_id is not null)),
  check ((kind = 'delegated_admin') = (duration_days is not null)),
  check (kind <> 'delegated_admin' or roles <> ''),
  check (state <> 'draft' or (sent_at is null and generation = 0)),
  check (state not in ('sent', 'opened') or (sent_at is not null and expires_at is not null and generation > 0)),
  check (state <> 'opened' or opened_at is not null),
  check ((state in ('accepted', 'declined')) = (answered_at is not null)),
  check (state <> 'accepted' or not open_link)
);
create index invitation_by_state on invitation (partner_id, state, number);
create index invitation_by_expiry on invitation (partner_id, expires_at, number, state);
create index invitation_by_company on invitation (partner_id, company_key, number);
create index invitation_by_recipient on invitation (partner_id, recipient_email, state);
create index invitation_by_customer on invitation (partner_id, customer_id, number);
-- Two requests of one name would meet when both are approved.
create unique index invitation_admin_name on invitation (partner_id, purpose)
  where kind = 'delegated_admin' and state in ('draft', 'sent', 'opened');

-- Its search index (src/db/search/invitations.rs), as that of customers.
create table invitation_search (
  partner_id uuid not null,
  number bigint not null,
  tokens bigint[] not null,
  doc text not null,
  primary key (partner_id, number),
  foreign key (partner_id, number) references invitation (partner_id, number)
);
create index invitation_search_tokens on invitation_search using gin (tokens) with (fastupdate = off);

-- What its recipient answered, and what came of it. parts: which of the asked were accepted; facts:
-- what the customer account is made from, kept while an unexpected company waits for the sender's
-- decision.
create table invitation_answer (
  partner_id uuid not null,
  invitation_id uuid not null,
  accepted boolean not null,
  name text not null,
  role text not null,
  email text not null,
  reason text not null,
  parts text not null,
  mismatch boolean not null,
  facts text not null,
  decision text not null default '' check (decision in ('', 'confirmed', 'refused')),
  organisation_id uuid references organisation (id),
  result_id uuid,
  answered_at timestamptz not null,
  primary key (partner_id, invitation_id),
  foreign key (partner_id, invitation_id) references invitation (partner_id, id),
  check (not accepted or (name <> '' and parts <> '')),
  check (decision = '' or (accepted and mismatch))
);

-- Whose is a link? All that can be asked across tenants: the hash of a token, and where to look.
-- Older links stay known, to be explained.
create table invitation_link (
  hash bytea not null primary key check (length(hash) = 32),
  partner_id uuid not null,
  invitation_id uuid not null,
  generation bigint not null check (generation > 0),
  created_at timestamptz not null,
  unique (partner_id, invitation_id, generation),
  foreign key (partner_id, invitation_id) references invitation (partner_id, id)
);

-- Granted rights to administer, apart from the right to transact. Expiry is ends_at, whatever
-- state says; extending moves it forward, an early end back to its moment.
create table delegated_admin (
  partner_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  invitation_id uuid not null,
  name text not null check (length(name) between 1 and 50),
  state text not null check (state in ('active', 'ended')),
  roles text not null check (roles <> ''),
  duration_days bigint not null check (duration_days between 1 and 730),
  auto_extend boolean not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  ended_at timestamptz,
  ended_by text not null default '' check (ended_by in ('', 'partner', 'customer', 'relationship')),
  approved_by text not null check (approved_by <> ''),
  reminded_days bigint not null default 999,
  version bigint not null default 1,
  primary key (partner_id, id),
  unique (partner_id, name),
  unique (partner_id, invitation_id),
  foreign key (partner_id, customer_id) references customer_account (partner_id, id),
  foreign key (partner_id, invitation_id) references invitation (partner_id, id),
  check (ends_at > starts_at or state = 'ended'),
  check ((state = 'ended') = (ended_at is not null)),
  check ((state = 'ended') = (ended_by <> '')),
  check (state = 'active' or ends_at <= ended_at),
  -- Of the right to everything, the customer decides anew each time.
  check (not auto_extend or roles not like '%global_admin%')
);
create index delegated_admin_by_end on delegated_admin (partner_id, ends_at, id);
create index delegated_admin_by_customer on delegated_admin (partner_id, customer_id, ends_at);

-- The end of a reseller relationship: scheduled, done, undone within its time, or called off.
-- A customer who comes back closes it as returned.
create table ending (
  partner_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  state text not null check (state in ('scheduled', 'ended', 'undone', 'called_off', 'returned')),
  asked_by text not null check (asked_by in ('partner', 'provider', 'customer')),
  person text not null,
  user_id uuid,
  reason text not null check (reason in ('not_needed', 'moves_on', 'customer_asked', 'unpaid', 'company_closed', 'other')),
  note text not null,
  was text not null check (was in ('active', 'pending')),
  created_at timestamptz not null,
  ends_at timestamptz not null,
  ended_at timestamptz,
  undo_until timestamptz,
  closed_at timestamptz,
  version bigint not null default 1,
  primary key (partner_id, id),
  foreign key (partner_id, customer_id) references customer_account (partner_id, id),
  check (state not in ('ended', 'undone', 'returned') or (ended_at is not null and undo_until is not null)),
  check (state <> 'scheduled' or ended_at is null),
  check (state <> 'undone' or closed_at < undo_until),
  check (state <> 'called_off' or closed_at < ends_at),
  check ((state in ('undone', 'called_off', 'returned')) = (closed_at is not null))
);
create unique index ending_open on ending (partner_id, customer_id) where closed_at is null;
create index ending_by_customer on ending (partner_id, customer_id, created_at);
create index ending_due on ending (partner_id, ends_at) where state = 'scheduled';
-- From this moment on the relationship is over, whatever status says.
alter table customer_account add column ends_at timestamptz;

-- An indirect reseller asks its provider to end: the provider's task, by the shared organisation.
create table end_request (
  partner_id uuid not null,
  id uuid not null,
  reseller_id uuid not null references partner_account (id),
  customer_id uuid not null,
  person text not null,
  reason text not null,
  state text not null check (state in ('open', 'done', 'refused')),
  created_at timestamptz not null,
  answered_at timestamptz,
  answer text not null default '',
  primary key (partner_id, id),
  foreign key (partner_id, customer_id) references customer_account (partner_id, id),
  check ((state = 'open') = (answered_at is null)),
  check (state <> 'refused' or answer <> '')
);
create unique index end_request_open on end_request (partner_id, customer_id, reseller_id) where state = 'open';
create index end_request_by_state on end_request (partner_id, state, created_at, id);

alter table partnership add column ends_at timestamptz;
alter table partnership add column ended_by uuid references partner_account (id);
alter table partnership add column end_reason text not null default '';
alter table partnership add column version bigint not null default 1;
alter table partnership add check ((status = 'ended') = (ended_at is not null)),
  add check ((ends_at is null) = (ended_by is null)), add check (status <> 'invited' or ends_at is null),
  add check (ended_by in (provider_id, reseller_id));
-- Customers in common, counted by partner.
create index customer_by_counterpart on customer_account (partner_id, counterpart_id, listed)
  where counterpart_id is not null;

-- Which partners have an account of an organisation: kept by the rows themselves, asked by the
-- customer's access page alone.
create table connection (
  organisation_id uuid not null references organisation (id),
  partner_id uuid not null references partner_account (id),
  customer_id uuid not null,
  primary key (organisation_id, partner_id)
);

-- The people who may act for an organisation without an account, each known by a mailed link.
create table organisation_contact (
  organisation_id uuid not null references organisation (id),
  id uuid not null,
  email text not null,
  name text not null,
  role text not null,
  language text not null check (language in ('en', 'fr')),
  created_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, email)
);
create index organisation_contact_by_email on organisation_contact (email, organisation_id);

-- A single-use mailed link to the access page, and the visit that it opens.
create table access_link (
  hash bytea not null primary key check (length(hash) = 32),
  organisation_id uuid not null,
  contact_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  foreign key (organisation_id, contact_id) references organisation_contact (organisation_id, id)
);
create table access_visit (
  key_hash bytea not null primary key check (length(key_hash) = 32),
  organisation_id uuid not null,
  contact_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  foreign key (organisation_id, contact_id) references organisation_contact (organisation_id, id)
);
create index access_visit_by_end on access_visit (expires_at);

-- The outbox: written with what it announces, sent by a worker. A row names its letter and what
-- the letter says, never a token; partner_id and subject_id say what it is about. Whoever claims
-- a row moves next_at to the end of its lease. queued_at begins the day after which it is dead.
create table outbox (
  id uuid not null primary key,
  partner_id uuid,
  subject_id uuid,
  recipient text not null,
  recipient_name text not null,
  language text not null check (language in ('en', 'fr')),
  letter text not null,
  state text not null check (state in ('queued', 'sent', 'dead')),
  attempts bigint not null default 0,
  last_error text not null default '',
  created_at timestamptz not null,
  queued_at timestamptz not null,
  next_at timestamptz not null,
  sent_at timestamptz,
  check ((state = 'sent') = (sent_at is not null))
);
create index outbox_due on outbox (next_at) where state = 'queued';
create index outbox_by_state on outbox (state, id);
create index outbox_by_recipient on outbox (recipient, id);
create index outbox_by_subject on outbox (subject_id);

-- What a job did, line by line, where its page tells: problem is empty for what went well.
create table job_result (
  partner_id uuid not null,
  job_id uuid not null,
  line bigint not null,
  subject text not null,
  problem text not null,
  object_id uuid,
  primary key (partner_id, job_id, line),
  foreign key (partner_id, job_id) references job (partner_id, id)
);

-- How many tags a customer has, kept by the tags themselves: a list looks for the tags of those
-- alone that have any. The walls are forced on the owner too; for this one count they are off.
alter table customer_account add column tag_count bigint not null default 0;
alter table customer_account no force row level security;
alter table customer_tag no force row level security;
update customer_account c set tag_count = t.tags
  from (select partner_id, customer_id, count(*) as tags from customer_tag group by partner_id, customer_id) t
  where t.partner_id = c.partner_id and t.customer_id = c.id;
alter table customer_account force row level security;
alter table customer_tag force row level security;
create function customer_tag_changes() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    update customer_account set tag_count = tag_count + 1 where partner_id = new.partner_id and id = new.customer_id;
  else
    update customer_account set tag_count = tag_count - 1 where partner_id = old.partner_id and id = old.customer_id;
  end if;
  return null;
end $$;
create trigger customer_tag_counted after insert or delete on customer_tag for each row execute function customer_tag_changes();

-- The demonstration's mail box.
create table demo_mail (
  id uuid not null primary key,
  message_id text not null unique,
  recipient text not null,
  subject text not null,
  text_part text not null,
  html_part text not null,
  delivered_at timestamptz not null
);

-- What runs when, one server at a time.
create table schedule (
  name text not null primary key,
  next_at timestamptz not null,
  lease_until timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  done bigint not null default 0,
  runs bigint not null default 0,
  failures bigint not null default 0,
  last_error text not null default ''
);

create function connection_kept() returns trigger language plpgsql as $$
begin
  insert into connection (organisation_id, partner_id, customer_id)
    values (new.organisation_id, new.partner_id, new.id);
  return null;
end $$;
create trigger connection_kept after insert on customer_account
  for each row execute function connection_kept();
alter table customer_account no force row level security;
insert into connection select organisation_id, partner_id, id from customer_account;
alter table customer_account force row level security;

-- What is over stays over; the states of src/domain/relationship say the same.
create function invitation_states() returns trigger language plpgsql as $$
begin
  if old.state <> new.state and (old.state in ('accepted', 'declined', 'revoked')
    or new.state = 'draft' or (old.state = 'draft' and new.state not in ('sent', 'revoked'))) then
    raise exception 'an invitation does not go from % to %', old.state, new.state using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger invitation_states before update of state on invitation
  for each row execute function invitation_states();
create function delegated_admin_states() returns trigger language plpgsql as $$
begin
  if old.roles <> new.roles or (old.state = 'ended' and (new.state <> 'ended' or new.ends_at <> old.ends_at)) then
    raise exception 'what is granted is granted, and what is over stays over' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger delegated_admin_states before update of state, roles, ends_at on delegated_admin
  for each row execute function delegated_admin_states();
create function ending_states() returns trigger language plpgsql as $$
begin
  if old.state <> new.state and old.state || ' ' || new.state not in
    ('scheduled ended', 'scheduled called_off', 'ended undone', 'ended returned') then
    raise exception 'an ending does not go from % to %', old.state, new.state using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger ending_states before update of state on ending
  for each row execute function ending_states();
create function partnership_states() returns trigger language plpgsql as $$
begin
  if new.status = 'invited' and old.status <> 'invited' or old.status = 'invited' and new.status = 'ended' then
    raise exception 'a partnership does not go from % to %', old.status, new.status using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger partnership_states before update of status on partnership
  for each row execute function partnership_states();
create function end_request_states() returns trigger language plpgsql as $$
begin
  if old.state <> 'open' and new.state <> old.state then
    raise exception 'a request is answered once' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger end_request_states before update of state on end_request
  for each row execute function end_request_states();

do $$
declare t text;
begin
  foreach t in array array['invitation', 'invitation_search', 'delegated_admin', 'ending', 'end_request', 'invitation_answer',
    'job_result'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant_wall on %I using (partner_id = (select current_partner())) '
      'with check (partner_id = (select current_partner()))', t);
  end loop;
end $$;

-- Customers and time itself act too.
alter table audit_event drop constraint audit_event_actor_kind_check;
alter table audit_event add constraint audit_event_actor_kind_check
  check (actor_kind in ('user', 'operator', 'command', 'job', 'customer', 'system'));
