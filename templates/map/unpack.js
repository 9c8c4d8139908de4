// Packed columns back to numbers and sentences; the counterpart of packing.py and phrases.py.
(function (r) {
  'use strict';

  var ALPHABET = '';
  for (var code = 35; code < 127; code++) {
    if (code !== 60 && code !== 92 && code !== 123) ALPHABET += String.fromCharCode(code);
  }
  var BASE = ALPHABET.length;
  var DIGIT = new Int16Array(128);
  for (var d = 0; d < BASE; d++) DIGIT[ALPHABET.charCodeAt(d)] = d;

  // [width, least, text] → Float64Array, NaN where unknown
  r.numbers = function (packed) {
    var width = packed[0], least = packed[1], text = packed[2];
    var out = new Float64Array(text.length / width);
    for (var i = 0, at = 0; i < out.length; i++) {
      var value = 0;
      for (var w = 0; w < width; w++) value = value * BASE + DIGIT[text.charCodeAt(at++)];
      out[i] = value === 0 ? NaN : value - 1 + least;
    }
    return out;
  };

  function padded(value, digits) {
    var text = String(value);
    while (text.length < digits) text = '0' + text;
    return text;
  }

  function figures(column) {
    var how = column[0], numbers = r.numbers(column[1]);
    return function (rank) {
      if (Array.isArray(how)) return how[numbers[rank]];
      return padded(numbers[rank], how);
    };
  }

  // a coded column of texts → a function of the row; `own` are functions of the row for the words it refers to
  r.texts = function (coded, own) {
    if (!coded) return function () { return ''; };
    var which = coded.k ? r.numbers(coded.k) : null;
    if (coded.d) return function (row) { return coded.d[which ? which[row] : row]; };
    var ranks = null, columns = {}, steps = r.numbers(coded.s), lengths = r.numbers(coded.l), starts = new Int32Array(lengths.length + 1);
    lengths.forEach(function (length, frame) { starts[frame + 1] = starts[frame] + length; });
    function rankRows() {
      var seen = new Int32Array(lengths.length);
      ranks = new Int32Array(which.length);
      for (var row = 0; row < which.length; row++) ranks[row] = seen[which[row]]++;
    }
    return function (row) {
      if (!ranks) rankRows();
      var frame = which[row], text = '';
      if (coded.n[frame] && !columns[frame]) columns[frame] = coded.n[frame].map(figures);
      for (var at = starts[frame]; at < starts[frame + 1]; at++) {
        var step = steps[at];
        if (step >= 32) text += coded.p[step - 32];
        else if (step < 0) text += columns[frame][-1 - step](ranks[row]);
        else text += own[step](row);
      }
      return text;
    };
  };

  // a word of the map with its %s filled in
  r.said = function (template) {
    var text = template;
    for (var i = 1; i < arguments.length; i++) text = text.split('%s').join(String(arguments[i]));
    return text;
  };

  // an element with a class and a text; the text is never HTML
  r.make = function (tag, name, text) {
    var element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined && text !== '') element.textContent = text;
    return element;
  };
})(window.relocation = window.relocation || {});
