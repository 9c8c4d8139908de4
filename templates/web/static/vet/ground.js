// The ground cell by cell, drawn on tiles: every run of like cells at its own place, told apart by pattern as well as by colour.
(function (v) {
  "use strict";

  const KINDS = ["pass", "save", "unknown", "close", "review", "fail"];
  const INK = { pass: "#1d5c95", save: "#1d5c95", unknown: "#525f69", close: "#8a5a00", review: "#8a5a00", fail: "#b3261e" };
  const WASH = { pass: "rgba(29,92,149,.50)", save: "rgba(29,92,149,.26)", unknown: "rgba(82,95,105,.10)", close: "rgba(227,160,8,.22)", review: "rgba(227,160,8,.05)", fail: "rgba(179,38,30,.30)" };

  v.kinds = KINDS;

  function stroke(c, lines, ink, width) {
    c.strokeStyle = ink;
    c.lineWidth = width;
    c.beginPath();
    for (const [x0, y0, x1, y1] of lines) { c.moveTo(x0, y0); c.lineTo(x1, y1); }
    c.stroke();
  }

  // eight pixels square, so that tiles meet without a seam
  function tile(kind) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 8;
    const c = canvas.getContext("2d");
    c.fillStyle = WASH[kind];
    c.fillRect(0, 0, 8, 8);
    const rising = [[0, 8, 8, 0], [-4, 4, 4, -4], [4, 12, 12, 4]], falling = [[0, 0, 8, 8], [-4, 4, 4, 12], [4, -4, 12, 4]];
    if (kind === "save") stroke(c, rising, "rgba(29,92,149,.75)", 1);
    if (kind === "close") stroke(c, [...rising, ...falling], "rgba(138,90,0,.55)", 0.8);
    if (kind === "review") stroke(c, [[0, 4, 8, 4]], "rgba(138,90,0,.16)", 0.8);
    if (kind === "fail") stroke(c, falling, INK.fail, 2);
    if (kind === "unknown") { c.fillStyle = INK.unknown; c.fillRect(3, 3, 2, 2); }
    return canvas;
  }

  const tiles = {};
  function pattern(c, kind) {
    tiles[kind] = tiles[kind] || tile(kind);
    return c.createPattern(tiles[kind], "repeat");
  }

  v.swatch = function (kind) {
    const canvas = v.make("canvas", "swatch");
    canvas.width = 32;
    canvas.height = 16;
    const c = canvas.getContext("2d");
    c.fillStyle = pattern(c, kind);
    c.fillRect(0, 0, 32, 16);
    canvas.setAttribute("aria-hidden", "true");
    return canvas;
  };

  // the class by all checks, or by the one chosen: the digits of a run's number are the checks' classes
  v.classOf = function (value, area, only) {
    let worst = 0;
    for (const check of area.checks) {
      const digit = value % area.base;
      value = Math.floor(value / area.base);
      if ((!only || only === check.id) && digit > worst) worst = digit;
    }
    return worst;
  };

  v.Ground = L.GridLayer.extend({
    initialize: function (options) {
      L.GridLayer.prototype.initialize.call(this, { ...options, pane: "overlayPane", updateWhenIdle: true });
      this.area = null;
      this.only = "";
    },
    show: function (area, only) {
      this.area = area;
      this.only = only;
      this.redraw();
    },
    createTile: function (coords) {
      const canvas = document.createElement("canvas"), size = this.getTileSize();
      canvas.width = size.x;
      canvas.height = size.y;
      if (this.area) paint(canvas.getContext("2d"), this.area, this.only, this._map, coords, size);
      return canvas;
    },
  });

  function paint(c, area, only, map, coords, size) {
    const world = 256 * 2 ** coords.z, left = coords.x * size.x, top = coords.y * size.y;
    const x = (lon) => ((lon + 180) / 360) * world - left, y = (lat) => map.project([lat, 0], coords.z).y - top;
    const north = map.unproject([left, top], coords.z).lat, south = map.unproject([left, top + size.y], coords.z).lat;
    const first = Math.max(0, Math.floor((south - area.south) / area.high)), last = Math.min(area.rows - 1, Math.ceil((north - area.south) / area.high));
    const fills = KINDS.map((kind) => pattern(c, kind)), known = new Map();
    for (let row = first; row <= last; row++) {
      const runs = area.runs[row], low = y(area.south + row * area.high), high = y(area.south + (row + 1) * area.high);
      for (let at = 0; at < runs.length; at += 3) {
        const begin = x(area.west + runs[at] * area.wide), end = x(area.west + (runs[at] + runs[at + 1]) * area.wide);
        if (end < 0 || begin > size.x) continue;
        if (!known.has(runs[at + 2])) known.set(runs[at + 2], v.classOf(runs[at + 2], area, only));
        c.fillStyle = fills[known.get(runs[at + 2])];
        c.fillRect(begin, high, end - begin, low - high);
      }
    }
  }
})(window.vet);
