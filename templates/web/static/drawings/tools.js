// The bar, the keys, the tape and the two clicks.
(function (d) {
  'use strict';

  d.pressed = function (bar, kind, which) {
    bar.querySelectorAll('[data-' + kind + ']').forEach(function (button) { button.setAttribute('aria-pressed', String(button.dataset[kind] === which)); });
  };

  function button(text, action, kind, which, name) {
    var made = d.make('button', 'dv-button', text);
    made.type = 'button';
    if (kind) { made.dataset[kind] = which; made.setAttribute('aria-pressed', 'false'); }
    if (name) { made.setAttribute('aria-label', name); made.title = name; }
    made.addEventListener('click', action);
    return made;
  }

  function group(parts) {
    var made = d.make('span', 'dv-group');
    parts.forEach(function (part) { made.appendChild(part); });
    return made;
  }

  d.zoomButtons = function (bar, words, zoom, fit) {
    bar.appendChild(group([button('+', function () { zoom(1.5); }, '', '', words.zoom_in), button('−', function () { zoom(1 / 1.5); }, '', '', words.zoom_out), button(words.fit, fit)]));
  };

  d.toolButtons = function (bar, words, tools, use) {
    bar.appendChild(group(tools.map(function (tool) { return button(words[tool === 'measure' ? tool : 'tool_' + tool], function () { use(tool); }, 'tool', tool); })));
  };

  d.toolbar = function (state, bar) {
    var words = state.words;
    if (state.data.together) {
      bar.appendChild(group(['overlay', 'side', 'swipe'].map(function (mode) { return button(words['mode_' + mode], function () { state.look(mode); }, 'mode', mode); })));
      if (state.data.sets.length) bar.appendChild(group([button('‹', function () { state.step(-1); }, '', '', words.previous), button('›', function () { state.step(1); }, '', '', words.next)]));
    }
    d.zoomButtons(bar, words, state.zoom, state.fit);
    d.toolButtons(bar, words, ['measure'], state.use);
    if (state.settings.align) bar.appendChild(group([button(words.align, function () { if (state.data.together) { apart(); } else { state.use('align'); } }, 'tool', 'align')]));
    if (state.layers.length > 1) bar.appendChild(layers(state));
    if (!state.data.together) return;
    var boxes = group([['base', words.show_base], ['removed', words.show_removed], ['added', words.show_added]].map(function (one) {
      var label = d.make('label', 'dv-check'), box = d.make('input');
      box.type = 'checkbox';
      box.checked = true;
      box.addEventListener('change', function () { state.shown[one[0]] = box.checked; state.redraw(); });
      label.appendChild(box);
      label.appendChild(document.createTextNode(one[1]));
      return label;
    }));
    bar.appendChild(boxes);
  };

  function apart() { // the same page with each drawing in its own axes
    var asked = new URLSearchParams(window.location.search);
    asked.set('apart', '1');
    window.location.search = asked.toString();
  }

  // which layers are drawn; what is switched off goes from the picture and from the list
  function layers(state) {
    var made = d.make('details', 'dv-layers'), list = d.make('div', 'dv-layer-list'), all = button(state.words.layers_all, function () { every(true); }), none = button(state.words.layers_none, function () { every(false); }), boxes = [];
    made.appendChild(d.make('summary', 'dv-button', state.words.layers));
    list.appendChild(group([all, none]));
    state.layers.forEach(function (name) {
      var label = d.make('label', 'dv-check'), box = d.make('input');
      box.type = 'checkbox';
      box.checked = true;
      box.addEventListener('change', function () { state.off[name] = !box.checked; state.filter(); });
      boxes.push([name, box]);
      label.appendChild(box);
      label.appendChild(document.createTextNode(name));
      list.appendChild(label);
    });
    function every(on) {
      boxes.forEach(function (one) { one[1].checked = on; state.off[one[0]] = !on; });
      state.filter();
    }
    made.appendChild(list);
    return made;
  }

  // the curtain between the two drawings: a slider, so that mouse, thumb and keys all move it
  d.swiper = function (state) {
    var made = d.make('input', 'dv-curtain');
    made.type = 'range';
    made.min = '0';
    made.max = '100';
    made.value = '50';
    made.setAttribute('aria-label', state.words.curtain);
    made.addEventListener('input', function () { state.swipe = made.value / 100; state.redraw(); });
    return made;
  };

  d.keys = function (state, host) {
    document.addEventListener('keydown', function (event) {
      var inField = event.target.closest && event.target.closest('input, select, textarea'), here = host.contains(event.target);
      if (inField || event.ctrlKey || event.altKey || event.metaKey) return;
      var does = { n: next, p: previous, j: next, k: previous, m: function () { state.use('measure'); }, 0: state.fit, '+': function () { state.zoom(1.5); }, '=': function () { state.zoom(1.5); }, '-': function () { state.zoom(1 / 1.5); },
        1: function () { state.look('overlay'); }, 2: function () { state.look('side'); }, 3: function () { state.look('swipe'); }, Escape: function () { if (state.tool) state.use(state.tool); else state.choose(0); } }[event.key];
      if (!does && here) does = event.shiftKey ? { ArrowUp: pan(0, 60), ArrowDown: pan(0, -60), ArrowLeft: pan(60, 0), ArrowRight: pan(-60, 0) }[event.key] : { ArrowDown: next, ArrowRight: next, ArrowUp: previous, ArrowLeft: previous }[event.key];
      if (!does) return;
      event.preventDefault();
      does();
    });
    function next() { state.step(1); }
    function previous() { state.step(-1); }
    function pan(dx, dy) { return function () { state.pan(dx, dy); }; }
  };

  // a click with a tool in hand
  d.take = function (state, which, at, hint) {
    if (state.tool === 'measure') return tape(state, at, hint);
    var order = ['old', 'new', 'old', 'new'], n = state.taken.length;
    if (n >= 4) { state.taken = []; n = 0; }
    if (which !== order[n]) { hint.textContent = state.words.align_other + ' ' + state.words.align_hints[n]; return; }
    state.taken.push({ which: which, at: at });
    hint.textContent = state.words.align_hints[state.taken.length] || '';
    if (state.taken.length === 4) hint.appendChild(form(state));
  };

  function tape(state, at, hint) {
    if (state.taken.length >= 2) state.taken = [];
    state.taken.push({ which: 'both', at: at });
    if (state.taken.length < 2) { hint.textContent = state.words.measure_second; return; }
    var a = state.taken[0].at, b = state.taken[1].at, dx = Math.abs(b[0] - a[0]), dy = Math.abs(b[1] - a[1]);
    hint.textContent = state.words.measured.replace('{length}', length(state, Math.hypot(dx, dy))).replace('{dx}', length(state, dx)).replace('{dy}', length(state, dy));
  }

  function length(state, value) {
    return state.data.metres ? value.toFixed(3) + ' m' : value.toFixed(1) + ' ' + state.words.units;
  }

  // the four points in the units of each drawing, sent as a form
  function form(state) {
    var made = d.make('form', 'dv-align'), send = d.make('button', 'button first', state.words.align_send), mirror = d.make('label', 'dv-check'), box = d.make('input'), fields = [['csrf_token', state.settings.token]];
    made.method = 'post';
    made.action = state.settings.align;
    state.taken.forEach(function (one, n) {
      var origin = state.data.origins[one.which], unit = state.data.units_of[one.which], name = one.which + (n < 2 ? '_1' : '_2');
      fields.push([name, ((one.at[0] + origin[0]) / unit) + ' ' + ((one.at[1] + origin[1]) / unit)]);
    });
    fields.forEach(function (pair) {
      var hidden = d.make('input');
      hidden.type = 'hidden';
      hidden.name = pair[0];
      hidden.value = pair[1];
      made.appendChild(hidden);
    });
    box.type = 'checkbox';
    box.name = 'mirrored';
    box.value = '1';
    mirror.appendChild(box);
    mirror.appendChild(document.createTextNode(state.words.align_mirrored));
    made.appendChild(mirror);
    made.appendChild(send);
    return made;
  }

  // the page of the program fetches the data; the file that opens anywhere carries them
  document.addEventListener('DOMContentLoaded', function () {
    var host = document.getElementById('drawings'), carried = document.getElementById('drawings-data');
    if (!host || host.dataset.kind === 'one') return;
    var settings = { decide: host.dataset.decide || '', align: host.dataset.align || '', token: host.dataset.token || '', bare: host.dataset.bare === '1' };
    if (carried) { d.state = d.open(host, JSON.parse(carried.textContent), settings); return; }
    fetch(host.dataset.source, { credentials: 'same-origin' }).then(function (answer) {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    }).then(function (data) { d.state = d.open(host, data, settings); }).catch(function () { host.textContent = host.dataset.failed; });
  });
})(window.drawings);
