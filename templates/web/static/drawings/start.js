// Puts the viewer together: three ways to look, one list, the keys, the measuring tape, and two clicks where the drawings could not be laid over each other.
(function (d) {
  'use strict';

  var SNAP_PX = 12, FAR_PX = 34, SIGNS_FROM_PX = 42, SIGN_CELL_PX = 26, LEAST_SEEN_M = 4, MODES = ['overlay', 'side', 'swipe'];

  d.open = function (host, data, settings) {
    var words = data.words;
    var state = {
      data: data, words: words, settings: settings, chosen: 0, pointed: '', mode: 'overlay', shown: { base: true, removed: true, added: true }, swipe: 0.5,
      tool: '', taken: [], off: Object.create(null), noise: false, visible: Object.create(null), old: d.picture(data.old), next: data['new'] ? d.picture(data['new']) : null, filtered: data.sets, redraw: function () {}
    };
    state.layers = data.old.layers.concat(data['new'] ? data['new'].layers : [], data.differences.map(function (one) { return one.layer; })).filter(function (name, at, every) { return name && every.indexOf(name) === at; }).sort();
    host.textContent = '';
    host.className = 'dv';
    var stage = d.make('div', 'dv-stage'), bar = d.make('div', 'dv-bar'), main = d.make('div', 'dv-main'), hint = d.make('p', 'dv-hint');
    hint.setAttribute('role', 'status');
    bar.setAttribute('role', 'toolbar');
    bar.setAttribute('aria-label', words.toolbar);

    function paintOn(which) {
      return function (c, view) {
        if (state.mode === 'swipe' && state.next) return paintSwipe(c, view);
        var alone = state.mode === 'side' ? which : '';
        if (state.shown.base) base(c, alone === 'new' ? state.next : state.old, view);
        if (data.together) overlay(c, view, alone);
        marks(c, view, which);
      };
    }

    function base(c, picture, view) {
      var off = picture.layers.map(function (name) { return Boolean(state.off[name]); });
      d.drawPicture(c, picture, view, off.indexOf(true) < 0 ? null : off);
    }

    function overlay(c, view, alone) {
      var shown = { removed: state.shown.removed && alone !== 'new', added: state.shown.added && alone !== 'old' };
      var seen = data.differences.filter(function (one) { return state.visible[one.id]; }).sort(function (a, b) { return b.weight - a.weight; });
      seen.forEach(function (one) { d.drawDifference(c, one, view, shown, state.pointed ? (one.id === state.pointed ? 'pointed' : 'dimmed') : one.set === state.chosen); });
      state.filtered.forEach(function (set) { d.drawCloud(c, set, view, set.number === state.chosen); });
      var kept = {}, words = [], far = data.metres && view.scale < SIGNS_FROM_PX; // from afar signs would cover the plan: lines, arrows and the numbers of sets tell enough
      seen.sort(function (a, b) { return (b.id === state.pointed) - (a.id === state.pointed) || (b.set === state.chosen) - (a.set === state.chosen) || b.weight - a.weight; }).forEach(function (one) {
        var here = one.id === state.pointed;
        if ((far || state.pointed) && !here) return;
        if (one.op === 'removed' && !shown.removed || one.op === 'added' && !shown.added) return;
        var at = beside(one), x = d.px(view, at[0]) - (at[2] ? 11 : 0), y = d.py(view, at[1]), key = Math.round(x / SIGN_CELL_PX) + ',' + Math.round(y / SIGN_CELL_PX);
        if (kept[key] || x < -20 || x > view.width + 20 || y < -20 || y > view.height + 20) return;
        kept[key] = true;
        d.drawSign(c, one.op, x, y, here ? 9 : 7);
        if (one.became && one.set === state.chosen && free(words, x + 12, y + 16, one.became.length)) said(c, '→ ' + one.became, x + 12, y + 16);
      });
    }

    // whether lettering finds room among what was written; no value is printed over another
    function free(words, x, y, length) {
      var box = [x, y - 14, x + 8 * (length + 3), y + 4];
      if (words.some(function (other) { return box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]; })) return false;
      words.push(box);
      return true;
    }

    // where the sign of a difference stands: at its place, or left of lettering, which must stay legible
    function beside(one) {
      var line = d.LETTERED[one.what] && (one.after[0] || one.before[0]);
      if (!line || !line.length) return [one.where[0], one.where[1], false];
      var left = Infinity, low = Infinity, high = -Infinity;
      for (var i = 0; i < line.length; i += 2) { left = Math.min(left, line[i]); low = Math.min(low, line[i + 1]); high = Math.max(high, line[i + 1]); }
      return [left, (low + high) / 2, true];
    }

    function said(c, text, x, y) {
      c.save();
      c.font = 'bold 13px ' + d.FONT;
      c.lineWidth = 4; c.strokeStyle = '#fff'; c.fillStyle = d.INK.added;
      c.strokeText(text, x, y);
      c.fillText(text, x, y);
      c.restore();
    }

    function paintSwipe(c, view) {
      var at = view.width * state.swipe;
      [[state.old, 0, at, 'old'], [state.next, at, view.width, 'new']].forEach(function (half) {
        c.save();
        c.beginPath();
        c.rect(half[1], 0, half[2] - half[1], view.height);
        c.clip();
        if (state.shown.base) base(c, half[0], view);
        overlay(c, view, half[3]);
        c.restore();
      });
      c.fillStyle = d.INK.dark;
      c.fillRect(at - 1, 0, 2, view.height);
      marks(c, view, 'old');
    }

    function marks(c, view, which) { // what the tools have taken so far
      var mine = state.taken.filter(function (one) { return one.which === which || state.tool === 'measure'; });
      c.save();
      c.strokeStyle = d.INK.chosen; c.fillStyle = d.INK.dark; c.lineWidth = 2;
      mine.forEach(function (one, n) {
        var x = d.px(view, one.at[0]), y = d.py(view, one.at[1]);
        c.beginPath(); c.moveTo(x - 7, y); c.lineTo(x + 7, y); c.moveTo(x, y - 7); c.lineTo(x, y + 7); c.stroke();
        if (state.tool === 'align') said(c, String(n + 1), x + 8, y - 8);
        if (state.tool === 'measure' && n) { c.beginPath(); c.moveTo(d.px(view, mine[n - 1].at[0]), d.py(view, mine[n - 1].at[1])); c.lineTo(x, y); c.stroke(); }
      });
      c.restore();
    }

    var first = d.pane({ label: data.label, box: data.box, first: data.focus, paint: paintOn('old'), clicked: clickOn('old') });
    var second = d.pane({ label: data.label, box: data.together ? data.box : (state.next && state.next.box) || data.box, first: data.together ? data.focus : null, paint: paintOn('new'), clicked: clickOn('new') });
    var panes = state.panes = [first, second];
    if (data.together) { first.tied.push(second); second.tied.push(first); }
    state.redraw = function () { panes.forEach(function (pane) { pane.draw(); }); };

    function clickOn(which) {
      return function (at) {
        var pane = which === 'old' ? first : second, picture = which === 'old' ? state.old : state.next, reach = 1 / pane.view.scale;
        if (state.tool) { d.take(state, which, d.snapped(picture, at, SNAP_PX * reach), hint); return state.redraw(); }
        var best = null, nearest = FAR_PX * reach;
        data.differences.forEach(function (one) {
          if (!state.visible[one.id]) return;
          var far = Math.hypot(one.where[0] - at[0], one.where[1] - at[1]);
          if (far < nearest) { nearest = far; best = one.set; }
        });
        state.filtered.forEach(function (set) { // the number on a cloud, or the least cloud around the click
          if (best === null && at[0] >= set.box[0] && at[0] <= set.box[2] && at[1] >= set.box[1] && at[1] <= set.box[3]) best = set.number;
        });
        if (best) state.choose(best, true);
      };
    }

    state.choose = function (number, stay) {
      var set = data.sets.filter(function (one) { return one.number === number; })[0];
      state.chosen = set ? number : 0;
      state.pointed = '';
      list.pointed('');
      list.chosen(state.chosen);
      if (set && !stay) first.show(around(set.box), 0.6);
      if (set && window.history.replaceState) window.history.replaceState(null, '', '#set-' + number);
      state.redraw();
    };
    state.goTo = function (one) {
      var half = Math.max(data.metres ? LEAST_SEEN_M / 2 : span(data.box) * 0.04, 0.5 * span(boxOf(one)));
      state.pointed = one.id;
      list.pointed(one.id);
      first.show([one.where[0] - half, one.where[1] - half, one.where[0] + half, one.where[1] + half], 0.8);
    };
    function around(box) {
      var least = span(data.box) * 0.03, mx = Math.max(0, least - (box[2] - box[0])) / 2, my = Math.max(0, least - (box[3] - box[1])) / 2;
      return [box[0] - mx, box[1] - my, box[2] + mx, box[3] + my];
    }
    function span(box) { return Math.max(box[2] - box[0], box[3] - box[1]); }
    function boxOf(one) {
      var xs = [one.where[0]], ys = [one.where[1]];
      one.before.concat(one.after).forEach(function (line) { for (var i = 0; i < line.length; i += 2) { xs.push(line[i]); ys.push(line[i + 1]); } });
      return [Math.min.apply(null, xs), Math.min.apply(null, ys), Math.max.apply(null, xs), Math.max.apply(null, ys)];
    }
    state.step = function (by) {
      var known = state.filtered.map(function (one) { return one.number; }), at = known.indexOf(state.chosen);
      if (known.length) state.choose(known[at < 0 ? (by > 0 ? 0 : known.length - 1) : (at + by + known.length) % known.length]);
    };
    state.look = function (mode) {
      var seen = first.seen();
      if (!data.together) mode = 'side';
      state.mode = mode;
      MODES.forEach(function (one) { stage.classList.toggle('dv-' + one, one === mode); });
      d.pressed(bar, 'mode', mode);
      if (seen && data.together) first.show(seen, 1); // the same part of the drawing, in both panes
      state.redraw();
    };
    state.use = function (tool) {
      state.tool = state.tool === tool ? '' : tool;
      state.taken = [];
      if (state.tool === 'align') state.look('side');
      stage.classList.toggle('dv-tooling', Boolean(state.tool));
      d.pressed(bar, 'tool', state.tool);
      hint.textContent = state.tool === 'measure' ? words.measure_hint : state.tool === 'align' ? words.align_hints[0] : '';
      state.redraw();
    };
    state.fit = function () { panes.forEach(function (pane) { pane.show(pane.box, d.WHOLE); }); };
    state.zoom = function (factor) { first.zoom(factor); if (!data.together) second.zoom(factor); };
    state.pan = function (dx, dy) { first.pan(dx, dy); };

    var list = d.list(state);
    d.toolbar(state, bar);
    var names = d.make('div', 'dv-names');
    names.appendChild(d.make('span', '', words.old + ' · ' + data.names[0]));
    names.appendChild(d.make('span', '', words['new'] + ' · ' + data.names[1]));
    stage.appendChild(first.canvas);
    stage.appendChild(second.canvas);
    stage.appendChild(d.swiper(state));
    main.appendChild(bar);
    main.appendChild(names);
    main.appendChild(stage);
    main.appendChild(hint);
    main.appendChild(d.legend(state));
    main.appendChild(d.make('p', 'dv-keys', words.keys));
    state.filter = list.apply;
    if (data.judged.length) host.appendChild(d.judged(state));
    host.appendChild(main);
    host.appendChild(list.box);
    host.appendChild(d.tables(state));
    list.apply();
    state.look(data.together ? 'overlay' : 'side');
    d.keys(state, host);
    if (!data.together && settings.align) state.use('align');
    var asked = /^#set-(\d+)$/.exec(window.location.hash);
    if (asked) state.choose(Number(asked[1]));
    return state;
  };
})(window.drawings);
