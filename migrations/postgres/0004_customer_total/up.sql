-- How many customers a partner's list has, kept by the rows themselves: the list says its size
-- without counting, exactly, however long it is.
create table customer_total (
  partner_id uuid not null primary key,
  listed bigint not null
);
-- The wall of customer_account is forced on its owner too; for this one reading it is off.
alter table customer_account no force row level security;
insert into customer_total select partner_id, count(*) filter (where listed) from customer_account group by partner_id;
alter table customer_account force row level security;

create function customer_total_changes() returns trigger language plpgsql as $$
declare
  added bigint := 0;
  partner uuid;
begin
  if tg_op <> 'DELETE' then
    added := added + new.listed::int;
    partner := new.partner_id;
  end if;
  if tg_op <> 'INSERT' then
    added := added - old.listed::int;
    partner := old.partner_id;
  end if;
  if added <> 0 then
    insert into customer_total as t (partner_id, listed) values (partner, added)
      on conflict (partner_id) do update set listed = t.listed + excluded.listed;
  end if;
  return null;
end $$;
create trigger customer_total_kept after insert or delete or update of listed on customer_account
  for each row execute function customer_total_changes();

alter table customer_total enable row level security;
alter table customer_total force row level security;
create policy tenant_wall on customer_total using (partner_id = (select current_partner()))
  with check (partner_id = (select current_partner()));
