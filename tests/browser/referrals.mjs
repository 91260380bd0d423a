// A visitor asks in the directory; a provider hands it to two resellers; one accepts and wins; a
// customer comes of it, and the profile's insights show the lead. In English, and in French.
import {
  NARROW, WIDE, axe, check, fits, inspect, journey, letter, note, people, rows, signIn, speak, summary, unique,
} from './harness.mjs';
import { newCustomers, operating } from './pages.mjs';

/** Opens the insights of the provider's first profile. */
async function openInsights(page, provider) {
  await page.goto(`/p/${provider.partner}/profile`);
  const profile = await page.locator('main a[href*="/profile/"]').first().getAttribute('href');
  await page.goto(`${profile.match(/^.*\/profile\/[0-9a-f-]{36}/)[0]}/insights`);
}

/** The address of the referral whose row holds a text. */
async function find(page, account, text) {
  await page.goto(`/p/${account.partner}/referrals?q=${encodeURIComponent(text)}`);
  const row = page.locator('#list tbody tr').first();
  check(await row.count(), `inbox: “${text}” is found by ${account.partner}`);
  return row.locator('a.cell-main').first().getAttribute('href');
}

async function accept(page, title) {
  await page.fill('#f-title', title);
  await page.fill('#f-value', '12400');
  await page.fill('#f-close_on', new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10));
  await page.check('#f-contacted, [name=contacted]');
  const owner = page.locator('#f-owner');
  if ((await owner.inputValue()) === '') await owner.selectOption({ index: 1 });
  await page.locator('main form button.btn--primary').last().dblclick();
  await page.waitForURL(/\/referrals\/[0-9a-f-]{36}$/);
}

