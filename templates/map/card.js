// The card of what was chosen: a place with its sentences and lines, or a feature of a layer.
(function (r) {
  'use strict';

  r.placeLabel = function (state, group, row) {
    var name = group.house ? '' : group.name(row);
    return name || (group.house ? state.words.house + ' ' : '') + group.code(row);
  };

  // the four lines of a place: where each ends, whose name, how far
  r.linesOf = function (state, group, row) {
    return group.reaches.map(function (reach) {
      var which = reach.which[row], found = which === which, layer = reach.layer;
      if (!found) return { layer: layer, name: '', distance: '', x: NaN, y: NaN, uncertainty: NaN };
      return {
        layer: layer, key: layer.id + '/' + which, name: layer.name(which), distance: reach.far(row),
        x: reach.ends ? reach.ends.x[row] : layer.at.x[which], y: reach.ends ? reach.ends.y[row] : layer.at.y[which], uncertainty: layer.uncertainty[which]
      };
    });
  };

  function facts(pairs) {
    var list = r.make('dl', 'facts');
    pairs.forEach(function (pair) {
      if (!pair[1]) return;
      list.appendChild(r.make('dt', '', pair[0]));
      list.appendChild(r.make('dd', '', pair[1]));
    });
    return list;
  }

  function finding(state, check, row) {
    var outcome = check.outcome[row], box = r.make('section', 'finding'), head = r.make('h3');
    if (!(outcome === outcome)) return null;
    head.appendChild(r.outcomeIcon(outcome));
    head.appendChild(r.make('strong', 'word ' + state.outcomeIds[outcome], state.outcomeWords[outcome]));
    head.appendChild(r.make('span', 'title', check.title));
    box.setAttribute('data-check', check.id);
    box.appendChild(head);
    box.appendChild(r.make('p', 'sentence', check.sentence(row)));
    return box;
  }

  function linesBox(state, lines) {
    var box = r.make('section', 'lines');
    box.appendChild(r.make('h3', '', state.words.nearest));
    var list = r.make('ul');
    lines.forEach(function (line) {
      var item = r.make('li');
      item.appendChild(r.icon(function (c, middle) { r.drawSign(c, line.layer.id, middle, middle, 5.5); }, 18));
      item.appendChild(r.make('span', 'text', line.name || line.layer.title + (state.lang === 'zh' ? '：' : ': ') + state.words.noTarget));
      item.appendChild(r.make('span', 'count', line.distance + (line.uncertainty > 0 ? ' (±' + r.length(state, line.uncertainty) + ')' : '')));
      list.appendChild(item);
    });
    box.appendChild(list);
    return box;
  }

  r.card = function (state, closed) {
    var card = document.getElementById('card'), title = document.getElementById('card-title'), body = document.getElementById('card-body');
    function show(text, icon, parts) {
      title.textContent = '';
      if (icon) title.appendChild(icon);
      title.appendChild(r.make('span', 'text', text));
      body.textContent = '';
      parts.forEach(function (part) { if (part) body.appendChild(part); });
      card.hidden = false;
      body.scrollTop = 0;
    }
    document.getElementById('close-card').addEventListener('click', function () { closed(); });

    return {
      hide: function () { card.hidden = true; },
      focus: function () { document.getElementById('close-card').focus(); },
      place: function (group, row, lines, alike) {
        var words = state.words, found = group.checks.map(function (check) { return finding(state, check, row); }).filter(Boolean), link = null;
        found.sort(function (a, b) { return rank(a) - rank(b); });
        if (group.pages) {
          link = r.make('a', 'page', words.page);
          link.href = group.pages + encodeURIComponent(group.code(row));
        }
        var notes = [];
        if (isNaN(group.at.x[row])) notes.push(words.noPosition);
        if (alike > 1) notes.push(r.said(words.same, alike));
        show(r.placeLabel(state, group, row), r.outcomeIcon(group.outcome[row]), [
          facts([[words.code, group.code(row)], [words.township, group.township(row)], [words.accuracy, group.uncertainty[row] >= 0 ? r.said(words.plusMinus, r.length(state, group.uncertainty[row])) : words.notStated]]),
          notes.length ? r.make('p', 'note', notes.join(state.lang === 'zh' ? '；' : '; ')) : null
        ].concat(found.length ? found : [r.make('p', 'note', words.noFindings)], lines.length ? [linesBox(state, lines)] : [], [link]));
      },
      feature: function (layer, row) {
        var pairs = [[state.words.category, layer.details(row) || (layer.said.classes ? layer.category(row) : '')]];
        if (layer.uncertainty[row] >= 0) pairs.push([state.words.accuracy, r.said(state.words.plusMinus, r.length(state, layer.uncertainty[row]))]);
        show(layer.name(row) || layer.title, r.icon(function (c, middle) { r.drawSign(c, layer.id, middle, middle, 6); }, 18), [
          r.make('p', 'note', layer.title), facts(pairs.concat(r.aboutLayer(state, layer).filter(function (pair) { return pair[0] !== state.words.accuracy || !(layer.uncertainty[row] >= 0); })))
        ]);
      }
    };

    function rank(box) {
      return r.WORST_FIRST.indexOf(state.outcomeIds.indexOf(box.querySelector('.word').className.split(' ')[1]));
    }
  };
})(window.relocation);
