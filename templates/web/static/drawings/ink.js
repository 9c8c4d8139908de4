// What is drawn and how: packed columns become pictures, pictures and differences become strokes on a canvas. Texts of files are only ever drawn or set as text.
window.drawings = {};
(function (d) {
  'use strict';

  d.INK = { base: '#7d868c', letters: '#4c555c', removed: '#b3261e', added: '#0b4f8a', cloud: '#8a5a00', dark: '#1c2328', outline: '#1d5c95', room: '#6a7985', chosen: '#e0a100' };
  d.FONT = '"Microsoft YaHei","PingFang SC","Noto Sans CJK SC","Source Han Sans SC","WenQuanYi Micro Hei",SimHei,sans-serif';
  var CAPITAL = 0.73; // height of a capital as a share of the font's size

  d.make = function (tag, name, text) {
    var made = document.createElement(tag);
    if (name) made.className = name;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  function bytes(text) {
    var raw = atob(text), made = new Uint8Array(raw.length);
    for (var i = 0; i < raw.length; i++) made[i] = raw.charCodeAt(i);
    return made.buffer;
  }

  // packed columns → {lines, arcs, curves, letters}; coordinates are single precision about an origin near the drawing
  d.picture = function (packed) {
    var points = new Float32Array(bytes(packed.curves[0])), curves = [], at = 0;
    packed.curves[1].forEach(function (count, which) {
      curves.push({ points: points.subarray(2 * at, 2 * (at + count)), layer: packed.curves[2][which] });
      at += count;
    });
    return {
      lines: new Float32Array(bytes(packed.lines)), lineLayer: new Uint16Array(bytes(packed.lineLayer)),
      arcs: new Float32Array(bytes(packed.arcs)), arcLayer: new Uint16Array(bytes(packed.arcLayer)),
      curves: curves, letters: packed.letters, layers: packed.layers, box: packed.box
    };
  };

  // view: {scale, x, y, width, height}; world (x, y) stands at (x·scale + view.x, view.y − y·scale)
  d.px = function (view, x) { return x * view.scale + view.x; };
  d.py = function (view, y) { return view.y - y * view.scale; };
  d.world = function (view, px, py) { return [(px - view.x) / view.scale, (view.y - py) / view.scale]; };

  function strokeLines(c, picture, view, hidden) {
    var p = picture.lines, w = view.width, h = view.height, drawn = 0;
    c.beginPath();
    for (var i = 0, n = p.length; i < n; i += 4) {
      if (hidden && hidden[picture.lineLayer[i >> 2]]) continue;
      var x1 = p[i] * view.scale + view.x, y1 = view.y - p[i + 1] * view.scale, x2 = p[i + 2] * view.scale + view.x, y2 = view.y - p[i + 3] * view.scale;
      if (x1 < 0 && x2 < 0 || x1 > w && x2 > w || y1 < 0 && y2 < 0 || y1 > h && y2 > h) continue;
      if (Math.abs(x2 - x1) + Math.abs(y2 - y1) < 0.3) continue;
      c.moveTo(x1, y1);
      c.lineTo(x2, y2);
      if (++drawn % 4000 === 0) { c.stroke(); c.beginPath(); } // one path of a hundred thousand pieces is slower than many small ones
    }
    c.stroke();
  }

  function strokeArcs(c, picture, view, hidden) {
    var p = picture.arcs;
    c.beginPath();
    for (var i = 0; i < p.length; i += 5) {
      if (hidden && hidden[picture.arcLayer[i / 5]]) continue;
      var x = d.px(view, p[i]), y = d.py(view, p[i + 1]), r = p[i + 2] * view.scale;
      if (x + r < 0 || x - r > view.width || y + r < 0 || y - r > view.height || r < 0.3) continue;
      c.moveTo(x + r * Math.cos(p[i + 3]), y - r * Math.sin(p[i + 3]));
      c.arc(x, y, r, -p[i + 3], -p[i + 4], true);
    }
    c.stroke();
  }

  function trace(c, points, view) {
    c.moveTo(d.px(view, points[0]), d.py(view, points[1]));
    for (var i = 2; i < points.length; i += 2) c.lineTo(d.px(view, points[i]), d.py(view, points[i + 1]));
  }

  d.drawPicture = function (c, picture, view, hidden) {
    c.save();
    c.setLineDash([]);
    c.strokeStyle = d.INK.base;
    c.lineWidth = 1;
    strokeLines(c, picture, view, hidden);
    strokeArcs(c, picture, view, hidden);
    c.beginPath();
    picture.curves.forEach(function (curve) {
      if (!(hidden && hidden[curve.layer]) && curve.points.length > 3) trace(c, curve.points, view);
    });
    c.stroke();
    drawLetters(c, picture, view, hidden);
    c.restore();
  };

  function drawLetters(c, picture, view, hidden) {
    c.fillStyle = d.INK.letters;
    c.textBaseline = 'alphabetic';
    picture.letters.forEach(function (one) {
      var size = one[3] * view.scale / CAPITAL, x = d.px(view, one[1]), y = d.py(view, one[2]);
      if (hidden && hidden[one[5]] || size < 3 || x < -400 || x > view.width + 20 || y < -200 || y > view.height + 200) return;
      c.save();
      c.translate(x, y);
      c.rotate(-one[4]);
      c.font = size.toFixed(1) + 'px ' + d.FONT;
      c.textAlign = one[6];
      c.fillText(one[0], 0, 0);
      c.restore();
    });
  }

  function shapes(c, lines, view) {
    c.beginPath();
    lines.forEach(function (line) { if (line.length > 3) trace(c, line, view); });
    c.stroke();
  }

  d.LETTERED = { text: true, area: true, room: true, dimension: true, override: true };
  d.DIMMED = 0.22; // how much is seen of the other differences while one is pointed at
  d.drawDifference = function (c, one, view, shown, chosen) {
    var wide = (chosen ? 1.5 : 1) * (d.LETTERED[one.what] ? 0.4 : 1); // a box around lettering must leave it legible
    c.save();
    if (chosen === 'dimmed') { c.globalAlpha = d.DIMMED; wide /= 1.5; }
    if (chosen === 'pointed') {
      c.setLineDash([]); c.strokeStyle = d.INK.chosen; c.lineWidth = 13; c.lineCap = c.lineJoin = 'round'; c.globalAlpha = 0.75;
      if (shown.removed) shapes(c, one.before, view);
      if (shown.added) shapes(c, one.after, view);
      c.globalAlpha = 1; c.lineCap = 'butt'; c.lineJoin = 'miter';
    }
    if (shown.removed && one.before.length) {
      c.setLineDash([]); c.strokeStyle = '#fff'; c.lineWidth = d.LETTERED[one.what] ? 0.1 : 5 * wide; shapes(c, one.before, view);
      c.setLineDash([7, 4]); c.strokeStyle = d.INK.removed; c.lineWidth = 2 * wide; shapes(c, one.before, view);
    }
    if (shown.added && one.after.length) {
      c.setLineDash([]); c.strokeStyle = d.INK.added; c.lineWidth = 3.2 * wide; shapes(c, one.after, view);
    }
    if (shown.added && one.letters) newLetters(c, one, view);
    if (shown.removed && shown.added && one.op === 'moved') arrow(c, one, view);
    c.restore();
  };

  // what a text says that was added or moved, in the box where it now stands: its lower edge first
  function newLetters(c, one, view) {
    var box = one.after[0], x = d.px(view, box[0]), y = d.py(view, box[1]), size = Math.hypot(box[6] - box[0], box[7] - box[1]) * view.scale / CAPITAL;
    if (size < 3) return;
    c.translate(x, y);
    c.rotate(Math.atan2(d.py(view, box[3]) - y, d.px(view, box[2]) - x));
    c.font = size.toFixed(1) + 'px ' + d.FONT;
    c.fillStyle = d.INK.added;
    c.textAlign = 'left';
    c.textBaseline = 'alphabetic';
    c.fillText(one.letters, 0, 0, Math.hypot(box[2] - box[0], box[3] - box[1]) * view.scale * 1.3);
    c.setTransform(window.devicePixelRatio || 1, 0, 0, window.devicePixelRatio || 1, 0, 0);
  }

  function middle(lines) {
    var x = 0, y = 0, n = 0;
    lines.forEach(function (line) { for (var i = 0; i < line.length; i += 2) { x += line[i]; y += line[i + 1]; n++; } });
    return n ? [x / n, y / n] : null;
  }

  function arrow(c, one, view) {
    var a = middle(one.before), b = middle(one.after);
    if (!a || !b) return;
    var x1 = d.px(view, a[0]), y1 = d.py(view, a[1]), x2 = d.px(view, b[0]), y2 = d.py(view, b[1]), far = Math.hypot(x2 - x1, y2 - y1);
    if (far < 8) return;
    var ux = (x2 - x1) / far, uy = (y2 - y1) / far;
    c.setLineDash([]); c.strokeStyle = d.INK.dark; c.lineWidth = 1.4;
    c.beginPath();
    c.moveTo(x1, y1); c.lineTo(x2, y2);
    c.moveTo(x2 - 7 * ux + 4 * uy, y2 - 7 * uy - 4 * ux); c.lineTo(x2, y2); c.lineTo(x2 - 7 * ux - 4 * uy, y2 - 7 * uy + 4 * ux);
    c.stroke();
  }

  // the sign of a kind of difference: a ring with −, +, → or Δ as strokes
  d.drawSign = function (c, op, x, y, r) {
    var s = r * 0.55;
    c.save();
    c.setLineDash([]);
    c.beginPath(); c.arc(x, y, r, 0, 7); c.fillStyle = '#fff'; c.fill();
    c.strokeStyle = d.INK.dark; c.lineWidth = 1; c.stroke();
    c.lineWidth = 1.8;
    c.beginPath();
    if (op === 'removed' || op === 'added' || op === 'moved') { c.moveTo(x - s, y); c.lineTo(x + s, y); }
    if (op === 'added') { c.moveTo(x, y - s); c.lineTo(x, y + s); }
    if (op === 'moved') { c.moveTo(x + s * 0.2, y - s * 0.7); c.lineTo(x + s, y); c.lineTo(x + s * 0.2, y + s * 0.7); }
    if (op === 'changed') { c.moveTo(x, y - s); c.lineTo(x + s, y + s * 0.8); c.lineTo(x - s, y + s * 0.8); c.closePath(); }
    c.stroke();
    c.restore();
  };

  // a number on a rhomb: a clue that the list beside the picture tells
  d.drawNumber = function (c, said, x, y) {
    c.save();
    c.setLineDash([]);
    c.beginPath(); c.moveTo(x, y - 12); c.lineTo(x + 12, y); c.lineTo(x, y + 12); c.lineTo(x - 12, y); c.closePath();
    c.fillStyle = '#fff'; c.fill(); c.strokeStyle = d.INK.cloud; c.lineWidth = 1.6; c.stroke();
    c.fillStyle = d.INK.cloud; c.font = 'bold 11px ' + d.FONT; c.textAlign = 'center'; c.textBaseline = 'middle';
    c.fillText(said, x, y + 0.5);
    c.restore();
  };

  // a cloud around the box of a set, bulging outwards, with its number
  d.drawCloud = function (c, set, view, chosen) {
    var off = 14, x1 = d.px(view, set.box[0]) - off, x2 = d.px(view, set.box[2]) + off, y1 = d.py(view, set.box[3]) - off, y2 = d.py(view, set.box[1]) + off;
    if (x2 < 0 || x1 > view.width || y2 < 0 || y1 > view.height) return;
    c.save();
    c.setLineDash([]);
    c.strokeStyle = d.INK.cloud;
    c.lineWidth = chosen ? 2.6 : 1.3;
    c.beginPath();
    c.moveTo(x1, y1);
    d.bulges(c, x1, y1, x2, y1); d.bulges(c, x2, y1, x2, y2); d.bulges(c, x2, y2, x1, y2); d.bulges(c, x1, y2, x1, y1);
    c.stroke();
    c.beginPath(); c.arc(x2, y1, 11, 0, 7); c.fillStyle = chosen ? d.INK.cloud : '#fff'; c.fill(); c.stroke();
    c.fillStyle = chosen ? '#fff' : d.INK.cloud;
    c.font = 'bold 12px ' + d.FONT; c.textAlign = 'center'; c.textBaseline = 'middle';
    c.fillText(String(set.number), x2, y1 + 0.5);
    c.restore();
  };

  d.bulges = function (c, x1, y1, x2, y2) {
    var far = Math.hypot(x2 - x1, y2 - y1), n = Math.max(1, Math.min(200, Math.round(far / 16))), turn = Math.atan2(y2 - y1, x2 - x1);
    for (var i = 0; i < n; i++) {
      var x = x1 + (x2 - x1) * (i + 0.5) / n, y = y1 + (y2 - y1) * (i + 0.5) / n;
      c.arc(x, y, far / n / 2, turn + Math.PI, turn, false);
    }
  };

  function wide(ring) {
    var least = Infinity, most = -Infinity;
    for (var i = 0; i < ring.length; i += 2) { least = Math.min(least, ring[i]); most = Math.max(most, ring[i]); }
    return most - least;
  }

  // outlines and rooms of what was understood; rings are flat lists
  d.drawPlans = function (c, plans, view) {
    c.save();
    plans.forEach(function (plan) {
      c.setLineDash(plan.room ? [3, 3] : []);
      c.strokeStyle = plan.room ? d.INK.room : d.INK.outline;
      c.lineWidth = plan.room ? 1 : 2.4;
      c.beginPath();
      plan.rings.forEach(function (ring) { trace(c, ring, view); c.closePath(); });
      c.globalAlpha = plan.room ? 0.06 : 0.04;
      c.fillStyle = d.INK.outline;
      c.fill('evenodd');
      c.globalAlpha = 1;
      c.stroke();
      if (!plan.said) return;
      c.font = (plan.room ? '12px ' : 'bold 13px ') + d.FONT;
      if (plan.room && c.measureText(plan.said).width > 1.3 * wide(plan.rings[0]) * view.scale) return; // too small to be told apart: zoom in
      c.textAlign = 'center';
      c.lineWidth = 4; c.strokeStyle = '#fff'; c.fillStyle = d.INK.outline; c.setLineDash([]);
      var x = d.px(view, plan.at[0]), y = d.py(view, plan.at[1]) - 8;
      c.strokeText(plan.said, x, y);
      c.fillText(plan.said, x, y);
    });
    c.restore();
  };
})(window.drawings);
