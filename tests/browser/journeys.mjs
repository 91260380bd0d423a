// The journeys of three roles through the demonstration, and what every page has to pass.
//   COMPTOIR_URL=http://127.0.0.1:8080 COMPTOIR_ACCOUNTS=accounts.json node journeys.mjs
// ONLY=word runs the journeys with the word in their name, VERBOSE=1 prints each check, SHOTS=folder
// keeps a picture of each page at which a journey broke off.
import { readFile } from 'node:fs/promises';
import {
  NARROW, WIDE, addCustomer, axe, check, fillAccount, fillSignIn, finish, fits, inspect, journey, list, menu, note, people, rows, signIn,
  signOut, speak, summary, unique,
} from './harness.mjs';
import { sitemap } from './pages.mjs';
// Its journeys run first.
import './relationships.mjs';
import './referrals.mjs';

/** Changes one field of a section and saves. */
async function edit(page, customer, section, field, value) {
  await page.goto(`${customer}/edit/${section}`);
  await page.fill(`#f-${field}`, value);
  await page.click('main form .actions button.btn--primary');
}

/** The export's page, as one comes to it from a searched list, and the row in the file. */
async function exportRow(page, account, name) {
  await page.goto(`${list(account)}?q=${encodeURIComponent(name)}`);
  await page.locator(`a[href*="/customers/export"]:visible`).first().click();
  await page.waitForSelector('#which-all');
  await page.check('#which-all');
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('main .actions button.btn--primary').click()]);
  const text = await readFile(await download.path(), 'utf8');
  const lines = text.trim().split(/\r?\n/);
  check(lines.length === 2 && lines[1].includes(name), 'export: the CSV has the one row found', text.slice(0, 500));
  note(/\.csv$/.test(download.suggestedFilename()), 'export: the file is called .csv', download.suggestedFilename());
}

/** Sign-in, search, add, page, edit, activity, export, sign-out. */
async function whole(visit, account, { look, audits, section, field, value }) {
  const { page } = visit;
  const who = unique(`Quincaillerie ${account.account_type === 'direct' ? 'Brocéliande' : 'Kerguelen'}`);
  await page.goto(list(account));
  check(page.url().includes('/sign-in'), 'sign-in: comes first');
  await fillSignIn(page, account);
  await page.waitForURL((url) => url.pathname === list(account));
  check((await page.locator('#list tbody tr').count()) > 0, 'list: has rows');
  await page.fill('#q', who.name);
  await page.press('#q', 'Enter');
  await page.waitForURL(/[?&]q=/);
  await page.waitForSelector('#list .empty');
  check((await page.locator('#list tbody tr').count()) === 0, 'search: nothing yet of that name');
  await page.goto(list(account));
  await page.click(`a[href="${list(account)}/new"]`);
  const customer = await addCustomer(visit, who, { wrongFirst: true, look });
  await edit(page, customer, section, field, value);
  await page.waitForURL((url) => !url.pathname.includes('/edit/'));
  check((await page.textContent('main')).includes(value) || (await (await page.goto(`${customer}/account`)).text()).includes(value), 'edit: the page shows the new value');
  const activity = await page.goto(`${customer}/activity`);
  const log = await page.textContent('main');
  // A role that may not see who did what is told so.
  if (audits) check(activity.status() === 200 && log.includes(value), 'activity: shows the change', log);
  else check(activity.status() === 403 && !log.includes(value), 'activity: not for this role, with the reason', log);
  check((await rows(page, account, who.name)) === 1, 'double click on the last submit: one customer');
  await exportRow(page, account, who.name);
  await page.goto(customer);
  await signOut(page);
  await page.waitForURL(/\/sign-in/);
  await page.goto(customer);
  check(page.url().includes('/sign-in'), 'sign-out: the page asks for sign-in again');
}

const seen = new Set();
/** Looks at each page of a journey once, whoever comes by. */
const lookAt = (page) => async (name) => {
  if (seen.has(name)) return;
  seen.add(name);
  await inspect(page, name);
};

await journey('sales agent of a direct reseller', async (enter) => {
  const visit = await enter();
  await whole(visit, people.sales(), { look: lookAt(visit.page), audits: false, section: 'address', field: 'city', value: 'Villeurbanne' });
});

await journey('admin agent of an indirect provider', async (enter) => {
  const visit = await enter();
  await whole(visit, people.admin(), { look: lookAt(visit.page), audits: true, section: 'labels', field: 'alias', value: 'Chez Mado' });
});

await journey('the same without JavaScript', async (enter) => {
  const visit = await enter({ js: false });
  await whole(visit, people.admin(), { look: async () => {}, audits: true, section: 'contact', field: 'contact_last', value: 'Villeneuve' });
});

