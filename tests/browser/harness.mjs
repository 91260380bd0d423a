// What the browser tests and the screenshots share: the browser, its people, and the checks that
// every page has to pass.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const WIDE = { width: 1280, height: 800 };
export const NARROW = { width: 360, height: 740 };

export const base = need('COMPTOIR_URL', 'the address of a running demonstration, such as http://127.0.0.1:8080');
const accountsFile = need('COMPTOIR_ACCOUNTS', 'the file that `comptoir demo --accounts FILE` wrote');
const accounts = JSON.parse(readFileSync(accountsFile, 'utf8'));

function need(name, what) {
  const value = process.env[name];
  if (value) return value.replace(/\/$/, '');
  console.error(`${name} is missing: ${what}`);
  process.exit(2);
}

// --- Checks ---------------------------------------------------------------------------------------

const results = { passed: 0, failed: [] };

export class Failed extends Error {}

function report(ok, name, detail = '') {
  if (ok) {
    results.passed += 1;
    if (process.env.VERBOSE) console.log(`  ok  ${name}`);
  } else {
    results.failed.push(name);
    console.log(`FAILED  ${name}${detail ? `\n        ${String(detail).trim().replaceAll('\n', '\n        ')}` : ''}`);
  }
  return ok;
}

/** A check that the rest of a journey does not need. */
export function note(ok, name, detail) {
  return report(Boolean(ok), name, detail);
}

/** A check without which the journey cannot go on. */
export function check(ok, name, detail) {
  if (!report(Boolean(ok), name, detail)) throw new Failed(name);
}

