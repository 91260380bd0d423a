-- What the directory's search asks of a listing that the public sees, narrow: its name, its tags, its
-- values of each filter, and where it is. Written with listing_search and by its rank
-- (src/db/search/directory.rs).
create table listing_entry (
  rank integer not null primary key,
  partner_id blob not null,
  name text not null,
  -- One a line.
  tags text not null,
  -- Each as the number of its filter, a colon, its key.
  facets text not null
) strict, without rowid;
insert into listing_entry
  select rank, partner_id, name, coalesce((select group_concat(value, char(10)) from json_each(content, '$.solutions')), ''),
    trim(replace(replace(replace(replace(replace(replace(replace(' ' || facets, ' country:', ' 1:'), ' industry:', ' 2:'), ' service:', ' 3:'), ' product:', ' 4:'), ' size:', ' 5:'), ' language:', ' 6:'), ' type:', ' 7:'))
  from listing where listed;
-- By cells of half a degree, counted from the south pole and the date line.
create table listing_place (
  cell integer not null,
  rank integer not null,
  latitude integer not null,
  longitude integer not null,
  primary key (cell, rank, latitude, longitude)
) strict, without rowid;
create index listing_place_by_rank on listing_place (rank);
insert into listing_place
  select distinct (n.latitude + 90000000) / 500000 * 720 + (n.longitude + 180000000) / 500000 % 720, l.rank, n.latitude, n.longitude
  from listing l join listing_location n on n.partner_id = l.partner_id and n.profile_id = l.profile_id where l.listed;
alter table listing drop column facets;
