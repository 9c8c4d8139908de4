// The reference layers: outlines, lines and points, kept as fractions of the world square and drawn on the sheet's canvas.
(function (r) {
  'use strict';

  var POINT_UNITS = 1e6, OUTLINE_UNITS = 1e5, LABEL_ZOOM = { county_boundaries: 8, county_seats: 0, townships: 10.5, industrial_parks: 10, scenic_areas: 10, functional_zones: 8.5 };

  r.worldX = function (lon) { return lon / 360 + 0.5; };
  r.worldY = function (lat) {
    var s = Math.sin(lat * Math.PI / 180);
    return 0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI);
  };
  r.metresAcross = function (y) { // metres in one width of the world at this height of the world square
    return 40075016.686 / Math.cosh((0.5 - y) * 2 * Math.PI);
  };

  // two packed columns of degrees → positions on the world square
  r.positions = function (lons, lats) {
    var lon = r.numbers(lons), lat = r.numbers(lats);
    for (var i = 0; i < lon.length; i++) { lon[i] = r.worldX(lon[i] / POINT_UNITS); lat[i] = r.worldY(lat[i] / POINT_UNITS); }
    return { x: lon, y: lat };
  };

  function paths(columns) {
    var shape = r.numbers(columns[0]), closed = r.numbers(columns[1]), size = r.numbers(columns[2]);
    var firstX = r.numbers(columns[3]), firstY = r.numbers(columns[4]), stepX = r.numbers(columns[5]), stepY = r.numbers(columns[6]);
    var made = [], step = 0;
    for (var p = 0; p < size.length; p++) {
      var points = new Float64Array(size[p] * 2), x = firstX[p], y = firstY[p];
      var box = [Infinity, Infinity, -Infinity, -Infinity];
      for (var i = 0; i < size[p]; i++) {
        if (i) { x += stepX[step]; y += stepY[step]; step++; }
        var wx = points[2 * i] = r.worldX(x / OUTLINE_UNITS), wy = points[2 * i + 1] = r.worldY(y / OUTLINE_UNITS);
        if (wx < box[0]) box[0] = wx;
        if (wy < box[1]) box[1] = wy;
        if (wx > box[2]) box[2] = wx;
        if (wy > box[3]) box[3] = wy;
      }
      made.push({ shape: shape[p], closed: closed[p] === 1, points: points, box: box });
    }
    return made;
  }

  r.ground = function (columns, said) {
    var name = r.texts(said.names), details = r.texts(said.details), category = r.texts(said.classes);
    var layer = {
      id: said.id, title: said.title, said: said, shown: said.shown, name: name, details: details, category: category,
      at: r.positions(columns[0], columns[1]), paths: paths(columns.slice(2)), uncertainty: r.numbers(said.uncertainty)
    };
    layer.drawn = layer.at.x.length - said.unplaced;
    layer.outlined = {};
    layer.paths.forEach(function (path) { (layer.outlined[path.shape] = layer.outlined[path.shape] || []).push(path); });
    layer.classes = [];
    for (var i = 0; i < layer.at.x.length; i++) {
      if (said.classes && layer.classes.indexOf(category(i)) < 0) layer.classes.push(category(i));
    }
    return layer;
  };

  function trace(c, path, view) {
    var p = path.points;
    c.moveTo(p[0] * view.scale - view.x, p[1] * view.scale - view.y);
    for (var i = 2; i < p.length; i += 2) c.lineTo(p[i] * view.scale - view.x, p[i + 1] * view.scale - view.y);
    if (path.closed) c.closePath();
  }

  function seen(box, view) {
    return box[2] * view.scale - view.x > view.left && box[0] * view.scale - view.x < view.right &&
      box[3] * view.scale - view.y > view.top && box[1] * view.scale - view.y < view.bottom;
  }

  r.drawOutlines = function (c, layer, view) {
    Object.keys(layer.outlined).forEach(function (key) {
      var rings = layer.outlined[key].filter(function (path) { return seen(path.box, view); });
      if (!rings.length) return;
      c.beginPath();
      rings.forEach(function (path) { trace(c, path, view); });
      c.setLineDash([]);
      c.strokeStyle = r.layerInk(layer.id);
      c.lineWidth = 1.2;
      if (layer.id === 'functional_zones') {
        c.fillStyle = r.hatch(c, layer.classes.indexOf(layer.category(+key)));
        c.fill('evenodd');
        c.lineWidth = 0.8;
      } else if (layer.id === 'county_boundaries') {
        c.setLineDash([9, 3, 2, 3]);
      } else if (layer.id === 'rivers') {
        c.lineWidth = 1.8;
      } else if (rings[0].closed) {
        c.globalAlpha = 0.12; c.fillStyle = r.layerInk(layer.id); c.fill('evenodd'); c.globalAlpha = 1;
      }
      c.stroke();
      c.setLineDash([]);
    });
  };

  r.drawPoints = function (c, layer, view, labels) {
    var size = layer.id === 'county_seats' ? 6 : (view.zoom < 9 ? 3.5 : 5), many = layer.drawn > 1000 && view.zoom < 8;
    for (var i = 0; i < layer.at.x.length; i++) {
      var x = layer.at.x[i] * view.scale - view.x, y = layer.at.y[i] * view.scale - view.y;
      if (!(x > view.left && x < view.right && y > view.top && y < view.bottom)) continue;
      var point = !layer.outlined[i];
      if (point && many) { c.fillStyle = r.layerInk(layer.id); c.fillRect(x - 1, y - 1, 2, 2); continue; }
      if (point) r.drawSign(c, layer.id, x, y, size);
      if (layer.id === 'rivers' || view.zoom < (LABEL_ZOOM[layer.id] || 0) || layer.drawn > 300 && view.zoom < 8) continue;
      var style = layer.id === 'county_boundaries' ? 'county' : layer.id === 'county_seats' ? 'seat' : 'point';
      if (layer.id === 'functional_zones') labels.push([layer.category(i), x, y + 15, 'area', 5]);
      else if (layer.name(i)) labels.push([layer.name(i), x, point ? y + size + 8 : y, style, style === 'seat' ? 1 : 4, layer.id + '/' + i]);
    }
  };

  // the shape of this layer at a point of the world square (areas), or the nearest point symbol within reach
  r.groundAt = function (layer, wx, wy, within) {
    var best = -1, nearest = within * within;
    for (var i = 0; i < layer.at.x.length; i++) {
      if (layer.outlined[i]) continue;
      var dx = layer.at.x[i] - wx, dy = layer.at.y[i] - wy, far = dx * dx + dy * dy;
      if (far <= nearest) { nearest = far; best = i; }
    }
    if (best >= 0 || layer.id === 'county_boundaries') return best;
    Object.keys(layer.outlined).forEach(function (key) {
      var odd = false;
      layer.outlined[key].forEach(function (path) { if (path.closed && inside(path, wx, wy)) odd = !odd; });
      if (odd) best = +key;
    });
    return best;
  };

  function inside(path, x, y) {
    var p = path.points, odd = false;
    if (x < path.box[0] || x > path.box[2] || y < path.box[1] || y > path.box[3]) return false;
    for (var i = 0, j = p.length - 2; i < p.length; j = i, i += 2) {
      if ((p[i + 1] > y) !== (p[j + 1] > y) && x < (p[j] - p[i]) * (y - p[i + 1]) / (p[j + 1] - p[i + 1]) + p[i]) odd = !odd;
    }
    return odd;
  }
})(window.relocation);
