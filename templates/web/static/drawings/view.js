// One canvas with its view: drag, wheel, pinch and buttons move it; views may be tied together so that what one shows the other shows.
(function (d) {
  'use strict';

  var CLICK_PX = 5, MOST_ZOOM = 400;
  d.WHOLE = 0.84; // of the view, so that clouds at the edge of the drawing are seen whole

  // options: label, box (everything), first (what to show first, where it is less), paint(c, view), clicked(world, event), hovered(world)
  d.pane = function (options) {
    var canvas = d.make('canvas', 'dv-canvas'), c = canvas.getContext('2d'), waiting = false, fingers = new Map(), moved = 0, far = 0;
    var pane = { canvas: canvas, view: { scale: 1, x: 0, y: 0, width: 1, height: 1 }, box: options.box, tied: [], fitted: false };
    canvas.tabIndex = 0;
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', options.label);

    pane.draw = function () {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(function () { waiting = false; now(); });
    };

    function now() {
      var ratio = window.devicePixelRatio || 1, w = canvas.clientWidth, h = canvas.clientHeight;
      if (!w || !h) return;
      if (canvas.width !== Math.round(w * ratio) || canvas.height !== Math.round(h * ratio)) {
        canvas.width = Math.round(w * ratio);
        canvas.height = Math.round(h * ratio);
      }
      var grown = pane.view.width !== w || pane.view.height !== h;
      if (grown && pane.fitted) { pane.view.x += (w - pane.view.width) / 2; pane.view.y += (h - pane.view.height) / 2; }
      pane.view.width = w;
      pane.view.height = h;
      if (!pane.fitted) pane.show(options.first || pane.box, d.WHOLE, true);
      c.setTransform(ratio, 0, 0, ratio, 0, 0);
      c.fillStyle = '#fff';
      c.fillRect(0, 0, w, h);
      options.paint(c, pane.view);
      canvas.dataset.drawn = String(Number(canvas.dataset.drawn || 0) + 1);
    }

    // show a box of the world so that it fills `share` of the view
    pane.show = function (box, share, quiet) {
      var v = pane.view, w = Math.max(box[2] - box[0], 1e-6), h = Math.max(box[3] - box[1], 1e-6);
      v.width = canvas.clientWidth || v.width;
      v.height = canvas.clientHeight || v.height;
      v.scale = Math.min(v.width / w, v.height / h) * (share || 0.9);
      v.x = v.width / 2 - (box[0] + box[2]) / 2 * v.scale;
      v.y = v.height / 2 + (box[1] + box[3]) / 2 * v.scale;
      pane.fitted = true;
      if (!quiet) changed();
    };

    // what is seen of the world, null while nothing was drawn yet
    pane.seen = function () {
      var a = d.world(pane.view, 0, pane.view.height), b = d.world(pane.view, pane.view.width, 0);
      return pane.fitted ? [a[0], a[1], b[0], b[1]] : null;
    };

    pane.zoom = function (factor, px, py) {
      var v = pane.view, whole = Math.min(v.width / Math.max(pane.box[2] - pane.box[0], 1e-6), v.height / Math.max(pane.box[3] - pane.box[1], 1e-6));
      var scale = Math.max(whole / 10, Math.min(whole * MOST_ZOOM, v.scale * factor));
      factor = scale / v.scale;
      if (px === undefined) { px = v.width / 2; py = v.height / 2; }
      v.x = px - (px - v.x) * factor;
      v.y = py - (py - v.y) * factor;
      v.scale = scale;
      changed();
    };

    pane.pan = function (dx, dy) { pane.view.x += dx; pane.view.y += dy; changed(); };

    function changed() {
      pane.draw();
      pane.tied.forEach(function (other) {
        other.view.scale = pane.view.scale;
        other.view.x = pane.view.x;
        other.view.y = pane.view.y;
        other.fitted = true;
        other.draw();
      });
    }

    function spot(event) {
      var r = canvas.getBoundingClientRect();
      return [event.clientX - r.left, event.clientY - r.top];
    }

    canvas.addEventListener('wheel', function (event) {
      if (!event.ctrlKey && !canvas.matches(':focus, :focus-within') && document.activeElement !== canvas) return; // the page scrolls until the drawing is chosen
      event.preventDefault();
      var at = spot(event);
      pane.zoom(Math.pow(1.0015, -event.deltaY), at[0], at[1]);
    }, { passive: false });

    canvas.addEventListener('pointerdown', function (event) {
      canvas.setPointerCapture(event.pointerId);
      fingers.set(event.pointerId, spot(event));
      if (fingers.size === 1) moved = 0;
      far = apart();
    });
    canvas.addEventListener('pointermove', function (event) {
      var before = fingers.get(event.pointerId), at = spot(event);
      if (!before) { if (options.hovered) options.hovered(d.world(pane.view, at[0], at[1])); return; }
      fingers.set(event.pointerId, at);
      if (fingers.size === 2) {
        var now = apart(), m = centre();
        if (far > 0 && now > 0) pane.zoom(now / far, m[0], m[1]);
        far = now;
        moved = 99;
      } else {
        moved += Math.abs(at[0] - before[0]) + Math.abs(at[1] - before[1]);
        if (moved > CLICK_PX) pane.pan(at[0] - before[0], at[1] - before[1]);
      }
    });
    function lifted(event) {
      var at = fingers.get(event.pointerId);
      fingers.delete(event.pointerId);
      if (at && event.type === 'pointerup' && moved <= CLICK_PX && options.clicked) options.clicked(d.world(pane.view, at[0], at[1]), event);
    }
    canvas.addEventListener('pointerup', lifted);
    canvas.addEventListener('pointercancel', lifted);

    function apart() {
      var two = Array.from(fingers.values());
      return two.length === 2 ? Math.hypot(two[0][0] - two[1][0], two[0][1] - two[1][1]) : 0;
    }
    function centre() {
      var two = Array.from(fingers.values());
      return [(two[0][0] + two[1][0]) / 2, (two[0][1] + two[1][1]) / 2];
    }

    if (window.ResizeObserver) new ResizeObserver(function () { pane.draw(); }).observe(canvas);
    return pane;
  };

  // the nearest end of a line within `reach` of a point, else the point itself
  d.snapped = function (picture, at, reach) {
    var p = picture.lines, best = reach * reach, found = at;
    for (var i = 0; i < p.length; i += 2) {
      var dx = p[i] - at[0], dy = p[i + 1] - at[1], far = dx * dx + dy * dy;
      if (far < best) { best = far; found = [p[i], p[i + 1]]; }
    }
    return found;
  };

  // the line nearest to a point within reach: its row, or −1
  d.lineAt = function (picture, at, reach) {
    var p = picture.lines, best = reach * reach, found = -1;
    for (var i = 0; i < p.length; i += 4) {
      var x = p[i], y = p[i + 1], dx = p[i + 2] - x, dy = p[i + 3] - y, size = dx * dx + dy * dy;
      var t = size ? Math.max(0, Math.min(1, ((at[0] - x) * dx + (at[1] - y) * dy) / size)) : 0;
      var ex = x + t * dx - at[0], ey = y + t * dy - at[1], far = ex * ex + ey * ey;
      if (far < best) { best = far; found = i >> 2; }
    }
    return found;
  };
})(window.drawings);
