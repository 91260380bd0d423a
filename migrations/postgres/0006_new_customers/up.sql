-- New customers: business profiles and the public directory, inquiries, referrals and how partners
-- pass them on. docs/decisions/0007 says how they hang together.

-- The words of profiles and referrals (reference 3.6), one text per language; operators keep them.
create table term (
  kind text not null check (kind in ('industry', 'service', 'product', 'size', 'language')),
  key text not null check (key <> '' and key not like '% %'),
  position bigint not null,
  en text not null check (en <> ''),
  fr text not null check (fr <> ''),
  active boolean not null default true,
  primary key (kind, key)
);

-- What operators set for the whole platform: a name and a value that its reader understands.
create table platform_setting (
  name text not null primary key,
  value text not null,
  updated_at timestamptz not null,
  updated_by uuid
);

-- A business profile: one per country of a partner account. draft is what its editors see
-- (features/profile/content.rs); what visitors see is its listing, written on Publish alone.
create table business_profile (
  partner_id uuid not null,
  id uuid not null,
  cloud text not null,
  country text not null check (length(country) = 2),
  state text not null check (state in ('draft', 'published', 'unpublished')),
  draft text not null,
  logo_id uuid,
  revision bigint not null default 0,
  published bigint,
  waiting bigint,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  updated_by uuid,
  published_at timestamptz,
  confirmed_at timestamptz not null,
  reminded_at timestamptz,
  version bigint not null default 1,
  primary key (partner_id, id),
  unique (partner_id, country),
  foreign key (partner_id, cloud) references partner_account (id, cloud),
  check ((state = 'draft') = (published_at is null)),
  check (state <> 'published' or published is not null)
);
create index business_profile_by_confirmation on business_profile (partner_id, confirmed_at);

-- Each content that was published, or submitted to moderation.
create table profile_revision (
  partner_id uuid not null,
  profile_id uuid not null,
  number bigint not null check (number > 0),
  state text not null check (state in ('published', 'waiting', 'rejected', 'withdrawn')),
  content text not null,
  logo_id uuid,
  created_by uuid,
  created_at timestamptz not null,
  decided_at timestamptz,
  reason text not null default '',
  primary key (partner_id, profile_id, number),
  foreign key (partner_id, profile_id) references business_profile (partner_id, id),
  check (state <> 'rejected' or reason <> '')
);

-- Where a published location's leads go. A location that is no longer published stays, for the
-- referrals that name it.
create table profile_location (
  partner_id uuid not null,
  id uuid not null,
  profile_id uuid not null,
  name text not null,
  city text not null,
  lead_email text not null,
  active boolean not null,
  primary key (partner_id, id),
  foreign key (partner_id, profile_id) references business_profile (partner_id, id)
);
create index profile_location_by_profile on profile_location (partner_id, profile_id);

-- Which revisions wait for an operator: what may be seen across tenants is where to look.
create table moderation_queue (
  partner_id uuid not null,
  profile_id uuid not null,
  number bigint not null,
  cloud text not null,
  submitted_at timestamptz not null,
  primary key (partner_id, profile_id)
);
create index moderation_queue_by_time on moderation_queue (submitted_at, partner_id, profile_id);

-- A logo, decoded and written anew.
create table logo (
  partner_id uuid not null,
  id uuid not null,
  width bigint not null check (width between 1 and 300),
  height bigint not null check (height between 1 and 300),
  bytes bytea not null,
  created_at timestamptz not null,
  primary key (partner_id, id),
  foreign key (partner_id) references partner_account (id)
);
-- Its address names it alone.
create unique index logo_by_id on logo (id);

