// Several places side by side: what was measured of each, weights to set, the order they give and how firm it is.
(function (v) {
  "use strict";
  const w = () => v.words;

  function share(value) { return v.number(value * 100, 1); }

  function firm(one, answers) {
    if (!one.holds) return "";
    const held = one.holds, name = (number) => answers[number].name;
    if (held.share === 1) return w().firmAlone;
    if (!held.below && !held.above) return w().firmAll;
    const below = held.below ? v.said(w().turnBelow, { low: share(held.low), one: name(held.below[0]), other: name(held.below[1]) }) : "";
    const above = held.above ? v.said(w().turnAbove, { high: share(held.high), one: name(held.above[0]), other: name(held.above[1]) }) : "";
    return v.said(w().firm, { share: share(held.share), low: share(held.low), high: share(held.high), turns: below + above });
  }

  function weight(one, acts) {
    const field = v.make("input", "weight");
    field.type = "number";
    field.min = "0";
    field.max = "1000";
    field.step = "0.5";
    field.value = String(one.weight);
    field.setAttribute("aria-label", one.label + " " + w().weight);
    field.addEventListener("change", () => acts.weigh(one.id, Math.max(0, Math.min(1000, Number(field.value) || 0))));
    return field;
  }

  function row(head, cells, name) {
    const th = v.make("th", "", head);
    th.scope = "row";
    return v.make("tr", name || "", th, ...cells);
  }

  v.compare = function (box, answers, compared, acts) {
    const rank = {};
    compared.order.forEach((number, place) => { rank[number] = place + 1; });
    const heads = answers.map((one, number) => {
      const th = v.make("th", "n", v.button("link", (number + 1) + " " + one.name, () => acts.choose(number)), v.make("br"), v.button("link small", w().remove, () => acts.remove(number)));
      th.scope = "col";
      return th;
    });
    const first = v.make("th", "", w().criterion), second = v.make("th", "", w().weight);
    first.scope = second.scope = "col";
    const body = v.make("tbody");
    body.append(row(w().outcome, [v.make("td"), ...answers.map((one) => v.make("td", "n", v.outcome(one.outcome, one.outcome_word)))]));
    for (const one of compared.criteria) {
      const ends = one.ends ? v.said(w().ends, { worst: v.metres(one.ends[0]), best: v.metres(one.ends[1]) }) : "";
      const label = v.make("span", "", one.label, v.make("span", "small muted block", (one.less ? w().less : w().more) + (ends ? " · " + ends : "")), one.holds ? v.make("span", "small block firm", firm(one, answers)) : null);
      body.append(row(label, [v.make("td", "", weight(one, acts)), ...one.values.map((value) => v.make("td", "n", value === null ? v.make("span", "muted", w().notMeasured) : v.metres(value)))]));
    }
    body.append(row(w().score, [v.make("td"), ...compared.scores.map((score) => v.make("td", "n", score === null ? "—" : v.number(score, 3)))], "sum"));
    body.append(row(w().rank, [v.make("td"), ...answers.map((_, number) => v.make("td", "n", number in rank ? v.make("b", "", v.said(w().rankOf, { n: rank[number] })) : v.make("span", "small muted", compared.failing.includes(number) ? w().failing : w().unranked)))], "sum"));
    const table = v.make("table", "vet-table", v.make("thead", "", v.make("tr", "", first, second, ...heads)), body);
    const scroll = v.make("div", "scroll", table);
    scroll.tabIndex = 0;
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-label", w().compare);
    box.replaceChildren(scroll, v.make("p", "small muted more", w().how));
  };
})(window.vet);
