-- Who signs in, for whom, and in which cloud. None of these tables belongs to one tenant;
-- only src/access names them.
create table partner_account (
  id blob not null primary key check (length(id) = 16),
  number integer not null unique check (number between 1 and 4000000),
  slug text not null unique,
  name text not null,
  account_type text not null check (account_type in ('direct', 'indirect_provider', 'indirect_reseller')),
  status text not null check (status in ('applied', 'active', 'suspended', 'closed')),
  cloud text not null check (cloud in ('worldwide', 'us_government', 'germany')),
  country text not null,
  domain text not null,
  created_at integer not null,
  version integer not null default 1,
  unique (id, cloud)
) strict;

create table app_user (
  id blob not null primary key check (length(id) = 16),
  email text not null unique,
  name text not null,
  password_hash text,
  language text not null check (language in ('en', 'fr')),
  time_zone text not null,
  theme text not null default 'auto' check (theme in ('auto', 'light', 'dark')),
  operator integer not null default 0 check (operator in (0, 1)),
  status text not null check (status in ('active', 'disabled')),
  created_at integer not null,
  version integer not null default 1
) strict;

create table membership (
  partner_id blob not null references partner_account (id),
  user_id blob not null references app_user (id),
  roles text not null,
  status text not null check (status in ('active', 'disabled')),
  preferences text not null default '{}',
  created_at integer not null,
  primary key (partner_id, user_id)
) strict, without rowid;
create index membership_by_user on membership (user_id, partner_id);

create table user_session (
  id blob not null primary key check (length(id) = 16),
  key_hash blob not null unique check (length(key_hash) = 32),
  user_id blob not null references app_user (id),
  partner_id blob references partner_account (id),
  created_at integer not null,
  seen_at integer not null,
  authenticated_at integer not null,
  user_agent text not null,
  revoked_at integer
) strict;
create index user_session_by_user on user_session (user_id, created_at);

create table single_use_token (
  hash blob not null primary key check (length(hash) = 32),
  purpose text not null check (purpose in ('set_password', 'reset_password')),
  user_id blob not null references app_user (id),
  created_at integer not null,
  expires_at integer not null,
  used_at integer
) strict, without rowid;
create index single_use_token_by_user on single_use_token (user_id, purpose);

create table attempt (
  key blob not null primary key check (length(key) = 32),
  failures integer not null,
  last_at integer not null,
  blocked_until integer not null
) strict, without rowid;

create table partnership (
  provider_id blob not null,
  reseller_id blob not null,
  cloud text not null,
  status text not null check (status in ('invited', 'active', 'ended')),
  created_at integer not null,
  ended_at integer,
  primary key (provider_id, reseller_id),
  foreign key (provider_id, cloud) references partner_account (id, cloud),
  foreign key (reseller_id, cloud) references partner_account (id, cloud),
  check (provider_id <> reseller_id)
) strict, without rowid;
create index partnership_by_reseller on partnership (reseller_id, provider_id);