-- What the public sees of a business profile. Anybody reads it, its partner alone writes it.
-- number leads its place in the search index; score is 0 to 100, the later the better.
create table listing (
  partner_id uuid not null,
  profile_id uuid not null,
  number bigint not null unique,
  cloud text not null,
  slug text not null unique,
  name text not null,
  country text not null,
  account_type text not null,
  -- Its values of each filter, to be counted (features/directory/index.rs).
  facets text not null default '',
  content text not null,
  logo_id uuid,
  score bigint not null check (score between 0 and 100),
  answer_hours bigint,
  rank bigint not null unique,
  -- An unpublished profile keeps its address, for when it comes back.
  listed boolean not null,
  published_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (partner_id, profile_id),
  foreign key (partner_id, profile_id) references business_profile (partner_id, id),
  foreign key (partner_id, logo_id) references logo (partner_id, id)
);
-- Holds all that a search asks of a candidate.
create index listing_by_rank on listing (cloud, rank, partner_id, profile_id) where listed;
create index listing_by_country on listing (cloud, country, rank) where listed;
create table listing_location (
  partner_id uuid not null,
  id uuid not null,
  profile_id uuid not null,
  position bigint not null,
  slug text not null,
  name text not null,
  address1 text not null,
  city text not null,
  state text not null,
  postal_code text not null,
  country text not null,
  phone text not null,
  -- Millionths of a degree.
  latitude bigint not null check (latitude between -90000000 and 90000000),
  longitude bigint not null check (longitude between -180000000 and 180000000),
  primary key (partner_id, id),
  unique (partner_id, profile_id, slug),
  foreign key (partner_id, profile_id) references listing (partner_id, profile_id),
  foreign key (partner_id, id) references profile_location (partner_id, id)
);
create index listing_location_by_place on listing_location (latitude, longitude);

-- The directory's search index (src/db/search/directory.rs), as that of customers; names are
-- found before tags.
create table listing_search (
  rank bigint not null primary key,
  tokens bigint[] not null,
  names text not null,
  tags text not null
);
create index listing_search_tokens on listing_search using gin (tokens) with (fastupdate = off);

-- How often a listing was seen, per day (days since 1970, UTC); the server counts, its partner
-- reads. No visitor is in it.
create table insight (
  partner_id uuid not null,
  profile_id uuid not null,
  location_id uuid not null,
  day bigint not null,
  kind text not null check (kind in ('appearance', 'view', 'contact', 'lead')),
  count bigint not null check (count > 0),
  primary key (partner_id, profile_id, day, kind, location_id)
);

-- What a visitor of the directory asked. Nobody's: its partners get what the state of their
-- referral allows (access/inquiry.rs), the sender sees what became of it by its private link.
create table inquiry (
  id uuid not null primary key,
  cloud text not null,
  link_hash bytea not null unique check (length(link_hash) = 32),
  language text not null check (language in ('en', 'fr')),
  company text not null,
  first_name text not null,
  last_name text not null,
  email text not null,
  phone text not null,
  address1 text not null,
  postal_code text not null,
  city text not null,
  country text not null check (length(country) = 2),
  latitude bigint,
  longitude bigint,
  industry text not null,
  size text not null,
  services text not null,
  products text not null,
  need text not null,
  time_frame text not null check (time_frame in ('now', 'month', 'quarter', 'later')),
  wants_call boolean not null,
  -- May it be offered to the next partner when one declines or lets it expire?
  allow_next boolean not null,
  -- Did the sender choose the partners, or did routing?
  named boolean not null,
  consent_at timestamptz not null,
  created_at timestamptz not null,
  -- Since when nothing personal is left of it.
  erased_at timestamptz,
  check (need <> '' or erased_at is not null)
);
create index inquiry_by_time on inquiry (created_at, id);
create index inquiry_to_erase on inquiry (created_at, id) where erased_at is null;

-- How an inquiry that named no partner was routed: weights and candidates with their points, the
-- whole explanation.
create table routing_decision (
  inquiry_id uuid not null references inquiry (id),
  number bigint not null,
  decided_at timestamptz not null,
  weights text not null,
  candidates text not null,
  chosen_partner_id uuid references partner_account (id),
  chosen_profile_id uuid,
  primary key (inquiry_id, number)
);
create index routing_decision_by_time on routing_decision (decided_at, inquiry_id);

