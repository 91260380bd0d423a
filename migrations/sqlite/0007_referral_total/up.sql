-- How many referrals a partner has in each state, kept by the rows themselves: the inbox says its
-- sizes without counting, exactly. One row a partner, so that whoever changes states locks one row.
create table referral_total (
  partner_id blob not null primary key check (length(partner_id) = 16),
  received integer not null,
  accepted integer not null,
  won integer not null,
  lost integer not null,
  declined integer not null,
  expired integer not null
) strict, without rowid;
insert into referral_total
  select partner_id, sum(substatus = 'received'), sum(substatus = 'accepted'), sum(substatus = 'won'),
    sum(substatus = 'lost'), sum(substatus = 'declined'), sum(substatus = 'expired')
  from referral group by partner_id;

create trigger referral_total_insert after insert on referral begin
  insert into referral_total (partner_id, received, accepted, won, lost, declined, expired)
    values (new.partner_id, new.substatus = 'received', new.substatus = 'accepted', new.substatus = 'won',
      new.substatus = 'lost', new.substatus = 'declined', new.substatus = 'expired')
    on conflict (partner_id) do update set received = received + excluded.received, accepted = accepted + excluded.accepted,
      won = won + excluded.won, lost = lost + excluded.lost, declined = declined + excluded.declined,
      expired = expired + excluded.expired;
end;
create trigger referral_total_update after update of substatus on referral when new.substatus <> old.substatus begin
  update referral_total set
    received = received + (new.substatus = 'received') - (old.substatus = 'received'),
    accepted = accepted + (new.substatus = 'accepted') - (old.substatus = 'accepted'),
    won = won + (new.substatus = 'won') - (old.substatus = 'won'),
    lost = lost + (new.substatus = 'lost') - (old.substatus = 'lost'),
    declined = declined + (new.substatus = 'declined') - (old.substatus = 'declined'),
    expired = expired + (new.substatus = 'expired') - (old.substatus = 'expired')
    where partner_id = new.partner_id;
end;
create trigger referral_total_delete after delete on referral begin
  update referral_total set
    received = received - (old.substatus = 'received'),
    accepted = accepted - (old.substatus = 'accepted'),
    won = won - (old.substatus = 'won'),
    lost = lost - (old.substatus = 'lost'),
    declined = declined - (old.substatus = 'declined'),
    expired = expired - (old.substatus = 'expired')
    where partner_id = old.partner_id;
end;

-- A view of some states is read from their ranges, in whichever order.
drop index referral_by_expiry;
drop index referral_by_state;
create index referral_by_state on referral (partner_id, substatus, number);
create index referral_by_state_end on referral (partner_id, substatus, expires_at, number);
create index referral_by_state_company on referral (partner_id, substatus, company_key, number);
create index referral_by_state_value on referral (partner_id, substatus, coalesce(value_minor, -1), number);
create index referral_by_state_close on referral (partner_id, substatus, close_on, number);
