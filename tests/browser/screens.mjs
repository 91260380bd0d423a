// Pictures of every page, for people to look at:
//   node screens.mjs FOLDER     each page: light, dark, 360 px wide, French
//   node screens.mjs --docs     the one picture of the documentation
import { mkdir, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { NARROW, WIDE, addCustomer, base, list, open, people, signIn, speak, unique } from './harness.mjs';
import { sitemap } from './pages.mjs';

const target = process.argv[2];
if (!target) {
  console.error('usage: node screens.mjs FOLDER | --docs');
  process.exit(2);
}

const visit = await open();
const { page } = visit;
let taken = 0;

async function picture(name) {
  // A focused error has scrolled the page, and the bar at its top with it.
  await page.evaluate(() => scrollTo(0, 0));
  const file = `${target}/${name.replace(/[^a-z0-9]+/gi, '-')}.png`;
  await page.screenshot({ path: file, fullPage: true });
  taken += 1;
}

async function looks(name) {
  await picture(`${name} light`);
  await page.emulateMedia({ colorScheme: 'dark' });
  await picture(`${name} dark`);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(NARROW);
  await picture(`${name} 360`);
  await page.setViewportSize(WIDE);
}

if (target === '--docs') {
  const account = people.admin();
  await signIn(page, account);
  await speak(page, 'en');
  const path = fileURLToPath(new URL('../../docs/screenshot.png', import.meta.url));
  await mkdir(fileURLToPath(new URL('../../docs', import.meta.url)), { recursive: true });
  await page.screenshot({ path });
  console.log(`docs/screenshot.png: ${Math.round((await stat(path)).size / 1000)} kB`);
} else {
  await mkdir(target, { recursive: true });
  for (const [name, path] of [['sign in', '/sign-in'], ['forgotten password', '/sign-in/forgotten']]) {
    await page.goto(path);
    await looks(name);
  }
  for (const who of ['sales', 'admin', 'reseller']) {
    const account = people[who]();
    await signIn(page, account);
    await speak(page, 'en');
    const pages = await sitemap(page, account);
    // The second and third see the same pages; what differs are the list and a customer.
    const shown = who === 'admin' ? pages : pages.filter(({ name }) => ['list', 'customer', 'wizard, start', 'roles'].includes(name));
    for (const { name, path } of shown) {
      await page.goto(path);
      await looks(`${who} ${name}`);
    }
    if (who === 'admin') {
      await page.goto(`${list(account)}/new`);
      await addCustomer(visit, unique('Tonnellerie Gaspésie'), { wrongFirst: true, look: (name) => looks(`${who} ${name}`) });
      await page.goto(list(account));
      await speak(page, 'fr');
      for (const { name, path } of pages) {
        await page.goto(path);
        await picture(`${who} ${name} fr`);
      }
    }
    await page.context().clearCookies();
  }
  console.log(`${taken} pictures of ${base} in ${target}`);
}
await visit.context.browser().close();