-- A referral: one side's own. company is empty while it is masked; who and where exactly is in
-- referral_prospect, which an incoming referral has from its acceptance on. Expiry is not a state
-- that somebody must set: new, received and past expires_at.
create table referral (
  partner_id uuid not null,
  id uuid not null,
  cloud text not null,
  number bigint not null,
  source text not null check (source in ('directory', 'provider', 'partner', 'own')),
  status text not null check (status in ('new', 'active', 'closed')),
  substatus text not null check (substatus in ('received', 'accepted', 'won', 'lost', 'declined', 'expired')),
  company text not null,
  company_key bytea not null,
  country text not null check (length(country) = 2),
  city text not null,
  industry text not null,
  size text not null,
  services text not null,
  products text not null,
  need text not null,
  time_frame text not null,
  wants_call boolean not null,
  title text not null,
  value_minor bigint check (value_minor >= 0),
  currency text not null,
  close_on text not null,
  stage text not null,
  sender_name text not null,
  owner_id uuid,
  location_id uuid,
  received_at timestamptz not null,
  expires_at timestamptz,
  answered_at timestamptz,
  closed_at timestamptz,
  reason text not null,
  version bigint not null default 1,
  primary key (partner_id, id),
  unique (partner_id, number),
  foreign key (partner_id, cloud) references partner_account (id, cloud),
  foreign key (partner_id, owner_id) references membership (partner_id, user_id),
  foreign key (partner_id, location_id) references profile_location (partner_id, id),
  check ((status = 'new') = (substatus = 'received')),
  check ((status = 'active') = (substatus = 'accepted')),
  check ((status = 'closed') = (closed_at is not null)),
  check (status <> 'new' or (expires_at is not null and answered_at is null and source <> 'own')),
  check (substatus not in ('accepted', 'won', 'lost') or (title <> '' and value_minor is not null and currency <> '' and close_on <> '')),
  check (substatus not in ('declined', 'lost') or reason <> ''),
  check (value_minor is null or length(currency) = 3)
);
create index referral_by_expiry on referral (partner_id, status, expires_at, number);
create index referral_by_state on referral (partner_id, status, substatus, number);
create index referral_by_close on referral (partner_id, close_on, number);
create index referral_by_end on referral (partner_id, expires_at, number);
create index referral_by_value on referral (partner_id, coalesce(value_minor, -1), number);
create index referral_by_company on referral (partner_id, company_key, number);
create index referral_by_location on referral (partner_id, location_id, received_at);
create index referral_by_answer on referral (partner_id, received_at, answered_at);

-- What a list does not need of a referral.
create table referral_detail (
  partner_id uuid not null,
  referral_id uuid not null,
  language text not null,
  reason_note text not null,
  next_action text not null,
  crm_id text not null,
  campaign_id text not null,
  contacted boolean not null,
  -- Why it came here: this side's part of the routing's explanation, or empty.
  routing text not null,
  customer_id uuid,
  invitation_id uuid,
  import_id uuid,
  created_by uuid,
  opened_at timestamptz,
  opened_by uuid,
  reminded_days bigint not null default 0,
  reopened_at timestamptz,
  updated_at timestamptz not null,
  primary key (partner_id, referral_id),
  foreign key (partner_id, referral_id) references referral (partner_id, id),
  foreign key (partner_id, customer_id) references customer_account (partner_id, id),
  foreign key (partner_id, invitation_id) references invitation (partner_id, id)
);
create index referral_detail_by_customer on referral_detail (partner_id, customer_id) where customer_id is not null;
create index referral_detail_by_invitation on referral_detail (partner_id, invitation_id) where invitation_id is not null;
create index referral_detail_by_import on referral_detail (partner_id, import_id) where import_id is not null;

