"""Texts that must show as exactly what they are: templates, markup, script endings, odd characters."""

from dataclasses import replace

from relocation.maps.data import MapData
from tests.maps.examples import example

NAUGHTY = [
    "{{7*191}}",
    "{%print 7*191%}",
    "{# gone #}",
    "${7*191}",
    "`${7*191}`",
    "</script><script>document.title='owned'</script>",
    "<!--<script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '"><b>bold</b>',
    "'};alert(1);//",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "javascript:alert(1)",
    "<!--@texts--><!--@map/map.css-->",
    "line\u2028and\u2029paragraph",
    "\u202eright to left",
    "&lt;b&gt;&amp;",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "a{{b}}c{%raw%}d",
    "𠮷野家 浉河 堽",
]


def naughty_example(lang: str = "zh") -> MapData:
    """Return a map in which every text is one of those: names, codes, townships, titles, sources, details, sentences, links' texts."""
    data = example(lang, count=len(NAUGHTY), houses=len(NAUGHTY), names=NAUGHTY)
    some = [NAUGHTY[row % len(NAUGHTY)] for row in range(40)]

    def spoilt(places: object) -> object:
        checks = tuple(replace(check, title=some[at], sentences=[f"{text} 共 1,200 元" for text in NAUGHTY]) for at, check in enumerate(places.checks))  # type: ignore[attr-defined]
        return replace(places, townships=NAUGHTY[::-1], codes=[f"{text}#{at}" for at, text in enumerate(NAUGHTY)], checks=checks)  # type: ignore[type-var]

    layers = tuple(
        replace(
            layer, title=some[at], names=[some[(row + at) % 40] for row in range(len(layer.names))], source=some[at + 1], dated=some[at + 2], licence=some[at + 3],
            note=some[at + 4], attribution=some[at + 5], approval_no=some[at + 6], details=[some[row % len(some)] for row in range(len(layer.names))], shown=True,
        )
        for at, layer in enumerate(data.layers)
    )  # fmt: skip
    links = tuple(replace(link, text=some[at + 7]) for at, link in enumerate(data.links))
    return replace(
        data, title=NAUGHTY[0], sites=spoilt(data.sites), households=spoilt(data.households), layers=layers, links=links, own_approval_no=NAUGHTY[7],  # type: ignore[arg-type]
    )  # fmt: skip