await journey('agent of an indirect reseller', async (enter) => {
  const { page } = await enter();
  const account = people.reseller();
  await signIn(page, account);
  await page.locator(`main a[href="${list(account)}/new"]`).first().click();
  await page.waitForSelector('main h1');
  check((await page.locator('#f-company_name').count()) === 0, 'indirect reseller: gets no form');
  note((await page.locator('main .empty--denied').count()) === 1, 'indirect reseller: gets the explanation', await page.textContent('main'));
  await inspect(page, 'wizard, not for an indirect reseller');
  await page.goto(list(account));
  await inspect(page, 'list of an indirect reseller');
  const first = page.locator('#list tbody th a').first();
  if (await first.count()) {
    await first.click();
    await page.waitForURL(/\/customers\/[0-9a-f-]{36}$/);
    await inspect(page, 'customer of an indirect reseller');
  }
  await signOut(page);
  await page.waitForURL(/\/sign-in/);
});

await journey('sign-in', async (enter) => {
  const visit = await enter();
  const { page } = visit;
  await page.goto('/sign-in');
  await inspect(page, 'sign-in');
  await page.click('main form button[type=submit]');
  await summary(visit, 'sign-in without input');
  await inspect(page, 'sign-in with errors');
  await page.goto('/sign-in/forgotten');
  await inspect(page, 'forgotten password');
  await page.goto('/sign-in');
  await page.click('form[action="/language"] button[value=fr]');
  await page.waitForSelector('html[lang=fr]');
  for (const path of ['/sign-in', '/sign-in/forgotten']) {
    await page.goto(path);
    await axe(page, `axe, French: ${path}`);
    await page.setViewportSize(NARROW);
    await fits(page, `fits 360 px, French: ${path}`);
    await page.setViewportSize(WIDE);
  }
});

await journey('a forgotten password', async (enter) => {
  const visit = await enter();
  const { page } = visit;
  const account = people.reseller();
  await page.goto('/sign-in/forgotten');
  await page.click('main form button[type=submit]');
  await summary(visit, 'forgotten password without an address');
  await page.fill('#f-email', account.email);
  await page.click('main form button[type=submit]');
  await page.waitForSelector('.notice--ok');
  await inspect(page, 'forgotten password, asked');
  await page.click('a[href="/demo/mail"]');
  const letter = page.locator('.letters li', { hasText: account.email }).first();
  for (let i = 0; i < 20 && !(await letter.count()); i += 1) {
    await page.waitForTimeout(250);
    await page.reload();
  }
  await inspect(page, 'mailbox');
  await letter.locator('a').click();
  await page.waitForSelector('.letter-text');
  await inspect(page, 'letter');
  const text = page.url();
  await page.click('main .actions a[href$="/page"]');
  await page.waitForSelector('.letter .button');
  await axe(page, 'axe, light: letter as a page');
  await page.emulateMedia({ colorScheme: 'dark' });
  await axe(page, 'axe, dark: letter as a page');
  await page.setViewportSize(NARROW);
  await fits(page, 'fits 360 px: letter as a page');
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: 'light' });
  const link = await page.getAttribute('.letter .button', 'href');
  await page.goto(text);
  note((await page.getAttribute('.letter-text a', 'href')) === link, 'letter: both parts have the same link');
  await page.click('.letter-text a');
  await page.waitForSelector('#f-repeated');
  await inspect(page, 'a new password');
  // The same again, so that the others still get in.
  for (const field of ['password', 'repeated']) await page.fill(`#f-${field}`, account.password);
  await page.click('main form button[type=submit]');
  await page.waitForURL(/\/sign-in$/);
  await fillSignIn(page, account);
  await page.waitForURL((url) => url.pathname === list(account));
});

await journey('operator', async (enter) => {
  const { page } = await enter();
  await signIn(page, people.operator(), '/operator');
  await inspect(page, 'operator, overview');
  for (const name of ['mail', 'schedule']) {
    await page.click(`.side a[href="/operator/${name}"]`);
    await page.waitForURL((url) => url.pathname === `/operator/${name}`);
    await inspect(page, `operator, ${name}`);
  }
  await page.locator('form[action$="/run"] button').first().click();
  await page.waitForSelector('.notice--ok');
  await page.goto('/operator/mail?q=nobody@nowhere.example');
  await inspect(page, 'operator, no such mail');
  await signOut(page);
  await page.waitForURL(/\/sign-in/);
});

