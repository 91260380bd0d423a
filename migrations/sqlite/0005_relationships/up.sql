-- Relationships: invitations, delegated admin, endings, and what a customer reaches without an
-- account; mail and the schedule that keep them going. docs/decisions/0005 says how they hang
-- together.

-- An invitation is its sender's. Expiry is not a state that somebody must set: sent or opened, and
-- past expires_at.
create table invitation (
  partner_id blob not null,
  id blob not null check (length(id) = 16),
  cloud text not null,
  number integer not null,
  kind text not null check (kind in ('reseller', 'reseller_and_provider', 'delegated_admin', 'partnership')),
  state text not null check (state in ('draft', 'sent', 'opened', 'accepted', 'declined', 'revoked')),
  open_link integer not null check (open_link in (0, 1)),
  from_open_link blob,
  uses integer not null default 0,
  recipient_name text not null,
  recipient_email text not null,
  company text not null,
  company_key blob not null,
  customer_id blob,
  provider_id blob,
  language text not null check (language in ('en', 'fr')),
  purpose text not null,
  note text not null,
  message text not null,
  roles text not null,
  duration_days integer check (duration_days between 1 and 730),
  auto_extend integer not null check (auto_extend in (0, 1)),
  generation integer not null default 0,
  created_by blob not null,
  created_at integer not null,
  sent_at integer,
  reminded_at integer,
  opened_at integer,
  expires_at integer,
  answered_at integer,
  version integer not null default 1,
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
) strict;
create index invitation_by_state on invitation (partner_id, state, number);
create index invitation_by_expiry on invitation (partner_id, expires_at, number, state);
create index invitation_by_company on invitation (partner_id, company_key, number);
create index invitation_by_recipient on invitation (partner_id, recipient_email, state);
create index invitation_by_customer on invitation (partner_id, customer_id, number);
-- Two requests of one name would meet when both are approved.
create unique index invitation_admin_name on invitation (partner_id, purpose)
  where kind = 'delegated_admin' and state in ('draft', 'sent', 'opened');

-- Its search index (src/db/search/invitations.rs): the row number is the partner's number and the
-- invitation's own, so that the newest are the last postings.
create virtual table invitation_search using fts5 (
  doc, facets, content = '', contentless_delete = 1,
  tokenize = 'trigram case_sensitive 1'
);

-- What its recipient answered, and what came of it. parts: which of the asked were accepted; facts:
-- what the customer account is made from, kept while an unexpected company waits for the sender's
-- decision.
create table invitation_answer (
  partner_id blob not null,
  invitation_id blob not null,
  accepted integer not null check (accepted in (0, 1)),
  name text not null,
  role text not null,
  email text not null,
  reason text not null,
  parts text not null,
  mismatch integer not null check (mismatch in (0, 1)),
  facts text not null,
  decision text not null default '' check (decision in ('', 'confirmed', 'refused')),
  organisation_id blob references organisation (id),
  result_id blob,
  answered_at integer not null,
  primary key (partner_id, invitation_id),
  foreign key (partner_id, invitation_id) references invitation (partner_id, id),
  check (not accepted or (name <> '' and parts <> '')),
  check (decision = '' or (accepted and mismatch))
) strict;

-- Whose is a link? All that can be asked across tenants: the hash of a token, and where to look.
-- Older links stay known, to be explained.
create table invitation_link (
  hash blob not null primary key check (length(hash) = 32),
  partner_id blob not null,
  invitation_id blob not null,
  generation integer not null check (generation > 0),
  created_at integer not null,
  unique (partner_id, invitation_id, generation),
  foreign key (partner_id, invitation_id) references invitation (partner_id, id)
) strict;

-- Granted rights to administer, apart from the right to transact. Expiry is ends_at, whatever
-- state says; extending moves it forward, an early end back to its moment.
create table delegated_admin (
  partner_id blob not null,
  id blob not null check (length(id) = 16),
  customer_id blob not null,
  invitation_id blob not null,
  name text not null check (length(name) between 1 and 50),
  state text not null check (state in ('active', 'ended')),
  roles text not null check (roles <> ''),
  duration_days integer not null check (duration_days between 1 and 730),
  auto_extend integer not null check (auto_extend in (0, 1)),
  starts_at integer not null,
  ends_at integer not null,
  ended_at integer,
  ended_by text not null default '' check (ended_by in ('', 'partner', 'customer', 'relationship')),
  approved_by text not null check (approved_by <> ''),
  reminded_days integer not null default 999,
  version integer not null default 1,
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
) strict;
create index delegated_admin_by_end on delegated_admin (partner_id, ends_at, id);
create index delegated_admin_by_customer on delegated_admin (partner_id, customer_id, ends_at);

