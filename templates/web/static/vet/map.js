// The map: layers below, ground, proposals with the circle of what is not known of their position, lines to what they are near.
(function (v) {
  "use strict";

  const INK = {
    county_boundaries: "#3b4a55", county_seats: "#b3261e", townships: "#123f59", industrial_parks: "#6b4a9e", scenic_areas: "#2e7d4f", functional_zones: "#7a8791",
    rivers: "#4f8fc0", geological_hazards: "#b3261e", ecological_red_line: "#9c1f17", permanent_farmland: "#7a6a00", flood_zones: "#23649a", steep_slopes: "#7d4a1e", roads: "#5b5148",
  };
  const HIDDEN = new Set(["functional_zones"]), FACILITIES = new Set(["county_seats", "townships", "industrial_parks", "scenic_areas"]);

  function named(text) { return v.make("span", "", text); }

  v.Map = function (box, acts) {
    const map = L.map(box, { preferCanvas: true, zoomControl: false, attributionControl: true, doubleClickZoom: false, maxZoom: 18 }).setView([32, 115], 9);
    map.attributionControl.setPrefix("Leaflet");
    L.control.zoom({ zoomInTitle: v.words.zoomIn, zoomOutTitle: v.words.zoomOut }).addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
    box.setAttribute("role", "application");
    box.setAttribute("aria-label", v.words.mapLabel);
    const cross = v.make("div", "vet-cross");
    cross.setAttribute("aria-hidden", "true");
    box.append(cross);
    const ground = new v.Ground({}), drawn = L.layerGroup().addTo(map), sketch = L.layerGroup().addTo(map), layers = {};
    let corners = null;

    function place(at) {
      if (corners) { corners.push([at.lng, at.lat]); outlineNow(); acts.corner(corners.length); } else acts.place(at.lng, at.lat);
    }
    map.on("click", (event) => place(event.latlng.wrap()));
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target === box) { event.preventDefault(); place(map.getCenter()); }
    });

    function outlineNow() {
      sketch.clearLayers();
      if (!corners || !corners.length) return;
      const shape = corners.map(([x, y]) => [y, x]);
      L.polygon(shape, { color: "#0c2e42", weight: 2, dashArray: "5 4", fillOpacity: 0.1 }).addTo(sketch);
      for (const at of shape) L.circleMarker(at, { radius: 4, color: "#0c2e42", fillColor: "#fff", fillOpacity: 1 }).addTo(sketch);
    }

    function layerOf(one) {
      const ink = INK[one.id] || "#5b5148", border = one.id === "county_boundaries";
      return L.geoJSON({ type: "FeatureCollection", features: one.features.map((feature) => ({ type: "Feature", properties: { name: feature.name }, geometry: feature.geometry })) }, {
        interactive: FACILITIES.has(one.id) || (!border && one.id !== "rivers" && one.id !== "roads" && one.id !== "functional_zones"),
        style: (feature) => (feature.geometry.type.endsWith("Point") ? {} : { color: ink, weight: border ? 2 : one.id === "roads" ? 1.6 : 1.4, dashArray: border ? "9 4 2 4" : null, fill: !border && one.id !== "rivers" && one.id !== "roads", fillOpacity: one.id === "functional_zones" ? 0.06 : 0.14 }),
        pointToLayer: (_, at) => L.circleMarker(at, { radius: one.id === "county_seats" ? 7 : 5, color: "#fff", weight: 1.5, fillColor: ink, fillOpacity: 1 }),
        onEachFeature: (feature, layer) => { if (!border) layer.bindTooltip(named(one.title + " · " + feature.properties.name)); layer.on("click", (event) => { L.DomEvent.stop(event); place(event.latlng); }); },
      });
    }

    return {
      leaflet: map,
      backdrop: function (told, list) {
        for (const id of Object.keys(layers)) { layers[id].remove(); delete layers[id]; }
        list.replaceChildren();
        for (const one of told.layers) {
          layers[one.id] = layerOf(one);
          const tick = v.make("input");
          tick.type = "checkbox";
          tick.checked = !HIDDEN.has(one.id);
          if (tick.checked) layers[one.id].addTo(map);
          tick.addEventListener("change", () => { if (tick.checked) layers[one.id].addTo(map); else layers[one.id].remove(); });
          const dot = v.make("span", "dot");
          dot.style.background = INK[one.id] || "#5b5148";
          list.append(v.make("label", "inline", tick, " ", dot, " " + one.title + (one.dated ? "（" + one.dated + "）" : "")));
        }
        map.fitBounds([[told.box[1], told.box[0]], [told.box[3], told.box[2]]], { padding: [14, 14], animate: false });
      },
      ground: function (area, only) {
        if (!area) { ground.remove(); return; }
        ground.show(area, only);
        ground.addTo(map);
      },
      show: function (answers, chosen, near) {
        drawn.clearLayers();
        answers.forEach((one, number) => {
          const at = [one.lat, one.lon], mine = number === chosen;
          if (one.outline) L.geoJSON(one.outline, { style: { color: "#0c2e42", weight: 2.5, fillColor: "#e7b53c", fillOpacity: 0.35 }, interactive: false }).addTo(drawn);
          if (mine) lines(one, at);
          if (one.uncertainty_m > 0) L.circle(at, { radius: one.uncertainty_m, color: "#0c2e42", weight: 1.5, dashArray: "3 3", fillOpacity: 0.08, interactive: false }).addTo(drawn);
          const icon = L.divIcon({ className: "vet-pin" + (mine ? " chosen" : ""), html: v.make("span", "", String(number + 1)), iconSize: [28, 28], iconAnchor: [14, 14] });
          L.marker(at, { icon, keyboard: true, alt: one.name, title: one.name }).on("click", () => acts.choose(number)).addTo(drawn);
        });
        if (near && answers[chosen]) {
          const one = answers[chosen], to = [near.lat, near.lon];
          L.polyline([[one.lat, one.lon], to], { color: "#1d5c95", weight: 3, dashArray: "2 6", interactive: false }).addTo(drawn);
          L.circleMarker(to, { radius: 8, color: "#1d5c95", weight: 3, fillColor: "#fff", fillOpacity: 1 }).bindTooltip(named(v.words.nearestPlace)).addTo(drawn);
        }
      },
      look: function (lon, lat) { map.setView([lat, lon], Math.max(map.getZoom(), 13), { animate: false }); },
      fit: function (answers) {
        const bounds = L.latLngBounds(answers.map((one) => [one.lat, one.lon]));
        if (!map.getBounds().contains(bounds)) map.fitBounds(bounds.pad(0.3), { maxZoom: 12, animate: false });
      },
      centre: function () { return map.getCenter(); },
      draw: function (on) { corners = on ? [] : null; outlineNow(); box.classList.toggle("drawing", on); },
      corners: function () { return corners || []; },
    };

    function lines(one, at) {
      for (const item of [...one.applies, ...one.clear]) {
        if (item.lon === null || item.distance_m === null || item.distance_m === 0) continue;
        const near = item.list === "applies", zone = item.check !== "four-proximities";
        if (zone && !near) continue;
        L.polyline([at, [item.lat, item.lon]], { color: zone ? "#b3261e" : "#123f59", weight: near ? 2.5 : 1.2, dashArray: near ? null : "5 5", opacity: near ? 0.95 : 0.5, interactive: false }).addTo(drawn);
      }
    }
  };
})(window.vet);
