-- How many customers a partner's list has, kept by the rows themselves: the list says its size
-- without counting, exactly, however long it is.
create table customer_total (
  partner_id blob not null primary key check (length(partner_id) = 16),
  listed integer not null
) strict, without rowid;
insert into customer_total select partner_id, sum(listed) from customer_account group by partner_id;

create trigger customer_total_insert after insert on customer_account when new.listed begin
  insert into customer_total (partner_id, listed) values (new.partner_id, 1)
    on conflict (partner_id) do update set listed = listed + 1;
end;
create trigger customer_total_update after update of listed on customer_account when new.listed <> old.listed begin
  insert into customer_total (partner_id, listed) values (new.partner_id, new.listed)
    on conflict (partner_id) do update set listed = listed + (new.listed - old.listed);
end;
create trigger customer_total_delete after delete on customer_account when old.listed begin
  update customer_total set listed = listed - 1 where partner_id = old.partner_id;
end;
