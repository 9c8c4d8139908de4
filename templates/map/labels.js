// Names on the canvas: the more important first, none over another.
(function (r) {
  'use strict';

  var FONT = '"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC","WenQuanYi Micro Hei",SimHei,Arial,sans-serif';
  var STYLES = {
    county: ['15px ', '#7a858f', 3], seat: ['bold 13px ', '#20262d', 3], point: ['11.5px ', '#3f4a54', 3],
    area: ['11px ', '#5f6b45', 3], place: ['12px ', '#14191e', 3], line: ['bold 12px ', '#14191e', 4]
  };
  r.FONT = FONT;

  // labels: [text, x, y, style, rank, which]; no text keeps the place free, `which` pixels around; a smaller rank goes first and is never pushed out by a larger one
  r.drawLabels = function (c, labels, view) {
    var taken = [], most = 600;
    labels.sort(function (a, b) { return a[4] - b[4]; });
    c.textAlign = 'center';
    c.textBaseline = 'middle';
    c.lineJoin = 'round';
    for (var i = 0; i < labels.length && taken.length < most; i++) {
      var label = labels[i], style = STYLES[label[3]];
      if (!label[0]) { var r0 = label[5]; taken.push([label[1] - r0, label[2] - r0, label[1] + r0, label[2] + r0]); continue; } // room kept for a symbol
      c.font = style[0] + FONT;
      var text = label[0].length > 24 ? label[0].slice(0, 23) + '…' : label[0];
      if (label[3] === 'line') text = label[0];
      var half = c.measureText(text).width / 2 + 3, x = label[1], y = label[2];
      if (label[3] === 'line') x = Math.max(view.seenLeft + half, Math.min(view.seenRight - half, x));
      var box = [x - half, y - 9, x + half, y + 9];
      if (label[4] > 0 && taken.some(function (t) { return t[0] < box[2] && t[2] > box[0] && t[1] < box[3] && t[3] > box[1]; })) continue;
      taken.push(box);
      c.strokeStyle = 'rgba(255,255,255,.94)';
      c.lineWidth = style[2];
      c.strokeText(text, x, y);
      c.fillStyle = style[1];
      c.fillText(text, x, y);
    }
  };
})(window.relocation);