-- The end of a reseller relationship: scheduled, done, undone within its time, or called off.
-- A customer who comes back closes it as returned.
create table ending (
  partner_id blob not null,
  id blob not null check (length(id) = 16),
  customer_id blob not null,
  state text not null check (state in ('scheduled', 'ended', 'undone', 'called_off', 'returned')),
  asked_by text not null check (asked_by in ('partner', 'provider', 'customer')),
  person text not null,
  user_id blob,
  reason text not null check (reason in ('not_needed', 'moves_on', 'customer_asked', 'unpaid', 'company_closed', 'other')),
  note text not null,
  was text not null check (was in ('active', 'pending')),
  created_at integer not null,
  ends_at integer not null,
  ended_at integer,
  undo_until integer,
  closed_at integer,
  version integer not null default 1,
  primary key (partner_id, id),
  foreign key (partner_id, customer_id) references customer_account (partner_id, id),
  check (state not in ('ended', 'undone', 'returned') or (ended_at is not null and undo_until is not null)),
  check (state <> 'scheduled' or ended_at is null),
  check (state <> 'undone' or closed_at < undo_until),
  check (state <> 'called_off' or closed_at < ends_at),
  check ((state in ('undone', 'called_off', 'returned')) = (closed_at is not null))
) strict;
create unique index ending_open on ending (partner_id, customer_id) where closed_at is null;
create index ending_by_customer on ending (partner_id, customer_id, created_at);
create index ending_due on ending (partner_id, ends_at) where state = 'scheduled';
-- From this moment on the relationship is over, whatever status says.
alter table customer_account add column ends_at integer;

-- An indirect reseller asks its provider to end: the provider's task, by the shared organisation.
create table end_request (
  partner_id blob not null,
  id blob not null check (length(id) = 16),
  reseller_id blob not null references partner_account (id),
  customer_id blob not null,
  person text not null,
  reason text not null,
  state text not null check (state in ('open', 'done', 'refused')),
  created_at integer not null,
  answered_at integer,
  answer text not null default '',
  primary key (partner_id, id),
  foreign key (partner_id, customer_id) references customer_account (partner_id, id),
  check ((state = 'open') = (answered_at is null)),
  check (state <> 'refused' or answer <> '')
) strict;
create unique index end_request_open on end_request (partner_id, customer_id, reseller_id) where state = 'open';
create index end_request_by_state on end_request (partner_id, state, created_at, id);

alter table partnership add column ends_at integer;
alter table partnership add column ended_by blob references partner_account (id);
alter table partnership add column end_reason text not null default '';
alter table partnership add column version integer not null default 1;
-- Customers in common, counted by partner.
create index customer_by_counterpart on customer_account (partner_id, counterpart_id, listed)
  where counterpart_id is not null;

-- Which partners have an account of an organisation: kept by the rows themselves, asked by the
-- customer's access page alone.
create table connection (
  organisation_id blob not null references organisation (id),
  partner_id blob not null references partner_account (id),
  customer_id blob not null,
  primary key (organisation_id, partner_id)
) strict;

-- The people who may act for an organisation without an account, each known by a mailed link.
create table organisation_contact (
  organisation_id blob not null references organisation (id),
  id blob not null check (length(id) = 16),
  email text not null,
  name text not null,
  role text not null,
  language text not null check (language in ('en', 'fr')),
  created_at integer not null,
  primary key (organisation_id, id),
  unique (organisation_id, email)
) strict;
create index organisation_contact_by_email on organisation_contact (email, organisation_id);

-- A single-use mailed link to the access page, and the visit that it opens.
create table access_link (
  hash blob not null primary key check (length(hash) = 32),
  organisation_id blob not null,
  contact_id blob not null,
  created_at integer not null,
  expires_at integer not null,
  used_at integer,
  foreign key (organisation_id, contact_id) references organisation_contact (organisation_id, id)
) strict;
create table access_visit (
  key_hash blob not null primary key check (length(key_hash) = 32),
  organisation_id blob not null,
  contact_id blob not null,
  created_at integer not null,
  expires_at integer not null,
  foreign key (organisation_id, contact_id) references organisation_contact (organisation_id, id)
) strict;
create index access_visit_by_end on access_visit (expires_at);

