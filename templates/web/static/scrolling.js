// A table wider than its card scrolls inside it: whoever uses the keyboard alone must be able to stop there. What fits is left out of the order of stops.
(() => {
  'use strict';
  const named = (one) => {
    const card = one.closest('section, form, article, main');
    const heading = card && card.querySelector('h1, h2, h3');
    return heading ? heading.textContent.trim() : document.title;
  };
  const fit = (one) => {
    const wide = one.scrollWidth > one.clientWidth + 1;
    if (wide === (one.tabIndex === 0)) return;
    if (!wide) { ['tabindex', 'role', 'aria-label'].forEach((name) => one.removeAttribute(name)); return; }
    one.tabIndex = 0;
    one.setAttribute('role', 'region');
    one.setAttribute('aria-label', named(one));
  };
  const every = () => document.querySelectorAll('.scroll').forEach(fit);
  every();
  addEventListener('resize', every);
})();
