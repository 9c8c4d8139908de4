// The page of one drawing: the picture with what was understood, and what an engineer sets right in it, kept in a field of the form.
(function (d) {
  'use strict';

  var SNAP_PX = 12, LINE_PX = 8, PLACES = 3;

  d.openOne = function (host, data, form) {
    var words = data.words, field = form && form.elements.drawn, tools = ['layer', 'gap', 'label', 'outline'];
    var state = { data: data, tool: '', taken: [], drawn: data.drawn, picture: d.picture(data.picture), plans: true };
    var bar = d.make('div', 'dv-bar'), stage = d.make('div', 'dv-stage'), hint = d.make('p', 'dv-hint'), kept = d.make('ul', 'dv-drawn');
    host.textContent = '';
    host.className = 'dv dv-one';
    hint.setAttribute('role', 'status');
    bar.setAttribute('role', 'toolbar');
    bar.setAttribute('aria-label', words.toolbar);

    function px(view, at) { return [d.px(view, at[0] - data.origin[0]), d.py(view, at[1] - data.origin[1])]; }

    var pane = d.pane({ label: data.label, box: data.box, clicked: clicked, paint: function (c, view) {
      d.drawPicture(c, state.picture, view, null);
      if (state.plans) d.drawPlans(c, data.plans, view);
      data.flags.forEach(function (flag) { d.drawNumber(c, String(flag[0]), d.px(view, flag[1]), d.py(view, flag[2])); });
      c.save();
      c.strokeStyle = d.INK.chosen; c.fillStyle = d.INK.dark; c.lineWidth = 3;
      state.drawn.gaps.forEach(function (gap) { line(c, [px(view, [gap[0], gap[1]]), px(view, [gap[2], gap[3]])]); });
      Object.keys(state.drawn.outlines).forEach(function (label) { var ring = state.drawn.outlines[label].map(function (at) { return px(view, at); }); line(c, ring.concat([ring[0]])); });
      state.drawn.labels.forEach(function (one) { var at = px(view, one); said(c, one[2], at[0], at[1]); });
      line(c, state.taken.map(function (at) { return px(view, at); }));
      state.taken.forEach(function (at) { var p = px(view, at); c.beginPath(); c.moveTo(p[0] - 7, p[1]); c.lineTo(p[0] + 7, p[1]); c.moveTo(p[0], p[1] - 7); c.lineTo(p[0], p[1] + 7); c.stroke(); });
      c.restore();
    } });
    state.pane = pane;

    function line(c, points) {
      if (points.length < 2) return;
      c.beginPath();
      points.forEach(function (at, n) { if (n) c.lineTo(at[0], at[1]); else c.moveTo(at[0], at[1]); });
      c.stroke();
    }
    function said(c, text, x, y) {
      c.save();
      c.font = 'bold 14px ' + d.FONT; c.textAlign = 'center'; c.lineWidth = 4; c.strokeStyle = '#fff';
      c.strokeText(text, x, y);
      c.fillText(text, x, y);
      c.restore();
    }

    function use(tool) {
      state.tool = state.tool === tool ? '' : tool;
      state.taken = [];
      stage.classList.toggle('dv-tooling', Boolean(state.tool));
      d.pressed(bar, 'tool', state.tool);
      hint.textContent = state.tool ? words[state.tool === 'measure' ? 'measure_hint' : 'hint_' + state.tool] : '';
      pane.draw();
    }
    state.use = use;

    function clicked(at) {
      if (!state.tool) return;
      var reach = 1 / pane.view.scale;
      if (state.tool === 'layer') return wall(at, reach);
      var there = state.tool === 'label' ? at : d.snapped(state.picture, at, SNAP_PX * reach);
      take([round(there[0] + data.origin[0]), round(there[1] + data.origin[1])]);
      pane.draw();
    }
    function round(value) { return Number(value.toFixed(PLACES)); }

    function take(at) {
      if (state.tool === 'measure') return tape(at);
      if (state.tool === 'label') { state.taken = [at]; return ask('', function (text) { state.drawn.labels.push([at[0], at[1], text]); }, words.add); }
      state.taken.push(at);
      if (state.tool === 'gap' && state.taken.length === 2) {
        state.drawn.gaps.push(state.taken[0].concat(state.taken[1]));
        return changed();
      }
      if (state.tool === 'outline' && state.taken.length >= 3) ask(data.labels[0] || '', function (text) { state.drawn.outlines[text] = state.taken.slice(); }, words.done);
    }

    function tape(at) {
      if (state.taken.length >= 2) state.taken = [];
      state.taken.push(at);
      if (state.taken.length < 2) { hint.textContent = words.measure_second; return; }
      var dx = Math.abs(state.taken[1][0] - state.taken[0][0]), dy = Math.abs(state.taken[1][1] - state.taken[0][1]);
      function length(value) { return data.metres ? value.toFixed(3) + ' m' : value.toFixed(1) + ' ' + words.units; }
      hint.textContent = words.measured.replace('{length}', length(Math.hypot(dx, dy))).replace('{dx}', length(dx)).replace('{dy}', length(dy));
    }

    // a line of a wall tells its layer; the layer's box in the form is what counts
    function wall(at, reach) {
      var row = d.lineAt(state.picture, at, LINE_PX * reach);
      if (row < 0) { hint.textContent = words.hint_reach; return; }
      var layer = state.picture.layers[state.picture.lineLayer[row]], box = form && Array.from(form.querySelectorAll('[name=wall_layer]')).filter(function (one) { return one.value === layer; })[0];
      if (!box) { hint.textContent = words.layer_not_listed.replace('{layer}', layer); return; }
      box.checked = !box.checked;
      hint.textContent = words[box.checked ? 'layer_is_wall' : 'layer_not_wall'].replace('{layer}', layer);
    }

    // ask for a name beside the picture, then do something with it
    function ask(suggested, does, word) {
      var label = d.make('label', '', words.name + ' '), input = d.make('input'), go = d.make('button', 'button', word);
      input.type = 'text';
      input.maxLength = 120;
      input.value = suggested;
      go.type = 'button';
      function done() { if (input.value.trim()) { does(input.value.trim()); changed(); } }
      input.addEventListener('keydown', function (event) { if (event.key === 'Enter') { event.preventDefault(); done(); } });
      go.addEventListener('click', done);
      hint.textContent = '';
      label.appendChild(input);
      hint.appendChild(label);
      hint.appendChild(go);
      if (state.tool === 'label') input.focus();
    }

    function changed() {
      state.taken = [];
      if (field) field.value = JSON.stringify(state.drawn);
      hint.textContent = state.tool ? words['hint_' + state.tool] : '';
      listed();
      pane.draw();
    }

    function listed() {
      kept.textContent = '';
      function row(text, remove) {
        var made = d.make('li', '', text + ' '), button = d.make('button', 'dv-button', words.remove);
        button.type = 'button';
        button.addEventListener('click', function () { remove(); changed(); });
        made.appendChild(button);
        kept.appendChild(made);
      }
      state.drawn.gaps.forEach(function (gap, at) {
        row(words.drawn_gap.replace('{x1}', gap[0].toFixed(2)).replace('{y1}', gap[1].toFixed(2)).replace('{x2}', gap[2].toFixed(2)).replace('{y2}', gap[3].toFixed(2)), function () { state.drawn.gaps.splice(at, 1); });
      });
      state.drawn.labels.forEach(function (one, at) {
        row(words.drawn_label.replace('{x}', one[0].toFixed(2)).replace('{y}', one[1].toFixed(2)).replace('{text}', function () { return one[2]; }), function () { state.drawn.labels.splice(at, 1); });
      });
      Object.keys(state.drawn.outlines).forEach(function (label) {
        row(words.drawn_outline.replace('{n}', state.drawn.outlines[label].length).replace('{text}', function () { return label; }), function () { delete state.drawn.outlines[label]; });
      });
      if (!kept.childNodes.length) kept.appendChild(d.make('li', 'muted', words.drawn_none));
    }

    d.zoomButtons(bar, words, function (factor) { pane.zoom(factor); }, function () { pane.show(pane.box, d.WHOLE); });
    if (form) {
      if (data.metres) d.toolButtons(bar, words, tools, use);
      else hint.textContent = words.hint_no_unit;
    }
    d.toolButtons(bar, words, ['measure'], use);
    stage.appendChild(pane.canvas);
    [bar, stage, hint].forEach(function (part) { host.appendChild(part); });
    if (form && data.metres) host.appendChild(kept);
    host.appendChild(d.make('p', 'dv-keys', words.keys_one));
    pane.canvas.addEventListener('keydown', function (event) {
      var does = { '+': function () { pane.zoom(1.5); }, '=': function () { pane.zoom(1.5); }, '-': function () { pane.zoom(1 / 1.5); }, 0: function () { pane.show(pane.box, d.WHOLE); },
        ArrowUp: function () { pane.pan(0, 60); }, ArrowDown: function () { pane.pan(0, -60); }, ArrowLeft: function () { pane.pan(60, 0); }, ArrowRight: function () { pane.pan(-60, 0); } }[event.key];
      if (!does || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      does();
    });
    if (field) field.value = JSON.stringify(state.drawn);
    listed();
    if (data.focus) pane.show(data.focus, 0.7);
    pane.draw();
    return state;
  };

  document.addEventListener('DOMContentLoaded', function () {
    var host = document.getElementById('drawings');
    if (!host || host.dataset.kind !== 'one') return;
    fetch(host.dataset.source, { credentials: 'same-origin' }).then(function (answer) {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    }).then(function (data) { d.one = d.openOne(host, data, document.getElementById('correct')); }).catch(function () { host.textContent = host.dataset.failed; });
  });
})(window.drawings);
