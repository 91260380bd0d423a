// Shows what only works with script, copies, moves the focus, answers "/".
import { say } from './say.js';

function reveal() {
  for (const el of document.querySelectorAll('[data-copy][hidden], [data-js][hidden]')) {
    // In a table the name is said once, for all rows.
    const label = el.closest('[data-copy-label]')?.dataset.copyLabel;
    if (label && !el.hasAttribute('aria-label')) el.setAttribute('aria-label', label);
    el.hidden = false;
  }
}
reveal();
document.addEventListener('swapped', reveal);

const summary = document.querySelector('.error-summary');
if (summary) summary.focus();

// navigator.clipboard is missing without TLS and may be refused; the older way still works there.
function copyByHand(text, back) {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'vh';
  area.readOnly = true;
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  back.focus();
  return done;
}

document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    if (!copyByHand(button.dataset.copy, button)) return;
  }
  button.dataset.done = '';
  setTimeout(() => button.removeAttribute('data-done'), 1500);
  const live = document.getElementById('live');
  say(button.dataset.copied || (live && live.dataset.copied) || 'Copied');
});

document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const at = event.target;
  if (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) {
    if (!/^(checkbox|radio|button|submit)$/.test(at.type)) return;
  }
  const box = document.querySelector('main input[type="search"]') || document.querySelector('input[type="search"]');
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});
