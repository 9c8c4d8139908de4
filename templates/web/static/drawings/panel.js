// Beside the picture: the list of change sets (the list is the picture), what each holds, its decision; below: unit types, checks, what was left out.
(function (d) {
  'use strict';

  d.signIcon = function (op) {
    var made = d.make('canvas', 'dv-sign'), ratio = 2;
    made.width = made.height = 18 * ratio;
    var c = made.getContext('2d');
    c.scale(ratio, ratio);
    d.drawSign(c, op, 9, 9, 8);
    made.setAttribute('aria-hidden', 'true');
    return made;
  };

  // state: data, words, choose(n), settings {decide, token}
  d.list = function (state) {
    var words = state.words, box = d.make('section', 'dv-list'), head = d.make('div', 'dv-list-head'), list = d.make('ol', 'dv-sets'), items = {};
    var title = d.make('h2', '', words.differences), count = d.make('span', 'dv-count'), live = d.make('p', 'dv-live');
    live.setAttribute('aria-live', 'polite');
    head.appendChild(title);
    head.appendChild(count);
    var filter = choice(words.show, [['all', words.all], ['area', words.touches_area], ['open', words.undecided]]), kind = choice(words.kind, [['', words.all]].concat(state.data.kinds));
    var filters = d.make('div', 'dv-filters'), noise = d.make('input'), quiet = d.make('label', 'dv-check');
    filters.appendChild(filter.label);
    filters.appendChild(kind.label);
    noise.type = 'checkbox';
    noise.addEventListener('change', function () { state.noise = noise.checked; apply(); });
    quiet.appendChild(noise);
    quiet.appendChild(document.createTextNode(words.noise));
    if (state.data.differences.some(function (one) { return one.weight === 0; })) filters.appendChild(quiet);
    box.appendChild(head);
    if (state.data.sets.length) box.appendChild(filters);
    if (!state.data.sets.length) box.appendChild(d.make('p', 'dv-none', state.data.together ? words.no_differences : words.refused));
    var none = d.make('p', 'dv-none', words.none_left);
    none.hidden = true;
    none.setAttribute('role', 'status');
    state.data.sets.forEach(function (set) { list.appendChild(items[set.number] = item(state, set)); });
    box.appendChild(none);
    box.appendChild(list);
    box.appendChild(live);

    function choice(name, options) {
      var made = d.make('select'), label = d.make('label', 'dv-filter', name + ' ');
      options.forEach(function (one) {
        var option = d.make('option', '', one[1]);
        option.value = one[0];
        made.appendChild(option);
      });
      made.addEventListener('change', function () { apply(); });
      label.appendChild(made);
      return { label: label, select: made };
    }
    // what the conditions leave of a set's differences; the picture shows the same ones
    function left(set) {
      if (filter.select.value === 'open' && set.decision) return [];
      return set.members.filter(function (at) {
        var one = state.data.differences[at];
        if (filter.select.value === 'area' && one.weight < 2) return false;
        return (one.weight > 0 || state.noise) && !state.off[one.layer] && (!kind.select.value || one.what === kind.select.value);
      });
    }
    function fits(set) {
      return left(set).length > 0;
    }
    function apply() {
      var shown = 0;
      state.visible = Object.create(null);
      state.data.sets.forEach(function (set) {
        var seen = left(set);
        items[set.number].hidden = !seen.length;
        shown += seen.length ? 1 : 0;
        seen.forEach(function (at) { state.visible[state.data.differences[at].id] = true; });
        items[set.number].querySelectorAll('.dv-members > li').forEach(function (row, at) { row.hidden = seen.indexOf(set.members[at]) < 0; });
      });
      count.textContent = String(shown === state.data.sets.length ? shown : shown + ' / ' + state.data.sets.length);
      none.hidden = shown > 0 || !state.data.sets.length;
      state.filtered = state.data.sets.filter(fits);
      state.redraw();
    }

    return {
      box: box,
      apply: apply,
      pointed: function (id) {
        list.querySelectorAll('.dv-member').forEach(function (row) {
          if (row.dataset.id === id) row.setAttribute('aria-current', 'true'); else row.removeAttribute('aria-current');
        });
      },
      chosen: function (number) {
        Object.keys(items).forEach(function (key) {
          var here = Number(key) === number, item = items[key];
          item.classList.toggle('dv-chosen', here);
          item.querySelector('.dv-set').setAttribute('aria-expanded', String(here));
          item.querySelector('.dv-more').hidden = !here;
        });
        var item = items[number];
        if (!item) { live.textContent = ''; return; }
        live.textContent = item.querySelector('.dv-set').textContent;
        var top = item.offsetTop - list.offsetTop;
        if (top < list.scrollTop || top + 60 > list.scrollTop + list.clientHeight) list.scrollTop = top - 8;
      }
    };
  };

  function item(state, set) {
    var made = d.make('li'), button = d.make('button', 'dv-set'), more = d.make('div', 'dv-more'), rows = d.make('ul', 'dv-members');
    button.type = 'button';
    button.appendChild(d.make('b', 'dv-number', String(set.number)));
    var said = d.make('span', 'dv-said', set.said);
    if (set.unit) said.appendChild(d.make('small', 'dv-unit', set.unit));
    button.appendChild(said);
    if (set.decision) button.appendChild(d.make('small', 'dv-decided', set.decision));
    button.addEventListener('click', function () { state.choose(state.chosen === set.number ? 0 : set.number); });
    set.members.forEach(function (at) {
      var one = state.data.differences[at], row = d.make('li'), go = d.make('button', 'dv-member');
      go.type = 'button';
      go.dataset.id = one.id;
      go.appendChild(d.signIcon(one.op));
      go.appendChild(d.make('span', '', one.said));
      go.addEventListener('click', function () { state.goTo(one); });
      row.appendChild(go);
      rows.appendChild(row);
    });
    more.appendChild(rows);
    more.appendChild(layersOf(state, set));
    if (state.settings.decide) more.appendChild(decision(state, set));
    more.hidden = true;
    made.appendChild(button);
    made.appendChild(more);
    return made;
  }

  // the names of layers mean little to who reads the list: they are there for who asks
  function layersOf(state, set) {
    var made = d.make('details', 'dv-layers-of'), counts = {};
    set.members.forEach(function (at) { var name = state.data.differences[at].layer; if (name) counts[name] = (counts[name] || 0) + 1; });
    made.appendChild(d.make('summary', '', state.words.layers));
    made.appendChild(d.make('p', 'dv-layer', Object.keys(counts).sort().map(function (name) { return name + ' × ' + counts[name]; }).join('  ')));
    made.hidden = !Object.keys(counts).length;
    return made;
  }

  // an ordinary form: what was decided is sent for every difference of the set, and the page comes back to the set
  function decision(state, set) {
    var words = state.words, form = d.make('form', 'dv-decision'), kind = d.make('select'), text = d.make('input'), name = 'dv-kind-' + set.number;
    form.method = 'post';
    form.action = state.settings.decide;
    [['csrf_token', state.settings.token], ['set', set.number], ['differences', set.members.map(function (at) { return state.data.differences[at].id; }).join(' ')]].forEach(function (pair) {
      var hidden = d.make('input');
      hidden.type = 'hidden';
      hidden.name = pair[0];
      hidden.value = pair[1];
      form.appendChild(hidden);
    });
    kind.name = 'kind';
    kind.id = name;
    [['approved', words.decide_approved], ['finding', words.decide_finding], ['ignored', words.decide_ignored], ['', words.decide_none]].forEach(function (one) {
      var option = d.make('option', '', one[1]);
      option.value = one[0];
      option.selected = one[0] === set.kind;
      kind.appendChild(option);
    });
    text.type = 'text';
    text.name = 'said';
    text.id = name + '-said';
    text.maxLength = 200;
    text.value = set.because || '';
    var first = d.make('label', '', words.decision), second = d.make('label', ''), save = d.make('button', 'button', words.decide_save);
    first.htmlFor = kind.id;
    second.htmlFor = text.id;
    function ask() {
      second.textContent = kind.value === 'approved' ? words.decide_document : words.decide_reason;
      text.required = kind.value === 'approved' || kind.value === 'ignored';
      text.disabled = kind.value === '';
    }
    kind.addEventListener('change', ask);
    ask();
    [first, kind, second, text, save].forEach(function (part) { form.appendChild(part); });
    return form;
  }

  function why(state, sentence) {
    var made = d.make('details', 'dv-why');
    made.appendChild(d.make('summary', '', state.words.why));
    made.appendChild(d.make('p', '', sentence));
    return made;
  }

  // the answer first: each unit type by either drawing, told by mark and word
  d.judged = function (state) {
    var box = d.make('section', 'dv-judged');
    box.setAttribute('aria-label', state.words.unit_types);
    state.data.judged.forEach(function (one) {
      var part = d.make('div', 'dv-type');
      part.appendChild(d.make('h2', '', one.label));
      one.sides.forEach(function (side) {
        var line = d.make('div', 'dv-verdict dv-outcome-' + side.outcome), mark = d.make('b', 'dv-mark', side.outcome_word);
        line.appendChild(d.make('span', 'dv-which', side.which));
        line.appendChild(mark);
        line.appendChild(d.make('span', '', side.figures));
        if (side.sentence) line.appendChild(why(state, side.sentence));
        part.appendChild(line);
      });
      if (one.change) part.appendChild(d.make('p', 'dv-change', one.change));
      box.appendChild(part);
    });
    return box;
  };

  // tables come ready in words: {title, headings, rows}; an outcome is told by mark and word
  d.tables = function (state) {
    var box = d.make('div', 'dv-tables');
    state.data.notes.forEach(function (note) { box.appendChild(d.make('p', 'dv-note', note)); });
    state.data.tables.forEach(function (one) {
      if (!one.rows.length || one.judged && state.settings.bare) return; // the page says the verdicts itself
      var part = d.make('section', 'dv-table'), scroll = d.make('div', 'dv-scroll'), table = d.make('table'), head = d.make('tr'), body = d.make('tbody'), thead = d.make('thead');
      part.appendChild(d.make('h2', '', one.title));
      one.headings.forEach(function (heading) {
        var cell = d.make('th', '', heading);
        cell.scope = 'col';
        head.appendChild(cell);
      });
      one.rows.forEach(function (row) {
        var line = d.make('tr');
        row.forEach(function (cell, at) {
          var made = d.make(at ? 'td' : 'th', typeof cell === 'number' ? 'n' : '', cell === null ? '' : String(cell));
          if (!at) made.scope = 'row';
          made.setAttribute('data-head', one.headings[at]);
          line.appendChild(made);
        });
        body.appendChild(line);
      });
      thead.appendChild(head);
      table.appendChild(thead);
      table.appendChild(body);
      scroll.appendChild(table);
      part.appendChild(scroll);
      box.appendChild(part);
    });
    return box;
  };

  d.legend = function (state) {
    var words = state.words, box = d.make('ul', 'dv-legend');
    box.setAttribute('aria-label', words.legend);
    [['base', words.unchanged], ['removed', words.removed], ['added', words.added], ['moved', words.moved], ['changed', words.changed], ['cloud', words.cloud]].forEach(function (one) {
      var row = d.make('li'), canvas = d.make('canvas'), ratio = 2;
      canvas.width = 44 * ratio;
      canvas.height = 20 * ratio;
      canvas.setAttribute('aria-hidden', 'true');
      var c = canvas.getContext('2d');
      c.scale(ratio, ratio);
      sample(c, one[0]);
      row.appendChild(canvas);
      row.appendChild(d.make('span', '', one[1]));
      box.appendChild(row);
    });
    return box;
  };

  function sample(c, kind) {
    var shown = { removed: true, added: true }, view = { scale: 1, x: 0, y: 10, width: 44, height: 20 };
    if (kind === 'base') { c.strokeStyle = d.INK.base; c.lineWidth = 1; c.beginPath(); c.moveTo(2, 10); c.lineTo(42, 10); c.stroke(); return; }
    if (kind === 'cloud') { c.strokeStyle = d.INK.cloud; c.lineWidth = 1.3; c.beginPath(); c.moveTo(2, 14); d.bulges(c, 2, 14, 42, 14); c.stroke(); return; }
    if (kind === 'removed') d.drawDifference(c, { op: kind, before: [[2, 0, 42, 0]], after: [] }, view, shown, false);
    if (kind === 'added') d.drawDifference(c, { op: kind, before: [], after: [[2, 0, 42, 0]] }, view, shown, false);
    d.drawSign(c, kind, 22, 10, 8);
  }
})(window.drawings);