/** One journey: what it throws is one failed check, and the next one goes on. */
export async function journey(name, work) {
  const only = process.env.ONLY;
  if (only && !name.includes(only)) return;
  const began = Date.now();
  const people = [];
  const enter = async (options) => {
    const visit = await open(options);
    people.push(visit);
    return visit;
  };
  try {
    await work(enter);
  } catch (error) {
    if (!(error instanceof Failed)) {
      const at = people.map((one) => `${one.page.url()} "${one.heading}"`).join(', ');
      report(false, `${name}: goes through`, `${error.message}\n${error.stack.split('\n').filter((line) => line.includes('.mjs')).slice(0, 3).join('\n')}\nat ${at}`);
    }
    if (process.env.SHOTS) {
      for (const [index, one] of people.entries()) {
        await one.page.screenshot({ path: `${process.env.SHOTS}/failed-${name.replace(/\W+/g, '-')}-${index}.png` }).catch(() => {});
      }
    }
  }
  for (const one of people) {
    report(one.errors.length === 0, `${name}: nothing in the console`, one.errors.join('\n'));
    await one.context.close();
  }
  console.log(`${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

/** Prints the sum; the exit code says whether all passed. */
export async function finish() {
  await (await running)?.close();
  console.log(`\nBrowser: ${results.passed} checks passed, ${results.failed.length} failed`);
  process.exit(results.failed.length ? 1 : 0);
}

// --- The browser ----------------------------------------------------------------------------------

let running;

function browser() {
  running ??= chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: [
      '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  });
  return running;
}

// A form that does not hold, a page one may not see: these are answers, not mistakes, though the
// console calls each an error.
const EXPECTED = new Set([401, 403, 404, 409, 422]);

/** A browser of its own, as for another person; `js: false` has no scripts. */
export async function open({ js = true, viewport = WIDE, locale = 'en-GB', colorScheme = 'light' } = {}) {
  const context = await (await browser()).newContext({
    baseURL: base, javaScriptEnabled: js, viewport, locale, colorScheme, reducedMotion: 'reduce', acceptDownloads: true,
  });
  context.setDefaultTimeout(10_000);
  const errors = [];
  const answers = new Map();
  context.on('response', (response) => {
    if (response.request().isNavigationRequest()) answers.set(response.url(), response.status());
    if (response.status() >= 500) errors.push(`${response.status()} of ${response.url()}`);
  });
  context.on('console', (message) => {
    if (message.type() !== 'error') return;
    const where = message.location().url;
    if (message.text().startsWith('Failed to load resource') && EXPECTED.has(answers.get(where))) return;
    errors.push(`${where}: ${message.text()}`);
  });
  context.on('weberror', (error) => errors.push(`${error.page()?.url()}: ${error.error().message}`));
  const page = await context.newPage();
  const visit = { context, page, errors, js, heading: '' };
  page.on('domcontentloaded', async () => { visit.heading = await page.title().catch(() => ''); });
  return visit;
}

/** The account of the demonstration that answers the description; with the fewest other roles. */
function person(what, wanted) {
  const [found] = accounts.filter(wanted).sort((a, b) => a.roles.length - b.roles.length);
  if (!found) {
    console.error(`${accountsFile} has no ${what}: ${JSON.stringify(accounts.map(({ password, ...rest }) => rest))}`);
    process.exit(2);
  }
  return found;
}

const has = (account, role) => account.roles.includes(role);
export const people = {
  sales: () => person('sales agent of a direct reseller', (one) => one.account_type === 'direct' && has(one, 'sales_agent')),
  admin: () => person('admin agent of an indirect provider', (one) => one.account_type === 'indirect_provider' && has(one, 'admin_agent')),
  // Of several accounts of one type, the one at a place in the order of their addresses.
  seller: (type, place = 0) => {
    const sellers = accounts.filter((one) => one.account_type === type && has(one, 'sales_agent') && one.roles.length === 1);
    return [...sellers].sort((a, b) => (a.partner < b.partner ? 1 : -1))[place];
  },
  referrals: () => person('referrals admin of an indirect provider', (one) => one.account_type === 'indirect_provider' && has(one, 'referrals_admin')),
  operator: () => person('operator', (one) => has(one, 'operator')),
  reseller: () => person('helpdesk or sales agent of an indirect reseller',
    (one) => one.account_type === 'indirect_reseller' && (has(one, 'helpdesk_agent') || has(one, 'sales_agent'))),
  // Its partnership has ended: the demonstration gives that account a global admin alone.
  resellerAdmin: () => person('global admin of an indirect reseller without a provider', (one) => one.account_type === 'indirect_reseller'
    && has(one, 'global_admin') && accounts.filter((other) => other.partner === one.partner).length === 1),
};

export const list = (account) => `/p/${account.partner}/customers`;

/** Submits the sign-in form of the page one is on. */
export async function fillSignIn(page, account) {
  await page.fill('#f-email', account.email);
  await page.fill('#f-password', account.password);
  await page.click('main form button[type=submit]');
}

export async function signIn(page, account, to = list(account)) {
  await page.goto(to);
  await fillSignIn(page, account);
  await page.waitForURL((url) => url.pathname === new URL(to, base).pathname);
}

/** Clicks an entry of a menu, opening the menu first. */
export async function menu(page, item) {
  const entry = page.locator(item).first();
  if (!(await entry.isVisible())) await page.locator(`details.menu:has(${item}) > summary`).first().click();
  await entry.click();
}

export const signOut = (page) => menu(page, 'form[action="/sign-out"] button');

/** Changes the language of whoever is signed in, by the menu. */
export async function speak(page, lang) {
  if ((await page.getAttribute('html', 'lang')) === lang) return;
  await menu(page, `form[action="/language"] button[value="${lang}"]`);
  await page.waitForSelector(`html[lang="${lang}"]`);
}

// --- What every page has to pass ------------------------------------------------------------------

/** No violation of any axe rule (or of those named). */
export async function axe(page, name, rules) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(async (only) => {
    const options = { resultTypes: ['violations'], preload: false };
    if (only) options.runOnly = { type: 'rule', values: only };
    const { violations } = await window.axe.run(document, options);
    return violations.map((one) => ({ id: one.id, help: one.help, nodes: one.nodes.slice(0, 3).map((node) => `${node.target.join(' ')}  ${node.html.slice(0, 160)}\n    ${node.failureSummary.replaceAll('\n', ' ')}`), count: one.nodes.length }));
  }, rules ?? null);
  note(found.length === 0, name, `${page.url()}\n${found.map((one) => `${one.id} (${one.count}): ${one.help}\n  ${one.nodes.join('\n  ')}`).join('\n')}`);
}

/** Nothing makes the page wider than the window; what scrolls in its own box may. */
export async function fits(page, name) {
  const wide = await page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= limit) return [];
    const inBox = (el) => {
      for (let up = el.parentElement; up && up !== document.body; up = up.parentElement) {
        if (getComputedStyle(up).overflowX !== 'visible') return true;
      }
      return false;
    };
    const all = [...document.body.querySelectorAll('*')].filter((el) => el.getBoundingClientRect().right > limit + 0.5 && !inBox(el));
    return [`${document.documentElement.scrollWidth} px of ${limit}`, ...all.slice(-3).map((el) => `${el.tagName.toLowerCase()}.${el.className} ${el.outerHTML.slice(0, 120)}`)];
  });
  note(wide.length === 0, name, `${page.url()}\n${wide.join('\n')}`);
}

// What the dark colours can break.
const COLOURS = ['color-contrast', 'link-in-text-block'];

/** The page as it is now: light, dark, and 360 px wide. */
export async function inspect(page, name) {
  await axe(page, `axe, light: ${name}`);
  await page.emulateMedia({ colorScheme: 'dark' });
  await axe(page, `axe, dark: ${name}`, COLOURS);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(NARROW);
  await axe(page, `axe, 360 px: ${name}`);
  await fits(page, `fits 360 px: ${name}`);
  await page.setViewportSize(WIDE);
}

// --- Forms ----------------------------------------------------------------------------------------

/** A form that did not hold: the summary has the focus and each of its links leads to its field. */
export async function summary(visit, name) {
  const { page, js } = visit;
  await page.waitForSelector('.error-summary');
  check((await page.title()).match(/^(Error|Erreur)/), `${name}: the title says so first`, await page.title());
  if (js) note(await page.evaluate(() => document.activeElement?.classList.contains('error-summary')), `${name}: the error summary has the focus`);
  const links = await page.$$eval('.error-summary a', (all) => all.map((a) => a.getAttribute('href')));
  check(links.length > 0, `${name}: the summary links to the fields`);
  for (const href of links) {
    await page.click(`.error-summary a[href="${href}"]`);
    const [focused, described] = await page.evaluate((id) => {
      const field = document.getElementById(id);
      const described = (field?.getAttribute('aria-describedby') || field?.closest('[aria-describedby]')?.getAttribute('aria-describedby') || '').split(' ');
      return [document.activeElement === field && field !== null, described.some((one) => /-error$/.test(one) && document.getElementById(one))];
    }, href.slice(1));
    note(focused, `${name}: ${href} is focused by its link`);
    note(described, `${name}: ${href} is described by its error`);
  }
}

const stamp = Date.now().toString(36).slice(-5);
let made = 0;

/** A name that no other run has used. */
export function unique(word) {
  made += 1;
  return { name: `${word} ${stamp}${made}`, domain: `j${stamp}${made}` };
}

async function chooseCountry(visit, code) {
  const { page, js } = visit;
  if ((await page.inputValue('#f-country')) === code) return;
  if (js) {
    await Promise.all([page.waitForEvent('load'), page.selectOption('#f-country', code)]);
  } else {
    await page.selectOption('#f-country', code);
    await page.click('#country-apply');
  }
  check((await page.inputValue('#f-country')) === code, 'wizard: the country is applied');
}

const save = '.actions--form button[value=save], .actions button.btn--primary[value=save]';

/** The wizard's first step, filled; not sent. */
export async function fillAccount(visit, who) {
  const { page } = visit;
  await chooseCountry(visit, 'FR');
  await page.fill('#f-company_name', who.name);
  await page.fill('#f-domain', who.domain);
  await page.fill('#f-address1', '12 rue de la République');
  await page.fill('#f-postal_code', '69002');
  await page.fill('#f-city', 'Lyon');
  await page.fill('#f-phone', '+33 4 72 00 11 22');
  const resellers = page.locator('input[name=reseller]');
  if (await resellers.count()) await resellers.last().check();
}

/** The whole wizard, from its first page to the customer's; `look` is called on each of its pages. */
export async function addCustomer(visit, who, { wrongFirst = false, look = async () => {} } = {}) {
  const { page } = visit;
  await page.waitForSelector('#f-company_name');
  await look('wizard, account');
  if (wrongFirst) {
    await page.fill('#f-domain', '-not a domain-');
    await page.click(save);
    await summary(visit, 'wizard, wrong input');
    note((await page.inputValue('#f-domain')) === '-not a domain-', 'wizard, wrong input: what was typed is kept');
    await look('wizard, account with errors');
  }
  await fillAccount(visit, who);
  await page.click(save);
  const distinct = page.locator('#f-distinct');
  if (await distinct.count()) {
    await look('wizard, possible duplicate');
    await distinct.check();
    const reason = page.locator('#f-distinct_reason');
    if (await reason.count()) await reason.fill('Another company');
    await page.click(save);
  }
  await page.waitForURL(/\/contact$/);
  await look('wizard, contact');
  await page.fill('#f-first_name', 'Zoé');
  await page.fill('#f-last_name', 'Lefèvre');
  await page.fill('#f-email', `zoe@${who.domain}.example`);
  await page.click(save);
  await page.waitForURL(/\/agreement$/);
  await look('wizard, agreement');
  if (await page.locator('#f-accepted').count()) {
    await page.locator('#f-accepted').check();
    await page.fill('#f-agreed_on', new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10));
  }
  await page.click(save);
  await page.waitForURL(/\/review$/);
  check((await page.textContent('main')).includes(who.name), 'wizard: the review names the company');
  await look('wizard, review');
  // Twice, as an impatient person does: one object must come of it.
  await page.locator(save).first().dblclick();
  await page.waitForURL(/\/welcome$/);
  await look('wizard, done');
  await page.locator('main form button.btn--primary').click();
  await page.waitForSelector('.secret__value');
  await look('wizard, link shown');
  const open = page.locator(`main a[href*="/customers/"]:not([href*="/new"])`).filter({ hasText: who.name }).first();
  await open.click();
  await page.waitForURL(/\/customers\/[0-9a-f-]{36}$/);
  check((await page.textContent('h1')).includes(who.name), 'wizard: the new customer has its page');
  return new URL(page.url()).pathname;
}

/** The newest letter to an address, in the demonstration's mail box; its link. */
export async function letter(page, to, text) {
  for (let tries = 0; tries < 60; tries += 1) {
    await page.goto('/demo/mail');
    const one = page.locator('.letters li', { hasText: to }).filter({ hasText: text }).first();
    if (await one.count()) {
      await one.locator('a').first().click();
      await page.waitForSelector('.letter-text');
      return page.locator('.letter-text a').first().getAttribute('href');
    }
    await page.waitForTimeout(250);
  }
  check(false, `mail: a letter to ${to} with “${text}” arrives`);
  return '';
}

/** How many rows of the list have the name. */
export async function rows(page, account, name) {
  await page.goto(`${list(account)}?q=${encodeURIComponent(name)}`);
  return page.locator('#list tbody tr').count();
}
