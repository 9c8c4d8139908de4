// One canvas for everything: it moves with the map, and is drawn again when the map rests or a new edge comes into view.
(function (r) {
  'use strict';

  var SPARE = 0.25; // drawn beyond each edge, as a share of the view

  r.Sheet = L.Renderer.extend({
    options: { padding: SPARE },
    initialize: function (state) {
      L.Renderer.prototype.initialize.call(this, {});
      this._state = state;
    },
    getEvents: function () {
      var events = L.Renderer.prototype.getEvents.call(this);
      events.move = this._follow;
      return events;
    },
    _initContainer: function () {
      this._container = r.make('canvas', 'sheet');
      this._pen = this._container.getContext('2d');
    },
    _destroyContainer: function () { L.DomUtil.remove(this._container); },
    _updatePaths: function () {},
    _reset: function () {
      this._update();
      this._updateTransform(this._center, this._zoom);
    },
    _follow: function () {
      var view = this._map.getPixelBounds(), origin = this._map.getPixelOrigin();
      if (!this._bounds || this._map._animatingZoom) return;
      if (view.min.x - origin.x < this._bounds.min.x || view.min.y - origin.y < this._bounds.min.y ||
          view.max.x - origin.x > this._bounds.max.x || view.max.y - origin.y > this._bounds.max.y) this._update();
    },
    _update: function () {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      var lies = [this._bounds.min, this._bounds.max, this._map.getPixelOrigin(), this._map.getZoom()].join();
      if (lies === this._lies) return; // a drag ends where its last move was drawn already
      this._lies = lies;
      var box = this._bounds, size = box.getSize(), ratio = Math.min(2, window.devicePixelRatio || 1), canvas = this._container;
      L.DomUtil.setPosition(canvas, box.min);
      canvas.width = Math.round(size.x * ratio);
      canvas.height = Math.round(size.y * ratio);
      canvas.style.width = size.x + 'px';
      canvas.style.height = size.y + 'px';
      this._pen.setTransform(ratio, 0, 0, ratio, -box.min.x * ratio, -box.min.y * ratio);
      this._ratio = ratio;
      this.draw();
    },

    // how the world square lies under the canvas now
    view: function () {
      var origin = this._map.getPixelOrigin(), box = this._bounds, zoom = this._map.getZoom(), seen = this._map.containerPointToLayerPoint([0, 0]);
      return {
        scale: 256 * Math.pow(2, zoom), x: origin.x, y: origin.y, zoom: zoom, left: box.min.x - 20, right: box.max.x + 20, top: box.min.y - 20, bottom: box.max.y + 20,
        seenLeft: seen.x + 4, seenRight: seen.x + this._map.getSize().x - 4
      };
    },

    draw: function () {
      if (!this._map || !this._bounds) return;
      var c = this._pen, view = this.view(), state = this._state, labels = [], box = this._bounds;
      c.clearRect(box.min.x, box.min.y, box.max.x - box.min.x, box.max.y - box.min.y);
      ['functional_zones', 'county_boundaries', ''].forEach(function (id) { // areas under lines under everything else
        state.layers.forEach(function (layer) {
          var first = layer.id === 'functional_zones' || layer.id === 'county_boundaries';
          if (layer.shown && (first ? layer.id === id : id === '')) r.drawOutlines(c, layer, view);
        });
      });
      state.layers.forEach(function (layer) { if (layer.shown) r.drawPoints(c, layer, view, labels); });
      for (var g = state.groups.length - 1; g >= 0; g--) this._places(c, state.groups[g], view, labels);
      var lines = state.chosen && state.chosen.lines || [];
      labels = labels.filter(function (label) { return !lines.some(function (line) { return line.key === label[5]; }); });
      this._selected(c, view, labels);
      r.drawLabels(c, labels, view);
      state.frames = (state.frames || 0) + 1;
    },

    _places: function (c, group, view, labels) {
      if (!group.shown) return;
      var size = (view.zoom < 7 ? 3 : view.zoom < 9 ? 4.5 : view.zoom < 11 ? 6 : 7) * (group.house ? 0.72 : 1), ratio = this._ratio, seen = [];
      r.DRAW_ORDER.forEach(function (outcome) {
        var stamp = r.stamp(outcome, size, ratio), half = stamp.box / 2, rows = group.byOutcome[outcome], cells = new Set(), crowded = rows.length > 4000;
        for (var k = 0; k < rows.length; k++) {
          var i = rows[k], x = group.at.x[i] * view.scale - view.x, y = group.at.y[i] * view.scale - view.y;
          if (!(x > view.left && x < view.right && y > view.top && y < view.bottom)) continue;
          if (crowded) { // one picture of a kind every three pixels: more would not be seen
            var cell = Math.round(x / 3) * 65536 + Math.round(y / 3);
            if (cells.has(cell)) continue;
            cells.add(cell);
          }
          c.drawImage(stamp.canvas, x - half, y - half, stamp.box, stamp.box);
          if (seen.length < 161) seen.push([i, x, y]);
        }
      });
      if (seen.length > 160 || view.zoom < 9) return;
      seen.forEach(function (one) { labels.push(['', one[1], one[2], '', 2, size - 1]); });
      if (group.house) return;
      var chosen = this._state.chosen;
      seen.forEach(function (one) { if (!chosen || chosen.group !== group || chosen.row !== one[0]) labels.push([group.name(one[0]), one[1], one[2] + size + 9, 'place', 3]); });
    },

    _selected: function (c, view, labels) {
      var chosen = this._state.chosen;
      if (!chosen) return;
      var x = chosen.x * view.scale - view.x, y = chosen.y * view.scale - view.y;
      if (!(x === x)) return;
      this._circle(c, view, chosen.x, chosen.y, chosen.uncertainty, '#14191e');
      if (chosen.group) this._lines(c, view, chosen, x, y, labels);
      c.beginPath(); c.arc(x, y, 14, 0, 7); c.strokeStyle = '#ffffff'; c.lineWidth = 5; c.stroke();
      c.beginPath(); c.arc(x, y, 14, 0, 7); c.strokeStyle = '#14191e'; c.lineWidth = 2; c.stroke();
      if (chosen.group) r.drawPlace(c, chosen.group.outcome[chosen.row], x, y, 7);
      labels.push([chosen.label, x, y - 24, 'line', 0], ['', x, y, '', 0, 14]);
    },

    _lines: function (c, view, chosen, x, y, labels) {
      var sheet = this;
      chosen.lines.forEach(function (line) {
        var tx = line.x * view.scale - view.x, ty = line.y * view.scale - view.y;
        if (!(tx === tx)) return;
        sheet._circle(c, view, line.x, line.y, line.uncertainty, r.layerInk(line.layer.id));
        c.beginPath(); c.moveTo(x, y); c.lineTo(tx, ty);
        c.strokeStyle = 'rgba(255,255,255,.85)'; c.lineWidth = 4; c.stroke();
        c.setLineDash([7, 4]);
        c.strokeStyle = r.layerInk(line.layer.id); c.lineWidth = 1.8; c.stroke();
        c.setLineDash([]);
        r.drawSign(c, line.layer.id, tx, ty, 7);
        var far = Math.sqrt((tx - x) * (tx - x) + (ty - y) * (ty - y));
        if (far > 30) labels.push([line.name + ' ' + line.distance, tx, ty + (ty < y ? -17 : 17), 'line', 0.5]);
      });
    },

    // how far the true position may lie from the drawn one
    _circle: function (c, view, wx, wy, metres, ink) {
      if (!(metres > 0)) return;
      var radius = metres / r.metresAcross(wy) * view.scale;
      if (radius < 4) return;
      c.beginPath(); c.arc(wx * view.scale - view.x, wy * view.scale - view.y, radius, 0, 7);
      c.globalAlpha = 0.06; c.fillStyle = ink; c.fill(); c.globalAlpha = 0.75;
      c.setLineDash([2, 4]); c.strokeStyle = ink; c.lineWidth = 1.2; c.stroke();
      c.setLineDash([]); c.globalAlpha = 1;
    }
  });

  // the places under a point of the map, the nearest first
  r.placesAt = function (state, view, point, within) {
    var hits = [];
    state.groups.forEach(function (group) {
      if (!group.shown) return;
      r.DRAW_ORDER.forEach(function (outcome) {
        var rows = group.byOutcome[outcome];
        for (var k = 0; k < rows.length; k++) {
          var dx = group.at.x[rows[k]] * view.scale - view.x - point.x, dy = group.at.y[rows[k]] * view.scale - view.y - point.y, far = dx * dx + dy * dy;
          if (far <= within * within) hits.push({ group: group, row: rows[k], far: far });
        }
      });
    });
    return hits.sort(function (a, b) { return a.far - b.far || r.WORST_FIRST.indexOf(a.group.outcome[a.row]) - r.WORST_FIRST.indexOf(b.group.outcome[b.row]); });
  };
})(window.relocation);
