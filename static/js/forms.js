// A second press does nothing, a choice can submit itself, and unsaved text is not lost by a slip.
const held = new Set();

function release() {
  for (const button of held) button.disabled = false;
  held.clear();
}

let leaving = false;

document.addEventListener('submit', (event) => {
  if (event.defaultPrevented) return;
  const form = event.target;
  leaving = true;
  setTimeout(() => { leaving = false; }, 3000);
  // After this turn the form's entries, with the pressed button's value, are already taken.
  setTimeout(() => {
    if (event.defaultPrevented) return;
    for (const el of form.elements) {
      if (el.tagName === 'BUTTON' && el.type === 'submit' && !el.disabled) {
        el.disabled = true;
        held.add(el);
      }
    }
    setTimeout(release, 5000);
  }, 0);
});

addEventListener('pageshow', () => {
  leaving = false;
  release();
});

document.addEventListener('change', (event) => {
  const select = event.target.closest('[data-autosubmit]');
  if (!select || !select.form) return;
  const name = select.dataset.autosubmit;
  const button = [...select.form.elements].find((el) => el.type === 'submit' && (!name || el.name === name || el.id === name));
  if (button) button.click();
  else select.form.requestSubmit();
});

const state = (form) => JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value.name ?? value]));
const before = new Map();
for (const form of document.querySelectorAll('form[data-guard]')) {
  before.set(form, form.dataset.guard === 'changed' ? null : state(form));
}

if (before.size) {
  addEventListener('beforeunload', (event) => {
    if (leaving) return;
    for (const [form, was] of before) {
      if (form.isConnected && state(form) !== was) {
        event.preventDefault();
        return;
      }
    }
  });
}