-- The sensitive part: not there before an incoming referral is accepted.
create table referral_prospect (
  partner_id uuid not null,
  referral_id uuid not null,
  first_name text not null,
  last_name text not null,
  email text not null,
  phone text not null,
  address1 text not null,
  address2 text not null,
  postal_code text not null,
  state text not null,
  registration_number text not null,
  consent_at timestamptz,
  primary key (partner_id, referral_id),
  foreign key (partner_id, referral_id) references referral (partner_id, id)
);

-- Private to one side.
create table referral_note (
  partner_id uuid not null,
  id uuid not null,
  referral_id uuid not null,
  author_id uuid not null,
  body text not null check (body <> ''),
  created_at timestamptz not null,
  primary key (partner_id, id),
  foreign key (partner_id, referral_id) references referral (partner_id, id),
  foreign key (partner_id, author_id) references membership (partner_id, user_id)
);
create index referral_note_by_referral on referral_note (partner_id, referral_id, id);
create table referral_member (
  partner_id uuid not null,
  referral_id uuid not null,
  user_id uuid not null,
  primary key (partner_id, referral_id, user_id),
  foreign key (partner_id, referral_id) references referral (partner_id, id),
  foreign key (partner_id, user_id) references membership (partner_id, user_id)
);
create index referral_member_by_user on referral_member (partner_id, user_id, referral_id);
create table referral_favourite (
  partner_id uuid not null,
  user_id uuid not null,
  referral_id uuid not null,
  primary key (partner_id, user_id, referral_id),
  foreign key (partner_id, referral_id) references referral (partner_id, id),
  foreign key (partner_id, user_id) references membership (partner_id, user_id)
);

-- The inbox's search index (src/db/search/referrals.rs).
create table referral_search (
  partner_id uuid not null,
  number bigint not null,
  tokens bigint[] not null,
  doc text not null,
  primary key (partner_id, number),
  foreign key (partner_id, number) references referral (partner_id, number)
);
create index referral_search_tokens on referral_search using gin (tokens) with (fastupdate = off);

-- A provider hands a referral to one or several resellers: the first to accept wins.
create table handover (
  partner_id uuid not null,
  id uuid not null,
  referral_id uuid not null,
  state text not null check (state in ('open', 'won', 'withdrawn', 'over')),
  message text not null,
  allow_next boolean not null,
  -- The engagement that won.
  winner_id uuid,
  created_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  closed_at timestamptz,
  primary key (partner_id, id),
  foreign key (partner_id, referral_id) references referral (partner_id, id),
  foreign key (partner_id, created_by) references membership (partner_id, user_id),
  check ((state = 'won') = (winner_id is not null)),
  check ((state = 'open') = (closed_at is null))
);
-- One at a time.
create unique index handover_open on handover (partner_id, referral_id) where state = 'open';
create index handover_by_referral on handover (partner_id, referral_id, created_at);
create index handover_by_time on handover (partner_id, created_at, id);