await journey('sign-in by keyboard alone', async (enter) => {
  const { page } = await enter();
  const account = people.sales();
  await page.goto('/sign-in');
  const at = () => page.evaluate(() => document.activeElement?.id);
  for (let i = 0; i < 10 && (await at()) !== 'f-email'; i += 1) await page.keyboard.press('Tab');
  check((await at()) === 'f-email', 'keyboard: Tab reaches the e-mail field');
  await page.keyboard.type(account.email);
  await page.keyboard.press('Tab');
  check((await at()) === 'f-password', 'keyboard: Tab leads on to the password');
  await page.keyboard.type(account.password);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  check((await page.locator('form[action="/sign-out"]').count()) === 1, 'keyboard: signed in');
  await page.keyboard.press('Tab');
  const skip = await page.evaluate(() => document.activeElement?.matches('a.skip') && document.activeElement.getBoundingClientRect().top >= 0);
  note(skip, 'keyboard: the first Tab shows the way to the content');
  await page.keyboard.press('Enter');
  note((await at()) === 'main', 'keyboard: it leads there');
});

await journey('search while typing', async (enter) => {
  const { page } = await enter();
  const account = people.admin();
  await signIn(page, account);
  await page.locator('main h1').click();
  await page.keyboard.press('/');
  check((await page.evaluate(() => document.activeElement?.id)) === 'q', 'search: / goes to the search field');
  note((await page.inputValue('#q')) === '', 'search: the / itself is not typed');
  const name = (await page.locator('#list tbody th a').last().textContent()).replace(/\s*\(.*/, '').trim();
  await page.evaluate(() => { window.same = true; });
  await page.keyboard.type(name);
  await page.waitForFunction((wanted) => new URLSearchParams(location.search).get('q') === wanted, name);
  check(await page.evaluate(() => window.same === true), 'search: the list changes without a new page');
  const found = await page.$$eval('#list tbody th a', (all) => all.map((a) => a.textContent));
  check(found.length > 0 && found.some((one) => one.includes(name)), 'search: it finds what was typed', `${name}: ${found.join(', ')}`);
  note((await page.inputValue('#q')) === name && (await page.evaluate(() => document.activeElement?.id)) === 'q', 'search: the field keeps its text and the focus');
  await axe(page, 'axe, light: list after a live search');
  await page.reload();
  note((await page.locator('#list tbody tr').count()) === found.length, 'search: the address is the view');
});

await journey('tag several customers at once', async (enter) => {
  const { page } = await enter();
  const account = people.admin();
  const tag = unique('Suivi').name;
  await signIn(page, account, `/p/${account.partner}/tags`);
  await inspect(page, 'tags');
  await page.fill('#f-name', tag);
  await page.click('main form button.btn--primary');
  await page.waitForSelector(`.table .tag:has-text("${tag}")`);
  await page.goto(list(account));
  await page.locator('tbody input[name=id]').nth(0).check();
  await page.locator('tbody input[name=id]').nth(1).check();
  note((await page.textContent('.bulkbar__count')).includes('2'), 'bulk: the bar counts the chosen rows');
  await inspect(page, 'list with rows chosen');
  await page.click('.bulkbar button[value=tag]');
  await page.waitForURL(/\/customers\/bulk$/);
  await inspect(page, 'bulk, which tag');
  await page.locator('.choice', { hasText: tag }).locator('input').check();
  await page.click('button[value=add-tag]');
  await page.waitForURL(/\/jobs\//);
  await page.waitForFunction(() => !document.querySelector('#list[data-poll]'), null, { timeout: 5000 }).catch(async () => {
    // A page that does not follow by itself.
    note(false, 'bulk: the running job\'s page follows by itself');
    await page.reload();
  });
  check((await page.textContent('#list')).includes('2'), 'bulk: the result says two were changed', await page.textContent('#list'));
  await inspect(page, 'bulk, result');
  await page.goto(`/p/${account.partner}/tags`);
  await page.click(`.table .tag:has-text("${tag}")`);
  await page.waitForURL(/[?&]tag=/);
  check((await page.locator('#list tbody tr').count()) === 2, 'bulk: the list filtered by the tag has the two rows');
});

await journey('two people edit one section', async (enter) => {
  const { context, page } = await enter();
  const account = people.sales();
  await signIn(page, account, `${list(account)}/new`);
  const visit = { context, page, js: true };
  const customer = await addCustomer(visit, unique('Verrerie Tadoussac'));
  const other = await context.newPage();
  for (const one of [page, other]) await one.goto(`${customer}/edit/address`);
  await other.fill('#f-city', 'Grenoble');
  await other.fill('#f-address1', '1 place Victor Hugo');
  await other.click('main form .actions button.btn--primary');
  await other.waitForURL((url) => !url.pathname.includes('/edit/'));
  await page.fill('#f-city', 'Chambéry');
  await page.fill('#f-address1', '2 rue du Lac');
  await page.click('main form .actions button.btn--primary');
  await page.waitForSelector('input[name=choose_city]');
  const text = await page.textContent('main');
  check(text.includes('Grenoble') && text.includes('Chambéry'), 'conflict: both versions are shown');
  await inspect(page, 'conflict');
  await page.check('input[name=choose_city][value=mine]');
  await page.check('input[name=choose_address1][value=theirs]');
  await page.click('main form .actions button.btn--primary');
  await page.waitForURL((url) => !url.pathname.includes('/edit/'));
  await page.goto(`${customer}/edit/address`);
  const kept = [await page.inputValue('#f-city'), await page.inputValue('#f-address1')];
  check(kept[0] === 'Chambéry' && kept[1] === '1 place Victor Hugo', 'conflict: each field has the chosen version', kept.join(', '));
});

await journey('notes, and an earlier value put back', async (enter) => {
  const visit = await enter();
  const { page } = visit;
  const account = people.admin();
  await signIn(page, account, `${list(account)}/new`);
  const customer = await addCustomer(visit, unique('Tannerie Rimouski'));
  await page.goto(`${customer}/notes`);
  await page.fill('main form textarea', 'Called on Monday; calls back.');
  await page.locator('main form.form button.btn--primary').dblclick();
  await page.waitForSelector('.note');
  check((await page.locator('.note').count()) === 1, 'notes: a double click adds one');
  await inspect(page, 'notes with a note');
  await page.click('.note a[href*="?edit="]');
  await page.fill('.note textarea', 'Called on Tuesday; calls back.');
  await inspect(page, 'note, edit');
  await page.click('.note button.btn--primary');
  await page.waitForSelector('.note__body');
  check((await page.textContent('.note__body')).includes('Tuesday'), 'notes: the edit shows');
  await edit(page, customer, 'address', 'city', 'Annecy');
  await page.waitForURL((url) => !url.pathname.includes('/edit/'));
  await page.goto(`${customer}/activity`);
  await inspect(page, 'activity with changes');
  await page.locator('form[action$="/restore"] button').first().click();
  await page.waitForLoadState();
  // A page to look it over before it is saved, or the page with the value back.
  if (await page.locator('#f-city').count()) await page.click('main form .actions button.btn--primary');
  await page.goto(`${customer}/edit/address`);
  check((await page.inputValue('#f-city')) === 'Lyon', 'activity: an earlier value is put back', await page.inputValue('#f-city'));
});

await journey('session ended while a form is open', async (enter) => {
  const { context, page } = await enter();
  const account = people.sales();
  await signIn(page, account, `${list(account)}/new`);
  const who = unique('Papeterie Saguenay');
  await fillAccount({ page, js: true }, who);
  const other = await context.newPage();
  await other.goto('/me');
  await signOut(other);
  await other.waitForURL(/\/sign-in/);
  await page.locator('.actions--form button[value=save]').click();
  await page.waitForSelector('#f-password');
  note(!(await page.content()).includes(account.password), 'session: no password in the page');
  await inspect(page, 'sign-in again, with a form kept');
  await fillSignIn(page, account);
  // The kept form goes on by itself, or on a press of its button.
  await page.waitForSelector('#f-company_name, form[data-resume]');
  const go = page.locator('form[data-resume] button[type=submit]');
  if (await go.count()) await go.click();
  await page.waitForSelector('#f-company_name');
  check((await page.inputValue('#f-company_name')) === who.name, 'session: the filled form is back');
  check((await page.inputValue('#f-city')) === 'Lyon', 'session: with all its fields');
  await page.locator('.actions--form button[value=save]').click();
  await page.waitForURL(/\/contact$/);
});

await journey('every page', async (enter) => {
  const { page } = await enter();
  const account = people.admin();
  await signIn(page, account);
  const own = await page.getAttribute('html', 'lang');
  await speak(page, 'en');
  const pages = await sitemap(page, account);
  for (const { name, path, status = 200 } of pages) {
    const answer = await page.goto(path);
    note(answer.status() === status, `answers ${status}: ${name}`, `${path}: ${answer.status()}`);
    if (seen.has(name)) continue;
    seen.add(name);
    await inspect(page, name);
  }
  await page.goto(list(account));
  await speak(page, 'fr');
  for (const { name, path } of pages) {
    await page.goto(path);
    await axe(page, `axe, French: ${name}`);
    await page.setViewportSize(NARROW);
    await fits(page, `fits 360 px, French: ${name}`);
    await page.setViewportSize(WIDE);
  }
  await page.goto(list(account));
  await speak(page, own);
});

await finish();