for (const lang of ['en', 'fr']) {
  const js = lang === 'en';
  await journey(`a referral becomes a customer, ${lang}${js ? '' : ', without JavaScript'}`, async (enter) => {
    const locale = lang === 'en' ? 'en-GB' : 'fr-FR';
    const visitor = await enter({ js, locale });
    const look = (visit) => (visit.js ? (name) => inspect(visit.page, `${name}, ${lang}`) : async (name) => fits(visit.page, `fits: ${name}, ${lang}`));
    const who = unique('Fromagerie Malbaie');
    const email = `zoe@${who.domain}.example`;
    const need = `${lang === 'en' ? 'Tills for our two shops' : 'Des caisses pour nos deux boutiques'} ${who.domain}`;

    // A visitor finds the provider, reads, asks.
    const { page } = visitor;
    await page.goto(`/directory?q=m%C3%A9ridienne&lang=${lang}`);
    await look(visitor)('directory, found by name');
    await page.locator('main a[href*="/directory/la-meridienne"]').first().click();
    await page.waitForURL(/\/directory\/la-meridienne/);
    await look(visitor)('profile');
    await page.locator('main a[href*="/directory/contact"]').first().click();
    await page.waitForURL(/\/directory\/contact/);
    await look(visitor)('contact form');
    await page.locator('main form .actions button.btn--primary').last().click();
    await summary(visitor, `contact form, nothing filled in, ${lang}`);
    await page.fill('#f-need', need);
    await page.locator('[name=time_frame]').first().evaluate((field) => field.tagName).then(async (tag) => {
      if (tag === 'SELECT') await page.selectOption('[name=time_frame]', 'month');
      else await page.check('[name=time_frame][value=month]');
    });
    await page.selectOption('#f-size', '10to50').catch(() => page.check('[name=size][value="10to50"]'));
    await page.fill('#f-company', who.name);
    await page.fill('#f-first_name', 'Zoé');
    await page.fill('#f-last_name', 'Lefèvre');
    await page.fill('#f-email', email);
    await page.selectOption('#f-country', 'FR');
    await page.fill('#f-city', 'Lyon');
    await page.check('#f-consent, [name=consent]');
    await page.locator('main form .actions button.btn--primary').last().dblclick();
    await page.waitForURL(/\/directory\/contact\/sent/);
    await look(visitor)('inquiry sent');
    const status = await letter(page, email, '');
    check(/\/inquiries\//.test(status), 'inquiry: the letter has the private link', status);
    await page.goto(status);
    check((await page.textContent('main')).includes('Méridienne'), 'inquiry: its page names the partner');
    await look(visitor)('inquiry, as its sender sees it');

    // The provider accepts it and hands it to two resellers.
    const provider = await enter({ locale });
    const seller = people.seller('indirect_provider');
    await signIn(provider.page, seller, `/p/${seller.partner}/referrals`);
    const own = await provider.page.getAttribute('html', 'lang');
    await speak(provider.page, lang);
    await inspect(provider.page, `inbox, ${lang}`);
    const incoming = await find(provider.page, seller, who.domain);
    await provider.page.goto(incoming);
    note(!(await provider.page.textContent('main')).includes(who.name), 'referral: the company is masked before it is accepted');
    await inspect(provider.page, `referral, masked, ${lang}`);
    await provider.page.goto(`${incoming}/accept`);
    await provider.page.locator('main form button.btn--primary').last().click();
    await summary(provider, `accept, nothing filled in, ${lang}`);
    await inspect(provider.page, `accept, ${lang}`);
    await accept(provider.page, `Caisses ${who.domain}`);
    check((await provider.page.textContent('main')).includes(who.name), 'referral: accepted, it says who it is');
    await inspect(provider.page, `referral, accepted, ${lang}`);
    await provider.page.goto(`${incoming}/hand-over`);
    await inspect(provider.page, `hand-over, ${lang}`);
    for (const reseller of ['Atelier numérique Vauclair', 'Kestrelmoor IT']) await provider.page.getByLabel(reseller).check();
    await provider.page.fill('#f-message', 'Un bon dossier.');
    await provider.page.locator('main form button[value=send]').last().click();
    await provider.page.waitForURL((url) => !url.pathname.endsWith('/hand-over'));
    await inspect(provider.page, `handed over, ${lang}`);

    // Both have it; the first to accept gets it.
    const first = people.seller('indirect_reseller', 0);
    const second = people.seller('indirect_reseller', 1);
    const winner = await enter({ locale });
    await signIn(winner.page, first, `/p/${first.partner}/referrals`);
    const theirs = await find(winner.page, first, who.domain);
    await winner.page.goto(theirs);
    note(!(await winner.page.textContent('main')).includes(who.name), 'hand-over: the company is masked before it is accepted');
    const loser = await enter({ locale });
    await signIn(loser.page, second, `/p/${second.partner}/referrals`);
    const lost = await find(loser.page, second, who.domain);
    await loser.page.goto(`${lost}/accept`);
    await winner.page.goto(`${theirs}/accept`);
    await accept(winner.page, `Caisses ${who.domain}`);
    check((await winner.page.textContent('main')).includes(who.name), 'hand-over: the winner learns who it is');
    await loser.page.locator('main form button.btn--primary').last().click();
    await loser.page.goto(lost);
    note(!(await loser.page.textContent('main')).includes(who.name), 'hand-over: who came second never learns who it is');
    await inspect(loser.page, `referral, taken by another, ${lang}`);
    await winner.page.locator('details:has(form[action$="/win"]) > summary').first().click();
    await inspect(winner.page, `win, asked once more, ${lang}`);
    await winner.page.locator('form[action$="/win"] button').first().dblclick();
    await winner.page.waitForSelector('form[action$="/win"]', { state: 'detached' });
    await winner.page.waitForSelector('form[action$="/reopen"]', { state: 'attached' });
    await winner.page.waitForLoadState();
    await inspect(winner.page, `referral, won, ${lang}`);
    await winner.page.goto(`${theirs}/customer`);
    await inspect(winner.page, `customer, asked of the provider, ${lang}`);

    // The provider follows it, and makes the customer for its reseller.
    await provider.page.goto(`/p/${seller.partner}/referrals/handovers/report`);
    await inspect(provider.page, `conversion, ${lang}`);
    await provider.page.goto(`${incoming}/customer`);
    await inspect(provider.page, `customer of a won referral, ${lang}`);
    // One click on the referral's own page.
    await provider.page.goto(incoming);
    await inspect(provider.page, `won, to become a customer, ${lang}`);
    await provider.page.locator('button[name=act][value=create]').click();
    await provider.page.waitForURL(/\/customers\/new\//);
    check((await provider.page.inputValue('#f-company_name')) === who.name, 'wizard: prefilled with the company');
    await wizard(provider.page, who);
    check((await rows(provider.page, seller, who.name)) === 1, 'customer: in the list');
    await provider.page.goto(incoming);
    check(await provider.page.locator('main a[href*="/customers/"]').count(), 'referral: leads to its customer');

    // The profile's insights show the lead.
    for (let tries = 0; ; tries += 1) {
      await openInsights(provider.page, seller);
      const shown = await provider.page.locator('main').textContent();
      if (/[1-9]/.test(shown.replace(/\s/g, ' ').match(/(?:Leads|Contacts obtenus|Demandes)[^0-9]*([0-9]+)/i)?.[1] ?? '')) break;
      check(tries < 30, 'insights: the lead is counted', shown.slice(0, 600));
      await provider.page.waitForTimeout(1000);
    }
    await inspect(provider.page, `insights, ${lang}`);
    await speak(provider.page, own);
  });
}

/** The rest of the wizard, from a prefilled first page to the customer. */
async function wizard(page, who) {
  const save = '.actions--form button[value=save], .actions button.btn--primary[value=save]';
  const values = { domain: who.domain, address1: '12 rue de la République', postal_code: '69002', city: 'Lyon', phone: '+33 4 72 00 11 22' };
  for (const [field, value] of Object.entries(values)) await page.fill(`#f-${field}`, value);
  await page.locator(save).first().click();
  // The other language's company has nearly the same name.
  if (await page.locator('#f-distinct').count()) {
    await page.check('#f-distinct');
    await page.locator(save).first().click();
  }
  await page.waitForURL(/\/contact$/);
  check((await page.inputValue('#f-last_name')) === 'Lefèvre', 'wizard: prefilled with the person');
  await page.locator(save).first().click();
  await page.waitForURL(/\/agreement$/);
  if (await page.locator('#f-accepted').count()) {
    await page.locator('#f-accepted').check();
    await page.fill('#f-agreed_on', new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10));
  }
  await page.locator(save).first().click();
  await page.waitForURL(/\/review$/);
  await page.locator(save).first().dblclick();
  await page.waitForURL(/\/welcome$/);
}

for (const [name, who, where] of [
  ['every page of new customers', () => people.referrals(), (page, account) => newCustomers(page, account)],
  ['every page of their operator', () => people.operator(), async () => operating],
]) {
  await journey(name, async (enter) => {
    const { page } = await enter();
    const account = who();
    await signIn(page, account, account.partner ? `/p/${account.partner}/referrals` : '/operator');
    const own = await page.getAttribute('html', 'lang');
    await speak(page, 'en');
    const pages = await where(page, account);
    for (const { name: one, path, status = 200 } of pages) {
      const answer = await page.goto(path);
      note(answer.status() === status, `answers ${status}: ${one}`, `${path}: ${answer.status()}`);
      await inspect(page, one);
    }
    await page.goto(account.partner ? `/p/${account.partner}/referrals` : '/operator');
    await speak(page, 'fr');
    for (const { name: one, path } of pages) {
      await page.goto(path);
      await axe(page, `axe, French: ${one}`);
      await page.setViewportSize(NARROW);
      await fits(page, `fits 360 px, French: ${one}`);
      await page.setViewportSize(WIDE);
    }
    await page.goto(account.partner ? `/p/${account.partner}/referrals` : '/operator');
    await speak(page, own);
  });
}
