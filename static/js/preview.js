// Draws the letter anew while one types: what the button "update" does, without leaving the page.
let timer;
let running;

async function draw(form) {
  const old = document.getElementById(form.dataset.preview);
  if (!old) return;
  const body = new URLSearchParams(new FormData(form));
  body.set('action', 'preview');
  if (running) running.abort();
  running = new AbortController();
  try {
    const answer = await fetch(form.getAttribute('action'), { method: 'POST', body, signal: running.signal, credentials: 'same-origin' });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.getElementById(old.id);
    if (fresh) old.replaceWith(document.adoptNode(fresh));
    // The usual words follow the language until somebody writes others.
    const [mine, theirs] = [document, page].map((one) => one.querySelector(`form[data-preview] textarea[name="message"]`));
    if (mine && theirs && mine !== document.activeElement) mine.value = theirs.value;
  } catch (error) {
    if (error.name !== 'AbortError') throw error;
  }
}

document.addEventListener('input', (event) => {
  const form = event.target.form;
  if (!form || !form.matches('[data-preview]')) return;
  clearTimeout(timer);
  timer = setTimeout(draw, 400, form);
});
