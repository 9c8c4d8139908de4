// Pairs one after the other by keyboard: j and k go, y and n answer the one that is marked.
(() => {
  const pairs = [...document.querySelectorAll("[data-pairs] > .pair")];
  if (!pairs.length) return;
  let at = -1;
  const go = (to) => {
    at = Math.max(0, Math.min(pairs.length - 1, to));
    pairs.forEach((pair, number) => pair.classList.toggle("current", number === at));
    pairs[at].focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    if (event.key === "j" || event.key === "k") {
      go(at + (event.key === "j" ? 1 : -1));
      event.preventDefault();
    } else if ((event.key === "y" || event.key === "n") && at >= 0) {
      const button = pairs[at].querySelector(`button[data-key="${event.key}"]`);
      if (button) button.click();
    }
  });
})();
