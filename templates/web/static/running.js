// While a form that takes long is at work: where it stands, asked for now and then, and a button that stops it. The answer replaces the page as ever.
window.running = (() => {
  'use strict';
  const box = document.getElementById('running');
  const EVERY_MS = 600;
  const name = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const at = (id) => box.dataset.look.replace(/0{32}/, id);
  const named = (address, id) => address + (address.includes('?') ? '&' : '?') + 'work=' + id;
  const stop = (id) => fetch(at(id) + '/stop', { method: 'POST', headers: { 'X-CSRFToken': box.dataset.token } }).catch(() => null);

  // asks until the work is over, or `over()` says so; `told` hears {said, done, total}
  async function follow(id, told, over) {
    for (;;) {
      await new Promise((go) => setTimeout(go, EVERY_MS));
      if (over && over()) return;
      const answer = await fetch(at(id), { headers: { Accept: 'application/json' } }).catch(() => null);
      const state = answer && answer.ok ? await answer.json() : { over: true };
      if (!state.over) told(state);
    }
  }

  if (box) {
    const bar = box.querySelector('progress'), words = box.querySelector('[data-said]'), button = box.querySelector('button');
    let now = '';
    for (const form of document.querySelectorAll('form[data-long]')) {
      form.addEventListener('submit', (event) => {
        if (now) { event.preventDefault(); return; } // sent already: a second click would do it twice
        now = name();
        form.action = named(form.action, now);
        setTimeout(() => { box.hidden = false; }, EVERY_MS);
        follow(now, (state) => {
          if (words.textContent !== state.said) words.textContent = state.said;
          if (state.total) { bar.max = state.total; bar.value = state.done; } else bar.removeAttribute('value');
        });
      });
    }
    button.addEventListener('click', () => { button.disabled = true; stop(now); });
    addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
  }
  return { name, named, follow, stop };
})();
