-- Organisations are shared by the partners of one cloud; every other table here belongs to one
-- partner account, and its keys and references lead with partner_id.
create table organisation (
  id blob not null primary key check (length(id) = 16),
  cloud text not null check (cloud in ('worldwide', 'us_government', 'germany')),
  domain text not null,
  legal_name text not null,
  country text not null,
  registration_number text not null,
  created_at integer not null,
  version integer not null default 1,
  unique (id, cloud),
  unique (cloud, domain)
) strict;
create index organisation_by_registration on organisation (cloud, country, registration_number)
  where registration_number <> '';

create table organisation_admin (
  organisation_id blob not null references organisation (id),
  user_id blob not null references app_user (id),
  created_at integer not null,
  primary key (organisation_id, user_id)
) strict, without rowid;

create table customer_account (
  partner_id blob not null,
  id blob not null check (length(id) = 16),
  cloud text not null,
  organisation_id blob not null,
  status text not null check (status in ('active', 'pending', 'ended')),
  listed integer not null check (listed in (0, 1)),
  source text not null check (source in ('added', 'invited', 'imported', 'api', 'referral', 'connector')),
  counterpart_id blob references partner_account (id),
  company_name text not null,
  name_key blob not null,
  alias text not null,
  domain text not null,
  country text not null,
  address1 text not null,
  address2 text not null,
  city text not null,
  state text not null,
  postal_code text not null,
  phone text not null,
  registration_number text not null,
  contact_first text not null,
  contact_middle text not null,
  contact_last text not null,
  contact_email text not null,
  language text not null,
  owner_id blob,
  agreed_on text,
  created_at integer not null,
  activity_at integer not null,
  version integer not null default 1,
  primary key (partner_id, id),
  unique (partner_id, organisation_id),
  foreign key (partner_id, cloud) references partner_account (id, cloud),
  foreign key (organisation_id, cloud) references organisation (id, cloud),
  foreign key (partner_id, owner_id) references membership (partner_id, user_id),
  check ((status = 'ended') = (listed = 0))
) strict;
create index customer_by_name on customer_account (partner_id, listed, name_key, id);
create index customer_by_created on customer_account (partner_id, listed, created_at, id);
create index customer_by_activity on customer_account (partner_id, listed, activity_at, id);
create index customer_by_registration on customer_account (partner_id, country, registration_number)
  where registration_number <> '';

create table agreement_acceptance (
  partner_id blob not null,
  id blob not null check (length(id) = 16),
  customer_id blob not null,
  template text not null,
  agreed_on text not null,
  first_name text not null,
  last_name text not null,
  email text not null,
  phone text not null,
  attested_by blob not null,
  attested_at integer not null,
  primary key (partner_id, id),
  foreign key (partner_id, customer_id) references customer_account (partner_id, id)
) strict, without rowid;
create index agreement_by_customer on agreement_acceptance (partner_id, customer_id);

create table customer_note (
  partner_id blob not null,
  id blob not null check (length(id) = 16),
  customer_id blob not null,
  author_id blob not null,
  body text not null,
  created_at integer not null,
  updated_at integer not null,
  version integer not null default 1,
  primary key (partner_id, id),
  foreign key (partner_id, customer_id) references customer_account (partner_id, id),
  foreign key (partner_id, author_id) references membership (partner_id, user_id)
) strict, without rowid;
create index note_by_customer on customer_note (partner_id, customer_id, created_at);

create table tag (
  partner_id blob not null references partner_account (id),
  id blob not null check (length(id) = 16),
  name text not null,
  name_folded text not null,
  colour integer not null check (colour between 0 and 9),
  created_at integer not null,
  primary key (partner_id, id),
  unique (partner_id, name_folded)
) strict, without rowid;

create table customer_tag (
  partner_id blob not null,
  customer_id blob not null,
  tag_id blob not null,
  primary key (partner_id, customer_id, tag_id),
  foreign key (partner_id, customer_id) references customer_account (partner_id, id),
  foreign key (partner_id, tag_id) references tag (partner_id, id)
) strict, without rowid;
create index customer_tag_by_tag on customer_tag (partner_id, tag_id, customer_id);

create table saved_view (
  partner_id blob not null,
  id blob not null check (length(id) = 16),
  user_id blob not null,
  shared integer not null check (shared in (0, 1)),
  list text not null,
  name text not null,
  query text not null,
  created_at integer not null,
  primary key (partner_id, id),
  foreign key (partner_id, user_id) references membership (partner_id, user_id)
) strict, without rowid;
create index saved_view_by_list on saved_view (partner_id, list, name);

create table customer_draft (
  partner_id blob not null,
  id blob not null check (length(id) = 16),
  user_id blob not null,
  data text not null,
  customer_id blob,
  created_at integer not null,
  updated_at integer not null,
  version integer not null default 1,
  primary key (partner_id, id),
  foreign key (partner_id, user_id) references membership (partner_id, user_id),
  foreign key (partner_id, customer_id) references customer_account (partner_id, id)
) strict, without rowid;
create index draft_by_user on customer_draft (partner_id, user_id, updated_at);

-- The search index of SQLite (src/db/search). `rank` is the partner's number in the high bits and
-- a position in name order in the low ones, so that full-text matches come out of one contiguous
-- range, already sorted by name.
create table customer_rank (
  rank integer primary key,
  partner_id blob not null,
  customer_id blob not null,
  unique (partner_id, customer_id),
  foreign key (partner_id, customer_id) references customer_account (partner_id, id)
) strict;
create virtual table customer_search using fts5 (
  doc, facets, content = '', contentless_delete = 1,
  tokenize = 'trigram case_sensitive 1'
);
