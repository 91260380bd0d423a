// Every page that a GET leads to, for one signed-in person.
import { list } from './harness.mjs';

/** Reads the ids that addresses need from the pages that link to them. */
export async function sitemap(page, account) {
  const customers = list(account);
  const partner = `/p/${account.partner}`;
  const first = async (path, selector) => {
    await page.goto(path);
    const link = page.locator(selector).first();
    return (await link.count()) ? link.getAttribute('href') : null;
  };
  const customer = await first(customers, '#list tbody th a');
  const ended = await first(`${customers}?status=ended`, '#list tbody th a');
  const tag = await first(`${partner}/tags`, 'main a[href*="?edit="]');
  const rights = await first(`${partner}/delegated-admin`, '#list tbody th a');
  const pages = [
    { name: 'list', path: customers },
    { name: 'list, searched and filtered', path: `${customers}?q=a&status=active&sort=-created` },
    { name: 'list, nothing found', path: `${customers}?q=zzzzqqqq&status=active` },
    { name: 'list, ended customers', path: `${customers}?status=ended` },
    { name: 'list, filter by country open', path: `${customers}?open=country` },
    { name: 'list, every column', path: `${customers}?columns=company,relationship,status,owner,tags,agreement,activity,created,country,source,registration,contact` },
    { name: 'export', path: `${customers}/export?q=a` },
    { name: 'wizard, start', path: `${customers}/new` },
    { name: 'drafts', path: `${customers}/drafts` },
    { name: 'tags', path: `${partner}/tags` },
    tag && { name: 'tag, edit', path: tag },
    { name: 'roles', path: `${partner}/roles` },
    { name: 'audit', path: `${partner}/audit` },
    { name: 'delegated admin', path: `${partner}/delegated-admin` },
    { name: 'delegated admin, expiring', path: `${partner}/delegated-admin?state=expiring` },
    { name: 'delegated admin, over', path: `${partner}/delegated-admin?state=over&sort=-end` },
    { name: 'own page', path: '/me' },
    { name: 'accounts', path: '/accounts' },
    { name: 'not found', path: `${partner}/nothing-here`, status: 404 },
  ];
  if (customer) {
    pages.push({ name: 'customer', path: customer });
    for (const tab of ['account', 'notes', 'activity']) pages.push({ name: `customer, ${tab}`, path: `${customer}/${tab}` });
    for (const section of ['company', 'address', 'contact', 'labels']) pages.push({ name: `customer, edit ${section}`, path: `${customer}/edit/${section}` });
  }
  if (rights) {
    pages.push({ name: 'customer, access', path: rights });
    pages.push({ name: 'customer, end', path: rights.replace(/access$/, 'end') });
    const end = await first(rights, 'main a[href*="/access/"][href$="/end"]');
    if (end) pages.push({ name: 'customer, end of rights', path: end });
  }
  if (ended) pages.push({ name: 'customer, ended', path: ended });
  return pages.filter(Boolean);
}

/** Every page of profiles, directory and referrals, for a referrals admin of a provider. */
export async function newCustomers(page, account) {
  const partner = `/p/${account.partner}`;
  const referrals = `${partner}/referrals`;
  const first = async (path, selector) => {
    await page.goto(path);
    const link = page.locator(selector).first();
    return (await link.count()) ? link.getAttribute('href') : null;
  };
  const row = '#list tbody a.cell-main';
  const waiting = await first(referrals, row);
  const active = await first(`${referrals}?state=accepted`, row);
  const closed = await first(`${referrals}?state=won&state=lost&state=declined&state=expired`, row);
  const handover = await first(`${referrals}/handovers`, 'tbody a.cell-main');
  const profile = (await first(`${partner}/profile`, `main a[href*="/profile/"]`))?.match(/^.*\/profile\/[0-9a-f-]{36}/)[0];
  const location = profile && (await first(profile, 'main a[href*="/locations/"]:not([href$="/new"])'));
  const listing = (await first('/directory', 'main a[href*="/directory/"]:not([href*="contact"])')).split('?')[0];
  const place = await first(listing, `main a[href^="${listing}/"]`);
  const pages = [
    { name: 'directory', path: '/directory' },
    { name: 'directory, searched', path: '/directory?q=security' },
    { name: 'directory, near a town', path: '/directory?near=Lyon' },
    { name: 'directory, nothing found', path: '/directory?q=zzzzqqqq' },
    { name: 'directory, a profile', path: listing },
    place && { name: 'directory, a location', path: place },
    { name: 'directory, no such profile', path: '/directory/nobody-here', status: 404 },
    { name: 'contact, one partner', path: `/directory/contact?partner=${listing.split('/').pop()}` },
    { name: 'contact, nobody named', path: '/directory/contact' },
    { name: 'contact, sent', path: '/directory/contact/sent' },
    { name: 'inquiry, dead link', path: '/inquiries/0123456789abcdef', status: 404 },
    { name: 'referrals', path: referrals },
    { name: 'referrals, all', path: `${referrals}?state=` },
    { name: 'referrals, nothing found', path: `${referrals}?q=zzzzqqqq` },
    { name: 'referrals, filter open', path: `${referrals}?open=industry` },
    { name: 'referral, own opportunity', path: `${referrals}/new` },
    { name: 'referrals, import', path: `${referrals}/import` },
    { name: 'hand-overs', path: `${referrals}/handovers` },
    { name: 'hand-overs, report', path: `${referrals}/handovers/report` },
    handover && { name: 'hand-over', path: handover },
    { name: 'profiles', path: `${partner}/profile` },
  ];
  for (const [name, found] of Object.entries({ waiting, active, closed, handover, profile, location, place })) {
    if (!found) throw new Error(`the demonstration has nothing for “${name}”`);
  }
  if (waiting) for (const act of ['', '/accept', '/decline', '/hand-over']) pages.push({ name: `referral, new${act}`, path: `${waiting}${act}` });
  if (active) for (const act of ['', '/lose', '/edit/deal', '/edit/company', '/edit/need', '/invite', '/customer']) pages.push({ name: `referral, active${act}`, path: `${active}${act}` });
  if (closed) pages.push({ name: 'referral, closed', path: closed });
  if (profile) for (const part of ['', '/edit', '/locations/new', '/logo', '/history', '/insights']) pages.push({ name: `profile${part}`, path: `${profile}${part}` });
  if (location) pages.push({ name: 'profile, location', path: location });
  return pages.filter(Boolean);
}

/** The operator's pages about them. */
export const operating = [
  { name: 'operator', path: '/operator' },
  { name: 'operator, profiles', path: '/operator/profiles' },
  { name: 'operator, terms', path: '/operator/terms' },
  { name: 'operator, products', path: '/operator/terms/product' },
  { name: 'operator, routing', path: '/operator/routing' },
];