-- An engagement: what the sender of a referral (a visitor, a provider, another partner) and its
-- receiver both see, and nothing else of either. Each incoming referral has exactly one. Its states
-- are those of the receiver's referral, and taken: another reseller was first.
create table engagement (
  to_partner_id uuid not null,
  id uuid not null,
  from_partner_id uuid,
  cloud text not null,
  kind text not null check (kind in ('inquiry', 'handover', 'partner')),
  inquiry_id uuid references inquiry (id),
  from_referral_id uuid,
  handover_id uuid,
  to_referral_id uuid not null,
  state text not null check (state in ('received', 'accepted', 'won', 'lost', 'declined', 'expired', 'taken', 'withdrawn')),
  reason text not null,
  -- The message that comes with it.
  message text not null,
  -- The shared part, which both may edit between partners.
  title text not null,
  value_minor bigint check (value_minor >= 0),
  currency text not null,
  close_on text not null,
  stage text not null,
  help text not null,
  offered_at timestamptz not null,
  expires_at timestamptz not null,
  opened_at timestamptz,
  answered_at timestamptz,
  closed_at timestamptz,
  version bigint not null default 1,
  primary key (to_partner_id, id),
  unique (to_partner_id, to_referral_id),
  foreign key (to_partner_id, cloud) references partner_account (id, cloud),
  foreign key (from_partner_id, cloud) references partner_account (id, cloud),
  foreign key (to_partner_id, to_referral_id) references referral (partner_id, id),
  foreign key (from_partner_id, from_referral_id) references referral (partner_id, id),
  foreign key (from_partner_id, handover_id) references handover (partner_id, id),
  check ((kind = 'inquiry') = (inquiry_id is not null)),
  check ((kind = 'inquiry') = (from_partner_id is null)),
  check ((from_partner_id is null) = (from_referral_id is null)),
  check ((kind = 'handover') = (handover_id is not null)),
  check (from_partner_id <> to_partner_id),
  check ((state in ('received', 'accepted')) = (closed_at is null))
);
create index engagement_by_sender on engagement (from_partner_id, from_referral_id, id) where from_partner_id is not null;
create index engagement_by_time on engagement (from_partner_id, offered_at, to_partner_id) where from_partner_id is not null;
create index engagement_by_handover on engagement (from_partner_id, handover_id) where handover_id is not null;
create index engagement_by_inquiry on engagement (inquiry_id) where inquiry_id is not null;
create index engagement_by_arrival on engagement (to_partner_id, offered_at) where inquiry_id is not null;
create index engagement_open on engagement (to_partner_id) where inquiry_id is not null and closed_at is null;

-- Both sides' words, and what either changed of the shared part.
create table engagement_entry (
  to_partner_id uuid not null,
  engagement_id uuid not null,
  id uuid not null,
  from_partner_id uuid not null,
  by_partner_id uuid not null,
  person text not null,
  kind text not null check (kind in ('note', 'change')),
  body text not null check (body <> ''),
  created_at timestamptz not null,
  primary key (to_partner_id, engagement_id, id),
  foreign key (to_partner_id, engagement_id) references engagement (to_partner_id, id),
  check (by_partner_id in (from_partner_id, to_partner_id))
);

-- An import of referrals: what it changed, so that it can be undone.
create table referral_import (
  partner_id uuid not null,
  id uuid not null,
  state text not null check (state in ('done', 'undone')),
  created bigint not null,
  updated bigint not null,
  failed bigint not null,
  -- Each row: what it made or changed, the version it left, and what was there before.
  changes text not null,
  created_by uuid not null,
  created_at timestamptz not null,
  undone_at timestamptz,
  primary key (partner_id, id),
  foreign key (partner_id, created_by) references membership (partner_id, user_id),
  check ((state = 'undone') = (undone_at is not null))
);

-- What is over stays over, but for a referral reopened within its time; src/domain/referral says
-- the same.
create function referral_states() returns trigger language plpgsql as $$
begin
  if old.substatus <> new.substatus and old.substatus || ' ' || new.substatus not in
    ('received accepted', 'received declined', 'received expired', 'accepted won', 'accepted lost',
     'won accepted', 'lost accepted', 'declined received') then
    raise exception 'a referral does not go from % to %', old.substatus, new.substatus using errcode = 'check_violation';
  end if;
  if old.location_id is distinct from new.location_id then
    raise exception 'a referral keeps its location' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger referral_states before update of substatus, location_id on referral
  for each row execute function referral_states();
create function handover_states() returns trigger language plpgsql as $$
begin
  if old.state <> new.state and old.state <> 'open' then
    raise exception 'a hand-over is decided once' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger handover_states before update of state on handover
  for each row execute function handover_states();

