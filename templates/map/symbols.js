// The symbols: one colour and one shape an outcome, told apart in black and white and by colour-blind eyes too.
(function (r) {
  'use strict';

  // in the order of the outcome numbers: pass, fail, review, no-data, not-applicable; the last stands for "not checked"
  r.COLOURS = ['#2166a5', '#b3261e', '#e3a008', '#59636e', '#8b949e', '#8b949e'];
  var INK = '#20262d', PAPER = '#ffffff';
  var SHAPES = [circle, triangle, diamond, square, ring, ring];
  r.DRAW_ORDER = [5, 4, 0, 3, 2, 1]; // the worst on top
  r.WORST_FIRST = [1, 2, 3, 0, 4, 5];

  function circle(c, x, y, s) { c.arc(x, y, s * 0.92, 0, 7); }
  function ring(c, x, y, s) { c.arc(x, y, s * 0.62, 0, 7); }
  function square(c, x, y, s) { c.rect(x - s * 0.85, y - s * 0.85, s * 1.7, s * 1.7); }
  function triangle(c, x, y, s) {
    c.moveTo(x, y - s * 1.25); c.lineTo(x + s * 1.2, y + s * 0.9); c.lineTo(x - s * 1.2, y + s * 0.9); c.closePath();
  }
  function diamond(c, x, y, s) {
    c.moveTo(x, y - s * 1.25); c.lineTo(x + s * 1.25, y); c.lineTo(x, y + s * 1.25); c.lineTo(x - s * 1.25, y); c.closePath();
  }

  r.drawPlace = function (c, outcome, x, y, s) {
    var hollow = outcome >= 3;
    c.beginPath();
    SHAPES[outcome](c, x, y, s);
    c.fillStyle = hollow ? PAPER : r.COLOURS[outcome];
    c.strokeStyle = hollow ? r.COLOURS[outcome] : (outcome === 2 ? INK : PAPER);
    c.lineWidth = hollow ? 2 : 1;
    c.fill();
    c.stroke();
    if (outcome === 1 && s >= 5) { // a bar tells the triangle from any other dark spot on a bad print
      c.beginPath();
      c.moveTo(x, y - s * 0.45); c.lineTo(x, y + s * 0.25);
      c.moveTo(x, y + s * 0.5); c.lineTo(x, y + s * 0.62);
      c.strokeStyle = PAPER; c.lineWidth = Math.max(1.2, s * 0.24); c.stroke();
    }
  };

  // one small picture an outcome and size: 35,000 of them are stamped in one frame
  var stamps = {};
  r.stamp = function (outcome, size, ratio) {
    var key = outcome + '/' + size + '/' + ratio;
    if (!stamps[key]) {
      var box = Math.ceil(size * 2.7) + 4, canvas = document.createElement('canvas');
      canvas.width = canvas.height = box * ratio;
      var c = canvas.getContext('2d');
      c.scale(ratio, ratio);
      r.drawPlace(c, outcome, box / 2, box / 2, size);
      stamps[key] = { canvas: canvas, box: box };
    }
    return stamps[key];
  };

  // reference layers, quieter than the places; the conventional signs where there are any
  var LAYER_INK = {
    county_boundaries: '#6f7a85', county_seats: '#2b333b', townships: '#4b5661', industrial_parks: '#6a4a86',
    scenic_areas: '#1f6b4a', rivers: '#8db7d8', functional_zones: '#7d8a5b'
  };
  r.layerInk = function (id) { return LAYER_INK[id] || '#4b5661'; };

  var SIGNS = {
    county_seats: function (c, x, y, s) {
      c.beginPath(); c.arc(x, y, s * 1.15, 0, 7); c.fill(); c.stroke();
      c.beginPath(); c.arc(x, y, s * 0.5, 0, 7); c.fillStyle = c.strokeStyle; c.fill();
    },
    townships: function (c, x, y, s) {
      c.beginPath(); c.arc(x, y, s * 0.72, 0, 7); c.fill(); c.stroke();
    },
    industrial_parks: function (c, x, y, s) { // a works with a saw-tooth roof
      c.beginPath();
      c.moveTo(x - s, y + s * 0.8); c.lineTo(x - s, y - s * 0.7); c.lineTo(x - s * 0.2, y - s * 0.1); c.lineTo(x - s * 0.2, y - s * 0.7);
      c.lineTo(x + s * 0.55, y - s * 0.1); c.lineTo(x + s, y - s * 0.1); c.lineTo(x + s, y + s * 0.8); c.closePath();
      c.fill(); c.stroke();
    },
    scenic_areas: function (c, x, y, s) { // two peaks
      c.beginPath();
      c.moveTo(x - s * 1.2, y + s * 0.8); c.lineTo(x - s * 0.3, y - s * 0.8); c.lineTo(x + s * 0.2, y);
      c.lineTo(x + s * 0.5, y - s * 0.35); c.lineTo(x + s * 1.2, y + s * 0.8); c.closePath();
      c.fill(); c.stroke();
    }
  };
  r.drawSign = function (c, id, x, y, s) {
    c.fillStyle = PAPER; c.strokeStyle = r.layerInk(id); c.lineWidth = 1.5;
    (SIGNS[id] || SIGNS.townships)(c, x, y, s);
  };

  // hatching by class: told apart without colour
  var HATCHES = {};
  r.hatch = function (c, number) {
    var kind = number % 4;
    if (!HATCHES[kind]) {
      var canvas = document.createElement('canvas');
      canvas.width = canvas.height = 10;
      var h = canvas.getContext('2d');
      h.strokeStyle = h.fillStyle = ['rgba(62,110,72,.34)', 'rgba(150,112,38,.40)', 'rgba(70,90,140,.30)', 'rgba(110,70,110,.30)'][kind];
      h.lineWidth = 1;
      h.beginPath();
      if (kind === 0) { h.moveTo(-1, 11); h.lineTo(11, -1); h.moveTo(-1, 1); h.lineTo(1, -1); h.moveTo(9, 11); h.lineTo(11, 9); h.stroke(); }
      if (kind === 1) { h.arc(2.5, 2.5, 1, 0, 7); h.fill(); h.beginPath(); h.arc(7.5, 7.5, 1, 0, 7); h.fill(); }
      if (kind === 2) { h.moveTo(0, 5.5); h.lineTo(10, 5.5); h.stroke(); }
      if (kind === 3) { h.moveTo(5.5, 0); h.lineTo(5.5, 10); h.stroke(); }
      HATCHES[kind] = c.createPattern(canvas, 'repeat');
    }
    return HATCHES[kind];
  };

  // a small picture for legend, list and card
  r.icon = function (paint, size) {
    var canvas = r.make('canvas', 'icon'), ratio = 2;
    canvas.width = canvas.height = size * ratio;
    canvas.style.width = canvas.style.height = size + 'px';
    canvas.setAttribute('aria-hidden', 'true');
    var c = canvas.getContext('2d');
    c.scale(ratio, ratio);
    paint(c, size / 2);
    return canvas;
  };
  r.outcomeIcon = function (outcome) {
    return r.icon(function (c, middle) { r.drawPlace(c, outcome, middle, middle, 6); }, 18);
  };
})(window.relocation);
