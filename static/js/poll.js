// Looks again every second while something is still being done.
import { say } from './say.js';

async function look() {
  const list = document.querySelector('#list[data-poll]');
  if (!list) return;
  try {
    const answer = await fetch(location.href, { credentials: 'same-origin' });
    const fresh = answer.ok && new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('list');
    if (fresh) {
      const done = !fresh.matches('[data-poll]');
      list.replaceWith(document.adoptNode(fresh));
      if (done) say(fresh.dataset.announce, false);
    }
  } catch {
    // The next look may succeed; the page keeps its own link to refresh.
  }
  setTimeout(look, 1000);
}

setTimeout(look, 700);