do $$
declare t text;
begin
  foreach t in array array['business_profile', 'profile_revision', 'profile_location', 'referral', 'referral_detail',
    'referral_prospect', 'referral_note', 'referral_member', 'referral_favourite', 'referral_search', 'handover',
    'referral_import'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant_wall on %I using (partner_id = (select current_partner())) '
      'with check (partner_id = (select current_partner()))', t);
  end loop;
  -- Public: anybody reads, its partner alone writes.
  foreach t in array array['listing', 'listing_location', 'logo'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy public_read on %I for select using (true)', t);
    execute format('create policy owner_insert on %I for insert with check (partner_id = (select current_partner()))', t);
    execute format('create policy owner_update on %I for update using (partner_id = (select current_partner())) '
      'with check (partner_id = (select current_partner()))', t);
    execute format('create policy owner_delete on %I for delete using (partner_id = (select current_partner()))', t);
  end loop;
  -- Between two: either side. The sender of an inquiry has no tenant; its link is its proof.
  foreach t in array array['engagement', 'engagement_entry'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy two_owners on %I using ((select current_partner()) in (from_partner_id, to_partner_id)) '
      'with check ((select current_partner()) in (from_partner_id, to_partner_id))', t);
  end loop;
  create policy sender_reads on engagement for select using (inquiry_id is not null and (select current_partner()) is null);
  -- Counted by the server outside any tenant, read by its partner.
  alter table insight enable row level security;
  alter table insight force row level security;
  create policy tenant_wall on insight for select using (partner_id = (select current_partner()));
  create policy server_counts on insight using ((select current_partner()) is null) with check ((select current_partner()) is null);
end $$;

insert into term (kind, key, position, en, fr) values
  ('industry', 'agriculture', 1, 'Agriculture, forestry and fishing', 'Agriculture, sylviculture et pêche'),
  ('industry', 'communications', 2, 'Communications and media', 'Communication et médias'),
  ('industry', 'education', 3, 'Education', 'Enseignement'),
  ('industry', 'finance', 4, 'Financial services', 'Services financiers'),
  ('industry', 'government', 5, 'Government', 'Secteur public'),
  ('industry', 'healthcare', 6, 'Healthcare', 'Santé'),
  ('industry', 'hospitality', 7, 'Hospitality', 'Hôtellerie et restauration'),
  ('industry', 'manufacturing', 8, 'Manufacturing', 'Industrie manufacturière'),
  ('industry', 'energy', 9, 'Power and utilities', 'Énergie et services collectifs'),
  ('industry', 'safety', 10, 'Public safety and national security', 'Sécurité publique et défense'),
  ('industry', 'retail', 11, 'Retail and consumer goods', 'Commerce de détail et grande consommation'),
  ('industry', 'services', 12, 'Services', 'Services'),
  ('industry', 'travel', 13, 'Travel and transportation', 'Voyages et transports'),
  ('industry', 'wholesale', 14, 'Wholesale and distribution', 'Commerce de gros et distribution'),
  ('service', 'consulting', 1, 'Consulting and professional services', 'Conseil et services professionnels'),
  ('service', 'custom_solution', 2, 'Custom solutions (software vendor)', 'Solutions sur mesure (éditeur)'),
  ('service', 'deployment', 3, 'Deployment or migration', 'Déploiement ou migration'),
  ('service', 'hardware', 4, 'Hardware', 'Matériel'),
  ('service', 'integration', 5, 'Integration', 'Intégration'),
  ('service', 'ip_services', 6, 'Services around own software (software vendor)', 'Services autour de ses logiciels (éditeur)'),
  ('service', 'training', 7, 'Learning and certification', 'Formation et certification'),
  ('service', 'licensing', 8, 'Licensing', 'Licences'),
  ('service', 'managed', 9, 'Managed services', 'Infogérance'),
  ('service', 'project', 10, 'Project services', 'Gestion de projets'),
  ('size', '1to9', 1, '1 to 9 employees', '1 à 9 salariés'),
  ('size', '10to50', 2, '10 to 50 employees', '10 à 50 salariés'),
  ('size', '51to250', 3, '51 to 250 employees', '51 à 250 salariés'),
  ('size', '251to1000', 4, '251 to 1,000 employees', '251 à 1 000 salariés'),
  ('size', '1001to5000', 5, '1,001 to 5,000 employees', '1 001 à 5 000 salariés'),
  ('size', '5001to10000', 6, '5,001 to 10,000 employees', '5 001 à 10 000 salariés'),
  ('size', '10001to20000', 7, '10,001 to 20,000 employees', '10 001 à 20 000 salariés'),
  ('size', 'over20000', 8, 'More than 20,000 employees', 'Plus de 20 000 salariés'),
  ('product', 'mail', 1, 'E-mail and calendar', 'Messagerie et agenda'),
  ('product', 'office', 2, 'Office suite', 'Suite bureautique'),
  ('product', 'telephony', 3, 'Telephony and meetings', 'Téléphonie et visioconférence'),
  ('product', 'erp', 4, 'Enterprise resource planning', 'Progiciel de gestion intégré'),
  ('product', 'crm', 5, 'Customer relationship management', 'Gestion de la relation client'),
  ('product', 'accounting', 6, 'Accounting', 'Comptabilité'),
  ('product', 'payroll', 7, 'Payroll and HR', 'Paie et ressources humaines'),
  ('product', 'ecommerce', 8, 'Online shop', 'Boutique en ligne'),
  ('product', 'cms', 9, 'Websites and content', 'Sites web et contenus'),
  ('product', 'cloud', 10, 'Cloud infrastructure', 'Infrastructure cloud'),
  ('product', 'virtualisation', 11, 'Virtualisation', 'Virtualisation'),
  ('product', 'storage', 12, 'Storage and backup', 'Stockage et sauvegarde'),
  ('product', 'security', 13, 'IT security', 'Sécurité informatique'),
  ('product', 'identity', 14, 'Identity and access', 'Identités et accès'),
  ('product', 'devices', 15, 'Device management', 'Gestion des postes'),
  ('product', 'network', 16, 'Networks', 'Réseaux'),
  ('product', 'database', 17, 'Databases', 'Bases de données'),
  ('product', 'analytics', 18, 'Business intelligence', 'Informatique décisionnelle'),
  ('product', 'ai', 19, 'Artificial intelligence', 'Intelligence artificielle'),
  ('product', 'documents', 20, 'Document management', 'Gestion documentaire'),
  ('language', 'en', 1, 'English', 'Anglais'),
  ('language', 'fr', 2, 'French', 'Français'),
  ('language', 'de', 3, 'German', 'Allemand'),
  ('language', 'es', 4, 'Spanish', 'Espagnol'),
  ('language', 'it', 5, 'Italian', 'Italien'),
  ('language', 'pt', 6, 'Portuguese', 'Portugais'),
  ('language', 'nl', 7, 'Dutch', 'Néerlandais'),
  ('language', 'pl', 8, 'Polish', 'Polonais'),
  ('language', 'sv', 9, 'Swedish', 'Suédois'),
  ('language', 'da', 10, 'Danish', 'Danois'),
  ('language', 'nb', 11, 'Norwegian', 'Norvégien'),
  ('language', 'fi', 12, 'Finnish', 'Finnois'),
  ('language', 'cs', 13, 'Czech', 'Tchèque'),
  ('language', 'ro', 14, 'Romanian', 'Roumain'),
  ('language', 'hu', 15, 'Hungarian', 'Hongrois'),
  ('language', 'el', 16, 'Greek', 'Grec'),
  ('language', 'tr', 17, 'Turkish', 'Turc'),
  ('language', 'ar', 18, 'Arabic', 'Arabe'),
  ('language', 'zh', 19, 'Chinese', 'Chinois'),
  ('language', 'ja', 20, 'Japanese', 'Japonais');
