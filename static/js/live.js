// Searches while one types: fetches the address the form would lead to and puts its #list in place.
import { say } from './say.js';

const wait = (ms, work) => {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(work, ms, ...args);
  };
};

let running;

async function refresh(form) {
  const url = new URL(form.getAttribute('action') || location.pathname, location.href);
  if (url.origin !== location.origin) return;
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && value !== '') query.append(name, value);
  }
  url.search = query;
  if (url.href === location.href) return;
  if (running) running.abort();
  running = new AbortController();
  const list = document.getElementById('list');
  list.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(url, { headers: { 'X-Fragment': 'list' }, signal: running.signal, credentials: 'same-origin' });
    if (!answer.ok || answer.redirected) {
      location.assign(url);
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.getElementById('list');
    if (!fresh) {
      location.assign(url);
      return;
    }
    list.replaceWith(document.adoptNode(fresh));
    for (const old of document.querySelectorAll('[data-swap][id]')) {
      const next = page.getElementById(old.id);
      if (next) old.replaceWith(document.adoptNode(next));
    }
    history.replaceState(history.state, '', url);
    document.dispatchEvent(new CustomEvent('swapped'));
    if (fresh.dataset.announce) say(fresh.dataset.announce, false);
  } catch (error) {
    if (error.name !== 'AbortError') list.removeAttribute('aria-busy');
  }
}

const later = wait(250, refresh);

document.addEventListener('input', (event) => {
  const form = event.target.form;
  if (event.target.type === 'search' && form && form.matches('[data-live]') && !event.isComposing && document.getElementById('list')) later(form);
});

// Tells while typing whether a value (a domain prefix) is free.
let asking;
const check = wait(400, async (input) => {
  const note = document.getElementById(input.dataset.checkInto);
  if (!note) return;
  if (asking) asking.abort();
  asking = new AbortController();
  const value = input.value.trim();
  if (!value) {
    note.textContent = '';
    delete note.dataset.state;
    return;
  }
  try {
    const url = new URL(input.dataset.checkUrl, location.href);
    url.searchParams.set('value', value);
    const answer = await fetch(url, { headers: { Accept: 'application/json' }, signal: asking.signal, credentials: 'same-origin' });
    if (!answer.ok) throw new Error('no answer');
    const { state, message } = await answer.json();
    if (input.value.trim() !== value) return;
    note.dataset.state = state;
    note.textContent = message;
  } catch (error) {
    if (error.name !== 'AbortError') note.textContent = '';
  }
});

document.addEventListener('input', (event) => {
  if (event.target.matches('input[data-check-url]')) check(event.target);
});
