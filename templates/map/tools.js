// The panel: search, filters that are the legend at the same time, layers with their sources, and the list.
(function (r) {
  'use strict';

  var PAGE = 50;

  function row(box, checked, icon, text, extra, changed) {
    var label = r.make('label', 'row'), input = r.make('input');
    input.type = 'checkbox';
    input.checked = checked;
    input.addEventListener('change', function () { changed(input.checked); });
    label.appendChild(input);
    if (icon) label.appendChild(icon);
    label.appendChild(r.make('span', 'text', text));
    if (extra !== '') label.appendChild(r.make('span', 'count', extra));
    box.appendChild(label);
    return label;
  }

  r.tools = function (state, changed) {
    var words = state.words, byId = function (id) { return document.getElementById(id); };

    var rows = r.WORST_FIRST.slice(0, 5).map(function (outcome) {
      var label = row(byId('outcome-rows'), true, r.outcomeIcon(outcome), state.outcomeWords[outcome], 0, function (on) {
        state.outcomes[outcome] = on;
        changed();
      });
      label.setAttribute('data-outcome', state.outcomeIds[outcome]);
      return { outcome: outcome, label: label };
    });
    function outcomes() {
      rows.forEach(function (one) {
        one.label.querySelector('.count').textContent = state.counts[one.outcome];
        one.label.classList.toggle('off', !state.outcomes[one.outcome]);
      });
    }

    function checks() {
      var select = byId('check');
      [['', words.allChecks]].concat(state.checks).forEach(function (check) {
        var option = r.make('option', '', check[1]);
        option.value = check[0];
        select.appendChild(option);
      });
      select.addEventListener('change', function () { state.check = select.value; changed(); });
    }

    function kinds() {
      if (state.groups.length < 2) { byId('kinds').hidden = true; return; }
      state.groups.forEach(function (group) {
        row(byId('kind-rows'), group.shown, null, group.house ? words.houses : words.sites, group.at.x.length, function (on) { group.shown = on; changed(); });
      });
    }

    function layers() {
      var box = byId('layer-rows');
      state.layers.forEach(function (layer) {
        var one = r.make('div', 'layer'), icon = r.icon(function (c, middle) { swatch(c, layer, middle); }, 18);
        row(one, layer.shown, icon, layer.title, layer.drawn || '', function (on) {
          layer.shown = on;
          one.classList.toggle('off', !on);
          changed();
        });
        one.classList.toggle('off', !layer.shown);
        one.appendChild(about(layer));
        box.appendChild(one);
        if (layer.id === 'functional_zones') layer.classes.forEach(function (name, number) {
          var line = r.make('div', 'class');
          line.appendChild(r.icon(function (c) { c.fillStyle = r.hatch(c, number); c.fillRect(0, 0, 18, 18); c.strokeStyle = '#7d8a5b'; c.strokeRect(0.5, 0.5, 17, 17); }, 18));
          line.appendChild(r.make('span', 'text', name));
          one.appendChild(line);
        });
      });
    }

    function about(layer) {
      var details = r.make('details'), list = r.make('dl');
      details.appendChild(r.make('summary', '', words.about));
      r.aboutLayer(state, layer).forEach(function (pair) {
        list.appendChild(r.make('dt', '', pair[0]));
        list.appendChild(r.make('dd', '', pair[1]));
      });
      details.appendChild(list);
      return details;
    }

    function swatch(c, layer, middle) {
      var ink = r.layerInk(layer.id);
      if (layer.id === 'county_boundaries' || layer.id === 'rivers') {
        c.strokeStyle = ink; c.lineWidth = 2;
        if (layer.id === 'county_boundaries') c.setLineDash([6, 2, 2, 2]);
        c.beginPath(); c.moveTo(0, middle); c.lineTo(18, middle); c.stroke();
      } else if (layer.id === 'functional_zones') {
        c.fillStyle = r.hatch(c, 0); c.fillRect(1, 3, 16, 12); c.strokeStyle = ink; c.strokeRect(1.5, 3.5, 15, 11);
      } else r.drawSign(c, layer.id, middle, middle, 5.5);
    }

    var listed = PAGE;
    function list() {
      var box = byId('list'), found = state.found, unplaced = found.filter(function (one) { return isNaN(one.group.at.x[one.row]); }).length;
      byId('matches').textContent = r.said(words.matches, found.length) + (unplaced ? (state.lang === 'zh' ? '，' : '; ') + r.said(words.notPlaced, unplaced) : '');
      box.textContent = '';
      if (!found.length) box.appendChild(r.make('li', 'nothing', words.noMatch));
      found.slice(0, listed).forEach(function (one) {
        var item = r.make('li'), button = r.make('button', 'entry');
        button.type = 'button';
        button.appendChild(r.outcomeIcon(one.group.outcome[one.row]));
        button.appendChild(r.make('span', 'text', r.placeLabel(state, one.group, one.row)));
        button.appendChild(r.make('span', 'place', one.group.township(one.row)));
        button.addEventListener('click', function () { state.choose(one.group, one.row, true); });
        item.appendChild(button);
        box.appendChild(item);
      });
      if (found.length <= listed) return;
      var item = r.make('li'), more = r.make('button', 'more', r.said(words.more, Math.min(PAGE, found.length - listed)));
      more.type = 'button';
      more.addEventListener('click', function () { listed += PAGE; list(); });
      item.appendChild(more);
      box.appendChild(item);
    }

    var search = byId('search'), waiting = 0;
    search.addEventListener('input', function () {
      clearTimeout(waiting);
      waiting = setTimeout(function () { state.query = search.value.trim().toLowerCase(); changed(); }, 120);
    });
    search.addEventListener('keydown', function (event) {
      if (event.key !== 'Enter' || event.isComposing) return;
      event.preventDefault(); // else the same key press would close the card that takes the focus
      clearTimeout(waiting);
      state.query = search.value.trim().toLowerCase();
      changed();
      if (state.found.length) state.choose(state.found[0].group, state.found[0].row, true);
    });

    var opener = byId('open-tools'), panel = byId('tools');
    function open(on) {
      document.body.classList.toggle('tools-open', on);
      opener.setAttribute('aria-expanded', on ? 'true' : 'false');
      if (on) search.focus();
    }
    opener.addEventListener('click', function () { open(!document.body.classList.contains('tools-open')); });
    byId('close-tools').addEventListener('click', function () { open(false); opener.focus(); });
    panel.addEventListener('keydown', function (event) { if (event.key === 'Escape') open(false); });
    byId('print').addEventListener('click', function () { window.print(); });

    checks();
    kinds();
    layers();
    return { show: function () { listed = PAGE; outcomes(); list(); }, close: function () { open(false); } };
  };

  // [heading, text] pairs of where a layer comes from and how exact it is
  r.aboutLayer = function (state, layer) {
    var words = state.words, about = layer.said.about, least = Infinity, most = -Infinity, pairs = [];
    layer.uncertainty.forEach(function (metres) { if (metres === metres) { least = Math.min(least, metres); most = Math.max(most, metres); } });
    pairs.push([words.source, about[0]], [words.dated, about[1]]);
    if (layer.id !== 'rivers' || most > 0) {
      pairs.push([words.accuracy, most < 0 ? words.notStated : r.said(words.plusMinus, least === most ? r.length(state, most) : r.said(words.upTo, r.length(state, least), r.length(state, most)))]);
    }
    if (layer.said.unplaced) pairs.push([layer.title, r.said(words.unplaced, layer.said.unplaced)]);
    if (about[3]) pairs.push(['', about[3]]);
    if (layer.said.approval) pairs.push([words.approval, layer.said.approval]);
    if (about[2]) pairs.push([words.licence, about[2]]);
    if (about[4]) pairs.push(['', about[4]]);
    return pairs.filter(function (pair) { return pair[1]; });
  };

  r.length = function (state, metres) {
    if (metres < 999.5) return r.said(state.words.metres, Math.round(metres));
    return r.said(state.words.kilometres, String(Math.round(metres / 100) / 10));
  };
})(window.relocation);
