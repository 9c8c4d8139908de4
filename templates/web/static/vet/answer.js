// The answer of one place in words: verdicts, why not here and where instead, and the lists of what was looked at.
(function (v) {
  "use strict";
  const w = () => v.words;

  function verdict(check) {
    return v.make("article", "verdict verdict-" + check.outcome, v.make("div", "title", v.outcome(check.outcome, check.outcome_word), " ", v.make("h3", "", check.title)), v.make("p", "sentence", check.sentence));
  }

  function item(one, acts) {
    const source = [one.source && v.said(w().source, { source: one.source }), one.dated && v.said(w().dated, { day: one.dated })].filter(Boolean).join(" · ");
    const show = one.lon !== null ? v.button("link", w().show, () => acts.look(one.lon, one.lat)) : null;
    return v.make("li", "state-" + one.state,
      v.make("div", "who", v.make("b", "", one.label), v.make("span", "tag", one.state_word)),
      v.make("p", "", one.said), one.road ? v.make("p", "", v.said(w().road, { said: one.road.said })) : null,
      v.make("p", "small muted", source, source && show ? " " : null, show), one.list === "clear" ? null : contest(one, acts));
  }

  function contest(one, acts) {
    if (!v.mayKeep || !acts) return null;
    const known = acts.contested(one.id);
    if (known) return v.make("p", "notice amber small", v.said(w().contested, { reason: known }), " ", v.button("link", w().contestDrop, () => acts.contest(one.id, "")));
    const field = v.make("textarea"), box = v.make("details", "small", v.make("summary", "", w().contest));
    field.rows = 2;
    field.maxLength = 500;
    box.append(v.make("label", "", w().contestReason, field), v.button("button", w().contestKeep, () => { if (field.value.trim().length > 1) acts.contest(one.id, field.value.trim()); else field.focus(); }));
    return box;
  }

  function list(title, items, acts, none) {
    const head = v.make("h3", "band", v.said(title, { n: items.length }));
    return [head, items.length ? v.make("ul", "worst", ...items.map((one) => item(one, acts))) : none ? v.make("p", "muted", none) : null];
  }

  // why not here, and the nearest place where it would pass
  v.instead = function (told, acts) {
    const box = v.make("div", "vet-instead"), near = told.nearest;
    if (told.here === "pass") box.append(v.make("p", "", w().herePasses));
    else if (told.here === "save") box.append(v.make("p", "", w().hereSave));
    else for (const one of told.limits) box.append(v.make("p", "", v.said(w().hereBlocked, { title: one.title, class: w().suits[one.suits] })));
    if (told.here === "pass" || told.here === "save") return box;
    if (!near) { box.append(v.make("p", "", w().nearestNone)); return box; }
    const facts = { towards: near.towards, m: v.metres(near.distance_m), bearing: v.number(near.bearing_deg, 0), lon: v.place(near.lon), lat: v.place(near.lat) };
    box.append(v.make("p", "", v.said(near.suits === "pass" ? w().nearest : w().nearestSave, facts), " ", v.button("link", w().useIt, () => acts.use(near.lon, near.lat)), " ", v.button("link", w().show, () => acts.look(near.lon, near.lat))));
    return box;
  };

  /* A county by its name where the page knows it: the chooser has those of the ledger and around. */
  const countyName = (code) => [...document.querySelectorAll("#v-county option")].find((each) => each.value === code)?.text || code;

  v.answer = function (box, one, told, acts) {
    const county = countyName(one.county) || w().noCounty, doubtful = [...one.checks, ...one.applies].some((each) => each.reason === "too-close" || each.state === "too-close");
    const bad = one.checks.some((check) => check.outcome !== "pass");
    box.replaceChildren();
    box.append(v.make("p", "vet-name", v.make("b", "", one.name), " ", v.outcome(one.outcome, one.outcome_word)),
      v.make("p", "small muted code", v.place(one.lon) + " " + v.place(one.lat) + " · " + county + " · ± " + v.metres(one.uncertainty_m)));
    for (const note of one.notes) box.append(v.make("p", "notice small", note));
    if (told.took !== null) box.append(v.make("p", "small muted", v.said(w().took, { ms: v.number(told.took, 0) })));
    if (told.roads) box.append(v.make("p", "small muted", told.roads));
    box.append(v.make("div", "vet-verdicts", ...one.checks.map(verdict)));
    if (doubtful) box.append(v.make("p", "notice amber small", v.said(w().close, { own: v.metres(one.uncertainty_m) })));
    const instead = v.make("section", "", bad ? v.make("h3", "band", w().whyNot) : null, v.make("div", "vet-instead-place"));
    box.append(instead);
    box.append(...list(w().applies, one.applies, acts, w().appliesNone), ...(one.unchecked.length ? list(w().unchecked, one.unchecked, acts) : []).filter(Boolean), ...list(w().clear, one.clear, acts).filter(Boolean));
    if (v.mayKeep && one.county) box.append(keep(acts));
  };

  function keep(acts) {
    const remark = v.make("input"), label = v.make("label", "small", w().keepRemark), said = v.make("p", "small");
    remark.type = "text";
    remark.maxLength = 300;
    remark.id = "v-remark";
    label.htmlFor = "v-remark";
    said.setAttribute("role", "status");
    return v.make("div", "vet-keep", v.make("div", "", label, remark), v.button("button first", w().keep, () => acts.keep(remark.value.trim(), said)), said);
  }
})(window.vet);
