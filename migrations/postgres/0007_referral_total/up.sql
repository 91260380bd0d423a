-- How many referrals a partner has in each state, kept by the rows themselves: the inbox says its
-- sizes without counting, exactly. One row a partner, so that whoever changes states locks one row.
create table referral_total (
  partner_id uuid not null primary key,
  received bigint not null,
  accepted bigint not null,
  won bigint not null,
  lost bigint not null,
  declined bigint not null,
  expired bigint not null
);
-- The wall of referral is forced on its owner too; for this one reading it is off.
alter table referral no force row level security;
insert into referral_total
  select partner_id, count(*) filter (where substatus = 'received'), count(*) filter (where substatus = 'accepted'),
    count(*) filter (where substatus = 'won'), count(*) filter (where substatus = 'lost'),
    count(*) filter (where substatus = 'declined'), count(*) filter (where substatus = 'expired')
  from referral group by partner_id;
alter table referral force row level security;

create function referral_total_changes() returns trigger language plpgsql as $$
declare
  entered text := case when tg_op <> 'DELETE' then new.substatus else '' end;
  gone text := case when tg_op <> 'INSERT' then old.substatus else '' end;
begin
  if entered <> gone then
    insert into referral_total as t (partner_id, received, accepted, won, lost, declined, expired)
      values (case when tg_op = 'DELETE' then old.partner_id else new.partner_id end,
        (entered = 'received')::int - (gone = 'received')::int, (entered = 'accepted')::int - (gone = 'accepted')::int,
        (entered = 'won')::int - (gone = 'won')::int, (entered = 'lost')::int - (gone = 'lost')::int,
        (entered = 'declined')::int - (gone = 'declined')::int, (entered = 'expired')::int - (gone = 'expired')::int)
      on conflict (partner_id) do update set received = t.received + excluded.received,
        accepted = t.accepted + excluded.accepted, won = t.won + excluded.won, lost = t.lost + excluded.lost,
        declined = t.declined + excluded.declined, expired = t.expired + excluded.expired;
  end if;
  return null;
end $$;
create trigger referral_total_kept after insert or delete or update of substatus on referral
  for each row execute function referral_total_changes();

alter table referral_total enable row level security;
alter table referral_total force row level security;
create policy tenant_wall on referral_total using (partner_id = (select current_partner()))
  with check (partner_id = (select current_partner()));

-- A view of some states is read from their ranges, in whichever order.
drop index referral_by_expiry;
drop index referral_by_state;
create index referral_by_state on referral (partner_id, substatus, number);
create index referral_by_state_end on referral (partner_id, substatus, expires_at, number);
create index referral_by_state_company on referral (partner_id, substatus, company_key, number);
create index referral_by_state_value on referral (partner_id, substatus, coalesce(value_minor, -1), number);
create index referral_by_state_close on referral (partner_id, substatus, close_on, number);
