// Puts the parts together: what is asked, what was answered, which place is looked at.
(function (v) {
  "use strict";
  const root = document.getElementById("vet"), at = (id) => document.getElementById(id);
  v.start(root);

  const state = { places: [], file: null, answers: [], compared: null, roads: "", chosen: 0, took: null, weights: null, contested: {}, area: null, near: null };
  let asking = null, painting = null;

  const map = v.Map(at("v-map"), {
    place: (lon, lat) => add({ name: "", x: lon, y: lat }),
    corner: (n) => { at("v-drawing").textContent = v.said(v.words.drawing, { n }); },
    choose,
  });

  function wish() {
    const number = (id) => Number(at(id).value.replace(/[,，\s]/g, ""));
    return {
      crs: at("v-crs").value, uncertainty_m: number("v-uncertainty"), screened: at("v-screened").value, as_of: at("v-day").value,
      most_off_m: number("v-snap"), ...(state.weights ? { weights: state.weights } : {}),
    };
  }

  function trouble(text) {
    at("v-trouble").textContent = text;
    at("v-trouble").hidden = !text;
    if (text) at("v-trouble").scrollIntoView({ block: "nearest" });
  }

  // lines of the field: name, longitude, latitude; a line with other than two numbers at its end is told as it stands
  function typed() {
    const places = [];
    for (const line of at("v-places").value.split("\n").map((one) => one.trim()).filter(Boolean)) {
      const parts = line.split(/[\s,，、;；]+/), numbers = parts.slice(-2).map(Number);
      if (parts.length < 2 || numbers.some((one) => !Number.isFinite(one))) throw new Error(v.said(at("v-places").dataset.bad, { line }));
      places.push({ name: parts.slice(0, -2).join(" "), x: numbers[0], y: numbers[1] });
    }
    return places;
  }

  function write() {
    at("v-places").value = state.places.filter((one) => !one.ring).map((one) => (one.name ? one.name + " " : "") + v.place(one.x) + " " + v.place(one.y)).join("\n");
  }

  // a click and a drawn outline are WGS-84: what was typed in another system is kept only where that is the system
  function add(place) {
    const beside = at("v-beside").checked && at("v-crs").value === "WGS84";
    at("v-crs").value = "WGS84";
    state.file = null;
    state.places = beside ? [...state.places, place] : [place];
    state.chosen = state.places.length - 1;
    write();
    ask();
  }

  async function ask() {
    if (asking) asking.abort();
    const mine = (asking = new AbortController()), begun = performance.now();
    trouble("");
    at("v-answer").setAttribute("aria-busy", "true");
    try {
      const told = state.file ? await send(mine.signal) : await v.post(v.addresses.answer, { ...wish(), places: state.places.map((one, n) => ({ ...one, name: one.name || v.said(v.words.placeName, { n: n + 1 }) })) }, mine.signal);
      state.took = performance.now() - begun;
      took(told);
    } catch (error) {
      if (error.name !== "AbortError") trouble(error.message);
    } finally {
      at("v-answer").removeAttribute("aria-busy");
    }
  }

  function send(signal) {
    const form = new FormData();
    form.append("file", state.file);
    form.append("wish", JSON.stringify(wish()));
    return v.ask(v.addresses.file, { method: "POST", body: form, signal, headers: { "X-CSRFToken": v.token, Accept: "application/json" } });
  }

  function took(told) {
    if (told.answers.length !== state.answers.length) state.contested = {};
    state.answers = told.answers;
    state.compared = told.compared;
    state.roads = told.no_roads;
    if (state.file) state.places = told.answers.map((one) => (one.outline ? { name: one.name, ring: one.outline.coordinates[0] } : { name: one.name, x: one.lon, y: one.lat }));
    state.chosen = Math.min(state.chosen, state.answers.length - 1);
    state.near = null;
    show();
    map.fit(state.answers);
    const county = state.answers[state.chosen].county;
    if (county && county !== at("v-county").value && [...at("v-county").options].some((one) => one.value === county)) { at("v-county").value = county; backdrop(false); } else paint();
    root.dataset.ready = String(state.answers.length);
  }

  function choose(number) {
    state.chosen = number;
    state.near = null;
    show();
    instead();
  }

  function acts(number) {
    const mine = (state.contested[number] = state.contested[number] || {});
    return {
      look: map.look,
      use: (lon, lat) => add({ name: "", x: lon, y: lat }),
      contested: (item) => mine[item] || "",
      contest: (item, reason) => { if (reason) mine[item] = reason; else delete mine[item]; show(); instead(); },
      keep: (remark, said) => keep(number, remark, said),
    };
  }

  function show() {
    const one = state.answers[state.chosen];
    map.show(state.answers, state.chosen, state.near);
    if (!one) return;
    v.answer(at("v-answer"), one, { took: state.took, roads: state.roads }, acts(state.chosen));
    at("v-compared").hidden = !state.compared;
    if (state.compared) v.compare(at("v-comparison"), state.answers, state.compared, { choose, weigh, remove });
  }

  function weigh(id, weight) {
    state.weights = state.weights || Object.fromEntries(state.compared.criteria.map((one) => [one.id, one.weight]));
    state.weights[id] = weight;
    ask();
  }

  function remove(number) {
    state.file = null;
    state.places.splice(number, 1);
    state.contested = {};
    write();
    if (state.places.length) ask();
  }

  async function keep(number, remark, said) {
    try {
      const one = state.places[number], name = state.answers[number].name;
      const kept = await v.post(v.addresses.keep, { ...wish(), places: [{ ...one, name }], remark, contested: state.contested[number] || {} });
      const link = v.make("a", "", v.words.keptLink);
      link.href = kept.page;
      said.replaceChildren(v.said(v.words.kept, { id: kept.id }), " ", link);
    } catch (error) {
      said.textContent = error.message;
    }
  }

  function ground() {
    const asked = new URLSearchParams({ county: at("v-county").value, as_of: at("v-day").value, uncertainty: at("v-uncertainty").value.replace(/[,，\s]/g, ""), only: at("v-only").value });
    return asked;
  }

  async function paint() {
    if (painting) painting.abort();
    if (!at("v-area").checked || !at("v-county").value) { map.ground(null); at("v-legend").replaceChildren(); at("v-area-said").textContent = ""; at("v-assumed").textContent = ""; return; }
    const mine = (painting = new AbortController()), work = window.running.name();
    at("v-area-said").textContent = v.words.areaWait;
    at("v-stop").hidden = false;
    let over = false;
    mine.signal.addEventListener("abort", () => { if (!over) window.running.stop(work); });
    window.running.follow(work, (told) => { if (!over && told.total) at("v-area-said").textContent = v.words.areaWait + " " + Math.round(100 * told.done / told.total) + " %"; }, () => over);
    try {
      const area = await v.ask(window.running.named(v.addresses.area + "?" + ground(), work), { signal: mine.signal });
      over = true;
      state.area = area;
      legend(area);
      map.ground(area, at("v-only").value);
      await instead(mine.signal);
      at("v-map").dataset.painted = area.county;
    } catch (error) {
      at("v-area-said").textContent = error.name === "AbortError" ? v.words.areaStopped : error.message;
    } finally {
      over = true;
      if (painting === mine) at("v-stop").hidden = true;
    }
  }

  function legend(area) {
    at("v-area-said").textContent = v.said(v.words.areaDone, { cell: v.metres(area.cell_m), day: area.as_of, m: v.metres(area.uncertainty_m) });
    at("v-assumed").textContent = area.assumed + (area.absent.length ? " · " + v.said(v.words.areaAbsent, { layers: area.absent.join(v.words.lang === "zh" ? "、" : ", ") }) : "");
    at("v-legend").replaceChildren(...area.classes.filter((one) => one.km2 > 0).map((one) => v.make("li", "", v.swatch(one.id), " " + one.word + " ", v.make("b", "", v.said(v.words.squareKilometres, { n: v.number(one.km2, one.km2 < 10 ? 2 : 0) })))));
    const only = at("v-only");
    if (only.options.length === 1) for (const check of area.checks) only.append(new Option(check.title, check.id));
  }

  async function instead(signal) {
    const one = state.answers[state.chosen];
    if (!one || one.county !== at("v-county").value || !at("v-area").checked) return;
    const asked = ground();
    asked.set("lon", one.lon);
    asked.set("lat", one.lat);
    const told = await v.ask(v.addresses.nearest + "?" + asked, { signal });
    if (state.answers[state.chosen] !== one) return;
    state.near = told.here === "pass" || told.here === "save" ? null : told.nearest;
    const box = document.querySelector(".vet-instead-place");
    if (box) box.replaceChildren(v.instead(told, acts(state.chosen)));
    map.show(state.answers, state.chosen, state.near);
  }

  async function backdrop(fit) {
    const county = at("v-county").value;
    if (!county) return;
    try {
      const view = [map.centre(), map.leaflet.getZoom()];
      map.backdrop(await v.ask(v.addresses.backdrop + "?" + new URLSearchParams({ county })), at("v-layers"));
      if (!fit) map.leaflet.setView(...view, { animate: false });
      if (state.answers.length) map.show(state.answers, state.chosen, state.near);
      paint();
    } catch (error) {
      trouble(error.message);
    }
  }

  function drawing(on) {
    map.draw(on);
    at("v-draw").setAttribute("aria-pressed", String(on));
    at("v-drawn").hidden = !on;
    at("v-drawing").textContent = on ? v.said(v.words.drawing, { n: 0 }) : "";
  }

  at("vet-form").addEventListener("submit", (event) => {
    event.preventDefault();
    try {
      state.places = [...typed(), ...state.places.filter((one) => one.ring)];
      state.file = null;
      state.chosen = 0;
      ask();
    } catch (error) { trouble(error.message); }
  });
  at("v-draw").addEventListener("click", () => drawing(at("v-draw").getAttribute("aria-pressed") !== "true"));
  at("v-drawn").addEventListener("click", () => { const ring = map.corners(); drawing(false); add({ name: "", ring }); });
  at("v-centre").addEventListener("click", () => {
    const centre = map.centre();
    if (at("v-drawn").hidden) add({ name: "", x: centre.lng, y: centre.lat }); else map.leaflet.fire("click", { latlng: centre });
  });
  at("v-file").addEventListener("change", () => {
    if (!at("v-file").files.length) return;
    state.file = at("v-file").files[0];
    state.chosen = 0;
    at("v-file").value = "";
    ask();
  });
  at("v-clear").addEventListener("click", () => { window.location.reload(); });
  at("v-stop").addEventListener("click", () => { if (painting) painting.abort(); });
  for (const id of ["v-area", "v-only"]) at(id).addEventListener("change", () => paint());
  at("v-county").addEventListener("change", () => backdrop(true));
  for (const id of ["v-uncertainty", "v-screened", "v-day", "v-snap"]) at(id).addEventListener("change", () => { if (state.places.length || state.file) ask(); else paint(); });

  const begun = new URLSearchParams(window.location.search);
  backdrop(true).then(() => {
    if (begun.get("lon") && begun.get("lat")) add({ name: begun.get("name") || "", x: Number(begun.get("lon")), y: Number(begun.get("lat")) });
  });
})(window.vet);
