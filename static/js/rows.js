// Choosing rows: one box for the page, ranges with Shift, and the number chosen.
let last = null;
const boxes = (form) => [...form.querySelectorAll('[type="checkbox"][name="id"]:not(:disabled)')];

function count(form) {
  const all = boxes(form);
  const chosen = all.filter((box) => box.checked).length;
  const head = form.querySelector('[data-check-all]');
  if (head) {
    head.checked = chosen > 0 && chosen === all.length;
    head.indeterminate = chosen > 0 && chosen < all.length;
  }
  for (const el of form.querySelectorAll('[data-many]')) {
    el.textContent = (chosen === 1 ? el.dataset.one : el.dataset.many).replace('#', chosen);
  }
}

document.addEventListener('change', (event) => {
  const box = event.target;
  const form = box.form;
  if (!form) return;
  if (box.matches('[data-check-all]')) {
    for (const each of boxes(form)) each.checked = box.checked;
  } else if (!box.matches('[type="checkbox"][name="id"]')) {
    return;
  }
  count(form);
});

document.addEventListener('click', (event) => {
  const box = event.target;
  const none = box.closest('[data-uncheck-all]');
  if (none && none.form) {
    for (const each of boxes(none.form)) each.checked = false;
    count(none.form);
    const head = none.form.querySelector('[data-check-all]');
    if (head) head.focus();
    return;
  }
  if (!box.matches('[type="checkbox"][name="id"]') || !box.form) return;
  const all = boxes(box.form);
  const from = all.indexOf(last);
  const to = all.indexOf(box);
  if (event.shiftKey && from >= 0 && to >= 0) {
    for (const each of all.slice(Math.min(from, to), Math.max(from, to) + 1)) each.checked = box.checked;
  }
  last = box;
});

function start() {
  last = null;
  for (const form of new Set([...document.querySelectorAll('[type="checkbox"][name="id"]')].map((box) => box.form))) {
    if (form) count(form);
  }
}
start();
document.addEventListener('swapped', start);
addEventListener('pageshow', start);
