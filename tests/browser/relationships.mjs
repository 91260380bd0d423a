// A customer comes, sees who has access, and goes; a provider and a reseller connect.
import { check, inspect, journey, letter, list, note, people, rows, signIn, summary, unique } from './harness.mjs';

async function invite(page, account, who, email) {
  await page.goto(`/p/${account.partner}/invitations/new?kind=reseller`);
  await page.fill('#f-recipient_email', email);
  await page.fill('#f-recipient_name', 'Zoé Lefèvre');
  await page.fill('#f-company', who.name);
  await page.locator('main form button[value=send]').last().dblclick();
  await page.waitForURL(/\/invitations\/[0-9a-f-]{36}/);
}

async function answer(visit, link, who, { look }) {
  const { page } = visit;
  await page.goto(link);
  check((await page.textContent('main')).includes('It may not'), 'invitation: says what it does not allow');
  await look('invitation, as its recipient reads it');
  await page.click('main a[href$="/accept"]');
  await look('invitation, accept');
  await page.locator('main form button.btn--primary').last().click();
  await summary(visit, 'invitation, nothing filled in');
  if (!visit.js || (await page.inputValue('#f-country')) !== 'FR') {
    await page.selectOption('#f-country', 'FR');
    if (visit.js) await page.waitForFunction(() => document.querySelector('input[name=rules]')?.value === 'FR');
    else await page.click('#country-apply');
  }
  const values = {
    first_name: 'Zoé', last_name: 'Lefèvre', role: 'Gérante', company_name: who.name, domain: who.domain, address1: '12 rue de la République',
    postal_code: '69002', city: 'Lyon', phone: '+33 4 72 00 11 22',
  };
  for (const [field, value] of Object.entries(values)) await page.fill(`#f-${field}`, value);
  await page.check('#f-authority');
  await page.locator('main form button.btn--primary').last().dblclick();
  await page.waitForURL((url) => /^\/connect\/[0-9a-f]+$/.test(url.pathname));
  check((await page.textContent('main')).includes('You accepted on'), 'invitation: accepted, once', await page.textContent('main'));
  await look('invitation, accepted');
}

for (const js of [true, false]) {
  const how = js ? '' : ', without JavaScript';
  await journey(`a customer comes and goes${how}`, async (enter) => {
    const sender = await enter({ js });
    const customer = await enter({ js });
    const { page } = sender;
    const look = (visit) => async (name) => (js ? inspect(visit.page, name) : undefined);
    const account = people.sales();
    const who = unique('Fromagerie Gaspé');
    const email = `zoe@${who.domain}.example`;
    await signIn(page, account);
    await invite(page, account, who, email);
    await look(sender)('invitation, sent');
    await page.goto(`/p/${account.partner}/invitations?q=${encodeURIComponent(who.name)}`);
    note((await page.locator('#list tbody tr').count()) === 1, 'invitation: a double click sends one');
    await answer(customer, await letter(customer.page, email, ''), who, { look: look(customer) });
    check((await rows(page, account, who.name)) === 1, 'invitation: the customer is in the list');

    // The access page, by the link of the letter after the acceptance.
    await customer.page.goto(await letter(customer.page, email, 'accepted'));
    await look(customer)('access page, behind its link');
    await customer.page.click('main form button.btn--primary');
    await customer.page.waitForURL((url) => url.pathname === '/access');
    check((await customer.page.textContent('main')).includes('Active'), 'access page: names the partner');
    await look(customer)('access page');
    await customer.page.click('main a[href^="/access/partners/"]:not([href$="/leave"])');
    await look(customer)('access page, what a partner did');
    await customer.page.goto('/access');
    await customer.page.click('main a[href$="/leave"]');
    await customer.page.locator('main form button.btn--danger').click();
    await summary(customer, 'access page, leave without a word');
    await look(customer)('access page, leave');

    // The partner ends it, and thinks better of it.
    await page.goto(`${list(account)}?q=${encodeURIComponent(who.name)}`);
    await page.locator('#list tbody th a').first().click();
    await page.waitForURL(/\/customers\/[0-9a-f-]{36}$/);
    const href = new URL(page.url()).pathname;
    await page.goto(`${href}/end`);
    await look(sender)('end of a relationship');
    await page.check('#f-when');
    await page.selectOption('#f-reason', { index: 1 });
    await page.fill('#f-name', 'not its name');
    await page.locator('main form button.btn--danger').last().click();
    await summary(sender, 'end of a relationship, another name typed');
    await page.fill('#f-name', who.name);
    await page.locator('main form button.btn--danger').last().click();
    await page.waitForURL((url) => url.pathname === href);
    check((await page.textContent('main')).includes('Undo'), 'end: it can be undone');
    await look(sender)('a former customer');
    check((await rows(page, account, who.name)) === 0, 'end: the customer has left the list');
    await letter(customer.page, email, 'ended');
    await page.goto(href);
    await page.locator('form[action$="/end/undo"] button').first().click();
    await page.waitForURL((url) => url.pathname === href);
    check((await rows(page, account, who.name)) === 1, 'undo: the customer is back');
  });
}

await journey('a provider and a reseller connect', async (enter) => {
  const provider = await enter();
  const { page } = provider;
  const account = people.admin();
  await signIn(page, account);
  await page.goto(`/p/${account.partner}/resellers`);
  await inspect(page, 'resellers');
  const who = unique('Réseau Matane');
  const email = `admin@${who.domain}.example`;
  await page.locator('main a[href*="invit"]').first().click();
  await page.fill('#f-recipient_email', email);
  await page.fill('#f-recipient_name', 'Aude Roy');
  await page.fill('#f-company', who.name);
  await inspect(page, 'reseller, invite');
  await page.locator('main form button[value=send]').last().click();
  await page.waitForURL(/\/(invitations\/[0-9a-f-]{36}|resellers)/);
  const reseller = await enter();
  await reseller.page.goto(await letter(reseller.page, email, ''));
  check(/partnership|partenariat/.test(await reseller.page.textContent('main')), 'partnership: the letter leads to what is asked');
  await inspect(reseller.page, 'partnership, as its recipient reads it');
  await reseller.page.locator('main a.btn--primary').first().click();
  const admin = people.resellerAdmin();
  if (new URL(reseller.page.url()).pathname === '/sign-in') {
    await reseller.page.fill('#f-email', admin.email);
    await reseller.page.fill('#f-password', admin.password);
    await reseller.page.click('main form button[type=submit]');
    await reseller.page.waitForURL((url) => url.pathname !== '/sign-in');
  }
  const choose = reseller.page.locator(`main a[href*="/p/${admin.partner}/providers/accept/"]`).first();
  if (await choose.count()) await choose.click();
  await reseller.page.waitForURL(/\/providers\/accept\//);
  await inspect(reseller.page, 'partnership, answer');
  await reseller.page.locator('main form button.btn--primary').first().click();
  await summary(reseller, 'partnership, nothing ticked');
  await reseller.page.locator('main input[type=checkbox]').first().check();
  await reseller.page.locator('main form button.btn--primary').first().dblclick();
  await reseller.page.waitForURL((url) => !url.pathname.includes('/accept/'));
  await reseller.page.goto(`/p/${admin.partner}/providers`);
  await inspect(reseller.page, 'providers');
  check((await reseller.page.textContent('main')).includes('Méridienne'), 'partnership: the reseller sees its provider');
  await page.goto(`/p/${account.partner}/resellers`);
  check((await page.textContent('main')).includes('Brumelac'), 'partnership: the provider sees its reseller');
});
