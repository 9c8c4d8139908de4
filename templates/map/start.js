// Puts the parts together: reads the columns, keeps what is shown and chosen, answers clicks.
(function (r) {
  'use strict';

  function group(said, columns, layers, house) {
    var reaches = columns[3].map(function (reach, at) {
      var ends = reach.length > 2 ? r.positions(reach[2], reach[3]) : null;
      return { layer: layers[reach[0]], which: r.numbers(reach[1]), ends: ends, far: r.texts(said.reaches[at]) };
    });
    var targets = reaches.map(function (reach) {
      return function (row) { return reach.which[row] === reach.which[row] ? reach.layer.name(reach.which[row]) : ''; };
    });
    // what each column may speak of, in the order of texts.py
    var code = r.texts(said.codes), township = r.texts(said.townships, targets), name = r.texts(said.names, [code, township]);
    var own = [name, code, township].concat(targets, reaches.map(function (reach) { return reach.far; }));
    return {
      house: house, shown: true, name: name, code: code, township: township, at: r.positions(columns[0], columns[1]), uncertainty: r.numbers(columns[2]),
      reaches: reaches, pages: said.pages, outcome: null, byOutcome: [],
      checks: said.checks.map(function (check) { return { id: check[0], title: check[1], outcome: r.numbers(check[2]), sentence: r.texts(check[3], own) }; })
    };
  }

  // the outcome each place is shown with: of one check, or the worst of all; 5 = not checked
  function judge(one, check) {
    var count = one.at.x.length, outcome = new Int8Array(count).fill(5);
    one.checks.forEach(function (column) {
      if (check && column.id !== check) return;
      for (var i = 0; i < count; i++) {
        var given = column.outcome[i];
        if (given === given && (outcome[i] === 5 || r.WORST_FIRST.indexOf(given) < r.WORST_FIRST.indexOf(outcome[i]))) outcome[i] = given;
      }
    });
    return outcome;
  }

  function search(one, query) {
    if (!query) return null;
    if (!one.sought) {
      one.sought = [];
      for (var i = 0; i < one.at.x.length; i++) one.sought.push((one.house ? '' : one.name(i) + '\n') + one.code(i));
      one.sought = one.sought.map(function (text) { return text.toLowerCase(); });
    }
    return one.sought.map(function (text) { return text.indexOf(query) >= 0; });
  }

  function filter(state) {
    state.counts = [0, 0, 0, 0, 0, 0];
    var found = [[], [], [], [], [], []];
    state.groups.forEach(function (one) {
      if (one.judgedBy !== state.check) { one.outcome = judge(one, state.check); one.judgedBy = state.check; }
      one.byOutcome = [[], [], [], [], [], []];
      var match = search(one, state.query);
      for (var i = 0; one.shown && i < one.outcome.length; i++) {
        var outcome = one.outcome[i];
        if (outcome === 5 && state.check) continue;
        state.counts[outcome]++;
        if (outcome < 5 && !state.outcomes[outcome] || match && !match[i]) continue;
        found[outcome].push({ group: one, row: i });
        if (one.at.x[i] === one.at.x[i]) one.byOutcome[outcome].push(i);
      }
    });
    state.found = r.WORST_FIRST.reduce(function (all, outcome) { return all.concat(found[outcome]); }, []);
  }

  function footer(state) {
    var words = state.words, approvals = [], sources = [];
    state.layers.forEach(function (layer) {
      var source = layer.said.about[4] || layer.said.about[0];
      if (layer.said.approval && approvals.indexOf(layer.said.approval) < 0) approvals.push(layer.said.approval);
      if (source && sources.indexOf(source) < 0) sources.push(source);
    });
    function put(id, text) { document.getElementById(id).textContent = text; }
    put('sources', sources.length ? r.said(words.sources, sources.join(state.lang === 'zh' ? '；' : '; ')) : '');
    put('approvals', approvals.length ? r.said(words.approvals, approvals.join(state.lang === 'zh' ? '、' : ', ')) : '');
    put('own-approval', words.ownApproval);
    put('own-approval-no', state.texts.ownApproval);
    document.getElementById('own-approval-no').classList.toggle('blank', !state.texts.ownApproval);
    put('map-title', state.texts.title);
    put('as-of', r.said(words.asOf, state.texts.asOf));
    put('internal', words.internal);
  }

  function frame(state) {
    Array.prototype.forEach.call(document.querySelectorAll('[data-word]'), function (element) { element.textContent = state.words[element.getAttribute('data-word')]; });
    Array.prototype.forEach.call(document.querySelectorAll('[data-label]'), function (element) { element.setAttribute('aria-label', state.words[element.getAttribute('data-label')]); });
    document.getElementById('search').placeholder = state.words.findHint;
    var links = document.getElementById('links');
    state.texts.links.forEach(function (pair) {
      var link = r.make('a', '', pair[0]);
      link.href = pair[1];
      links.appendChild(link);
    });
  }

  function controls(state, map, box) {
    var words = state.words;
    map.attributionControl.setPrefix('Leaflet');
    map.getContainer().setAttribute('aria-label', words.mapLabel);
    map.getContainer().setAttribute('role', 'region');
    L.control.zoom({ position: 'topleft', zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
    var Whole = L.Control.extend({ onAdd: function () {
      var bar = r.make('div', 'leaflet-bar'), button = r.make('button', 'whole');
      button.appendChild(r.make('i'));
      button.type = 'button';
      button.title = words.whole;
      button.setAttribute('aria-label', words.whole);
      L.DomEvent.disableClickPropagation(bar);
      button.addEventListener('click', function () { fit(map, box); });
      bar.appendChild(button);
      return bar;
    } });
    new Whole({ position: 'topleft' }).addTo(map);
    var Scale = L.Control.Scale.extend({ _updateMetric: function (most) {
      var metres = this._getRoundNum(most);
      this._updateScale(this._mScale, metres < 1000 ? r.said(words.metres, metres) : r.said(words.kilometres, metres / 1000), metres / most);
    } });
    new Scale({ imperial: false, maxWidth: 120, position: 'bottomleft' }).addTo(map);
  }

  function fit(map, box) {
    map.fitBounds([[box[1], box[0]], [box[3], box[2]]], { padding: [36, 36], maxZoom: 14, animate: false });
  }

  r.start = function (map, columns, box) {
    var texts = JSON.parse(document.getElementById('texts').textContent);
    var state = r.state = {
      texts: texts, words: texts.words, lang: texts.lang, outcomes: [true, true, true, true, true], check: '', query: '', chosen: null,
      outcomeIds: texts.outcomes.map(function (one) { return one[0]; }), outcomeWords: texts.outcomes.map(function (one) { return one[1]; })
    };
    state.layers = columns[0].map(function (layer, at) { return r.ground(layer, texts.layers[at]); });
    state.groups = [];
    columns.slice(1).forEach(function (places, at) { if (places) state.groups.push(group(texts.groups[at], places, state.layers, at === 1)); });
    state.checks = [];
    state.groups.forEach(function (one) {
      one.checks.forEach(function (check) { if (!state.checks.some(function (known) { return known[0] === check.id; })) state.checks.push([check.id, check.title]); });
    });
    var sheet = new r.Sheet(state), tools, card;

    function changed() {
      filter(state);
      tools.show();
      sheet.draw();
    }
    function clear() {
      if (!state.chosen) return;
      state.chosen = null;
      card.hide();
      sheet.draw();
    }
    state.choose = function (one, row, go, alike) {
      var lines = r.linesOf(state, one, row), x = one.at.x[row], y = one.at.y[row];
      state.chosen = { group: one, row: row, x: x, y: y, uncertainty: one.uncertainty[row], lines: lines, label: r.placeLabel(state, one, row) };
      card.place(one, row, lines, alike || 1);
      tools.close();
      if (go) {
        card.focus();
        if (x === x) map.fitBounds(extent(state.chosen), beside());
      } else if (x === x) map.panInside(latLng(x, y), beside());
      sheet.draw();
    };
    // what the card leaves free of the map
    function beside() {
      var box = document.getElementById('card').getBoundingClientRect(), whole = map.getContainer().getBoundingClientRect(), below = box.width > whole.width * 0.8;
      return { paddingTopLeft: [56, 34], paddingBottomRight: below ? [40, box.height + 34] : [whole.right - box.left + 30, 40], maxZoom: 13, animate: false };
    }
    function extent(chosen) {
      var around = L.latLngBounds([latLng(chosen.x, chosen.y)]);
      chosen.lines.forEach(function (line) { if (line.x === line.x) around.extend(latLng(line.x, line.y)); });
      return around.pad(0.12);
    }
    function latLng(x, y) { return [Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180 / Math.PI, (x - 0.5) * 360]; }

    frame(state);
    footer(state);
    tools = r.tools(state, changed);
    card = r.card(state, clear);
    controls(state, map, box);
    fit(map, box);
    filter(state);
    sheet.addTo(map);
    tools.show();

    map.on('click', function (event) { click(event, state, sheet, clear, card); });
    map.on('mousemove', function (event) {
      map.getContainer().style.cursor = r.placesAt(state, sheet.view(), event.layerPoint, 9).length ? 'pointer' : '';
    });
    document.addEventListener('keydown', function (event) { if (event.key === 'Escape') { clear(); } });
    printing(map);
    fromAddress(state);
    document.documentElement.setAttribute('data-ready', 'yes');
  };

  function printing(map) {
    var before;
    function turn(on) {
      if (on) before = map.getBounds();
      document.body.classList.toggle('printing', on);
      map.invalidateSize({ animate: false, pan: false });
      map.fitBounds(before, { animate: false });
    }
    window.addEventListener('beforeprint', function () { turn(true); });
    window.addEventListener('afterprint', function () { turn(false); });
  }

  function click(event, state, sheet, clear, card) {
    var view = sheet.view(), within = window.matchMedia && window.matchMedia('(pointer: coarse)').matches ? 20 : 12;
    var hits = r.placesAt(state, view, event.layerPoint, within);
    if (hits.length) {
      var near = hits.filter(function (hit) { return hit.far - hits[0].far < 36; }), at = 0;
      near.forEach(function (hit, number) { if (state.chosen && state.chosen.group === hit.group && state.chosen.row === hit.row) at = (number + 1) % near.length; });
      state.choose(near[at].group, near[at].row, false, near.length);
      return;
    }
    var wx = (event.layerPoint.x + view.x) / view.scale, wy = (event.layerPoint.y + view.y) / view.scale;
    for (var i = state.layers.length - 1; i >= 0; i--) {
      var layer = state.layers[i], row = layer.shown && layer.id !== 'rivers' ? r.groundAt(layer, wx, wy, within / view.scale) : -1;
      if (row < 0) continue;
      state.chosen = { x: layer.outlined[row] ? NaN : layer.at.x[row], y: layer.at.y[row], uncertainty: layer.uncertainty[row], label: layer.name(row) };
      card.feature(layer, row);
      sheet.draw();
      return;
    }
    clear();
  }

  // #code in the address opens that place: a record's own page links here with it
  function fromAddress(state) {
    var code;
    try { code = decodeURIComponent(window.location.hash.slice(1)); } catch (error) { return; }
    if (!code) return;
    state.groups.some(function (one) {
      for (var i = 0; i < one.at.x.length; i++) if (one.code(i) === code) { state.choose(one, i, true); return true; }
      return false;
    });
  }
})(window.relocation);