-- The outbox: written with what it announces, sent by a worker. A row names its letter and what
-- the letter says, never a token; partner_id and subject_id say what it is about. Whoever claims
-- a row moves next_at to the end of its lease. queued_at begins the day after which it is dead.
create table outbox (
  id blob not null primary key check (length(id) = 16),
  partner_id blob,
  subject_id blob,
  recipient text not null,
  recipient_name text not null,
  language text not null check (language in ('en', 'fr')),
  letter text not null,
  state text not null check (state in ('queued', 'sent', 'dead')),
  attempts integer not null default 0,
  last_error text not null default '',
  created_at integer not null,
  queued_at integer not null,
  next_at integer not null,
  sent_at integer,
  check ((state = 'sent') = (sent_at is not null))
) strict;
create index outbox_due on outbox (next_at) where state = 'queued';
create index outbox_by_state on outbox (state, id);
create index outbox_by_recipient on outbox (recipient, id);
create index outbox_by_subject on outbox (subject_id);

-- What a job did, line by line, where its page tells: problem is empty for what went well.
create table job_result (
  partner_id blob not null,
  job_id blob not null,
  line integer not null,
  subject text not null,
  problem text not null,
  object_id blob,
  primary key (partner_id, job_id, line),
  foreign key (partner_id, job_id) references job (partner_id, id)
) strict;

-- How many tags a customer has, kept by the tags themselves: a list looks for the tags of those
-- alone that have any.
alter table customer_account add column tag_count integer not null default 0;
update customer_account set tag_count =
  (select count(*) from customer_tag t where t.partner_id = customer_account.partner_id and t.customer_id = customer_account.id);
create trigger customer_tag_added after insert on customer_tag begin
  update customer_account set tag_count = tag_count + 1 where partner_id = new.partner_id and id = new.customer_id;
end;
create trigger customer_tag_removed after delete on customer_tag begin
  update customer_account set tag_count = tag_count - 1 where partner_id = old.partner_id and id = old.customer_id;
end;

-- The demonstration's mail box.
create table demo_mail (
  id blob not null primary key check (length(id) = 16),
  message_id text not null unique,
  recipient text not null,
  subject text not null,
  text_part text not null,
  html_part text not null,
  delivered_at integer not null
) strict;

-- What runs when, one server at a time.
create table schedule (
  name text not null primary key,
  next_at integer not null,
  lease_until integer not null,
  started_at integer,
  finished_at integer,
  done integer not null default 0,
  runs integer not null default 0,
  failures integer not null default 0,
  last_error text not null default ''
) strict;

create trigger connection_kept after insert on customer_account begin
  insert into connection (organisation_id, partner_id, customer_id)
    values (new.organisation_id, new.partner_id, new.id);
end;
insert into connection select organisation_id, partner_id, id from customer_account;

-- What is over stays over; the states of src/domain/relationship say the same.
create trigger invitation_states before update of state on invitation
  when old.state <> new.state and (old.state in ('accepted', 'declined', 'revoked')
    or new.state = 'draft' or (old.state = 'draft' and new.state not in ('sent', 'revoked'))) begin
  select raise(abort, 'an invitation does not go there');
end;
create trigger delegated_admin_states before update of state, roles, ends_at on delegated_admin
  when old.roles <> new.roles or (old.state = 'ended' and (new.state <> 'ended' or new.ends_at <> old.ends_at)) begin
  select raise(abort, 'what is granted is granted, and what is over stays over');
end;
create trigger partnership_new before insert on partnership
  when (new.status = 'ended') <> (new.ended_at is not null)
    or (new.ends_at is null) <> (new.ended_by is null) or new.status = 'invited' and new.ends_at is not null
    or new.ended_by not in (new.provider_id, new.reseller_id) begin
  select raise(abort, 'not a state of a partnership');
end;
create trigger partnership_states before update on partnership
  when (new.status = 'ended') <> (new.ended_at is not null)
    or (new.ends_at is null) <> (new.ended_by is null) or new.status = 'invited' and new.ends_at is not null
    or new.ended_by not in (new.provider_id, new.reseller_id)
    or new.status = 'invited' and old.status <> 'invited' or old.status = 'invited' and new.status = 'ended' begin
  select raise(abort, 'a partnership does not go there');
end;
create trigger ending_states before update of state on ending
  when old.state <> new.state and old.state || ' ' || new.state not in
    ('scheduled ended', 'scheduled called_off', 'ended undone', 'ended returned') begin
  select raise(abort, 'an ending does not go there');
end;
create trigger end_request_states before update of state on end_request
  when old.state <> 'open' and new.state <> old.state begin
  select raise(abort, 'a request is answered once');
end;

-- Customers and time itself act too. A table's check is part of its text alone, which may be
-- replaced where no stored row is concerned (sqlite.org/lang_altertable.html, section 7).
pragma writable_schema = on;
update sqlite_schema
  set sql = replace(sql, '''command'', ''job'')', '''command'', ''job'', ''customer'', ''system'')')
  where type = 'table' and name = 'audit_event';
pragma writable_schema = reset;
