// Small makers of elements and words. Every text is set by textContent, never as markup.
window.vet = {};
(function (v) {
  "use strict";

  v.start = function (root) {
    v.words = JSON.parse(root.dataset.words);
    v.addresses = JSON.parse(root.dataset.addresses);
    v.criteria = JSON.parse(root.dataset.criteria);
    v.token = root.dataset.token;
    v.mayKeep = root.dataset.mayKeep === "yes";
    v.most = Number(root.dataset.most);
  };

  // make("p", "small", "text", child, …): strings become text, null is left out
  v.make = function (tag, name, ...inside) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    for (const one of inside) if (one !== null && one !== undefined && one !== "") element.append(one);
    return element;
  };

  v.button = function (name, text, act) {
    const button = v.make("button", name, text);
    button.type = "button";
    button.addEventListener("click", act);
    return button;
  };

  v.said = function (template, facts) {
    return template.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? String(facts[name]) : whole));
  };

  v.number = function (value, digits) {
    return value.toLocaleString(v.words.lang === "zh" ? "zh-CN" : "en-GB", { maximumFractionDigits: digits });
  };

  // whole metres below ten kilometres, where limits lie, kilometres above: as the checks' sentences have it
  v.metres = function (value) {
    return value < 9999.5 ? v.said(v.words.metres, { n: v.number(value, 0) }) : v.said(v.words.kilometres, { n: v.number(value / 1000, 1) });
  };

  v.place = function (value) { return value.toFixed(6); };

  // the mark's shape first, its colour last: the same symbols as on every page
  v.outcome = function (id, word) {
    const space = "http://www.w3.org/2000/svg", mark = document.createElementNS(space, "svg"), use = document.createElementNS(space, "use");
    mark.setAttribute("viewBox", "0 0 16 16");
    mark.setAttribute("aria-hidden", "true");
    use.setAttribute("href", "#mark-" + id);
    mark.append(use);
    return v.make("span", "outcome outcome-" + id, mark, word);
  };

  // a question to the office: its JSON, or an Error whose message is what was wrong and what to do
  v.ask = async function (address, options) {
    let answer;
    try {
      answer = await fetch(address, { headers: { Accept: "application/json" }, ...options });
    } catch (error) {
      if (error.name === "AbortError") throw error;
      throw new Error(v.words.failed);
    }
    let told = null;
    try { told = await answer.json(); } catch (error) { if (error.name === "AbortError") throw error; }
    if (!answer.ok || told === null) throw new Error(told && told.error ? told.error + " " + (told.mend || "") : v.words.failed);
    return told;
  };

  v.post = function (address, body, signal) {
    return v.ask(address, {
      method: "POST", signal, body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", "X-CSRFToken": v.token, Accept: "application/json" },
    });
  };
})(window.vet);
