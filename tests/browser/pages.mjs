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
