// Tells something to the eye (a short toast) and to the ear (the page's live region).
let toast;
let timer;

export function say(text, show = true) {
  const live = document.getElementById('live');
  if (live) {
    live.textContent = '';
    setTimeout(() => { live.textContent = text; }, 50);
  }
  if (!show) return;
  if (!toast) {
    toast = document.createElement('div');
    toast.className = 'toast';
    toast.setAttribute('aria-hidden', 'true');
    document.body.append(toast);
  }
  toast.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => { toast.textContent = ''; }, 2500);
}
