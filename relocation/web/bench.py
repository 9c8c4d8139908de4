"""The vetting workbench: the page, its questions as JSON, and the list of proposed sites that were kept."""

from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from relocation.service.bench import asking, backdrop, comparing, keeping, proposing, suiting, wayfinding
from relocation.service.bench.words import CRITERIA, NO_ROADS
from relocation.web import asked, benchasked
from relocation.web.benchwords import page_words
from relocation.web.language import lang
from relocation.web.needing import Right, needs
from relocation.web.openapi import asks, sends, sends_json
from relocation.web.showing import layer_title, office, store
from relocation.web.uploads import receive

pages = Blueprint("bench", __name__)

API = "/api/v1/vet"
ZONES = [(f"EPSG:{4534 + at}", 75 + 3 * at) for at in range(21)]
"""The three-degree zones of CGCS2000 by their central meridians, eastings without the zone's number."""


@pages.get("/vet")
@needs(Right.READ)
def shown() -> ResponseReturnValue:
    """Show the workbench; the answers come as JSON and are written by its scripts."""
    known = backdrop.counties(store())
    chosen = asked.filters("county").get("county") or (known[0][0] if known else "")
    criteria = [(id, words[lang()], comparing.USUAL.get(id, 0)) for id, words in CRITERIA.items()]
    addresses = {
        "answer": url_for("bench.answered"), "file": url_for("bench.uploaded"), "area": url_for("bench.area"), "nearest": url_for("bench.nearest"),
        "backdrop": url_for("bench.drawn"), "keep": url_for("bench.keep"),
    }  # fmt: skip
    return render_template(
        "vet.html", counties=known, chosen=chosen, day=office().today, criteria=criteria, zones=ZONES, addresses=addresses, words=page_words(),
        uncertainty=benchasked.USUAL_UNCERTAINTY_M, most=proposing.MOST, snap=wayfinding.MOST_OFF_M, cell=suiting.CELL_M,
    )  # fmt: skip


@pages.post(f"{API}/answer")
@needs(Right.READ)
@sends_json("places", "crs", "uncertainty_m", "screened", "county", "as_of", "weights", "contested", "most_off_m", "remark")
def answered() -> ResponseReturnValue:
    """Hold places, given as points or rings, against every check of siting. Nothing is stored."""
    wish = benchasked.wish(office().today)
    return jsonify(_answers(benchasked.places(store(), wish), wish))


@pages.post(f"{API}/file")
@needs(Right.READ)
@sends("file", "wish")
def uploaded() -> ResponseReturnValue:
    """Hold the points and outlines of a file against every check of siting. The file is swept away, nothing else is stored."""
    wish = benchasked.wish(office().today)
    upload = receive(store(), request.files.get("file"))
    return jsonify(_answers(proposing.from_file(store(), upload.path, upload.name, wish.told), wish))


@pages.get(f"{API}/area")
@needs(Right.READ)
@asks("county", "only")
def area() -> ResponseReturnValue:
    """Give the ground of a county cell by cell: where a site would pass, and what keeps it from passing elsewhere."""
    found, only = _area()
    told = found.json(lang(), only)
    return jsonify({**told, "absent": [layer_title(id) for id in told["absent"]]})


@pages.get(f"{API}/nearest")
@needs(Right.READ)
@asks("county", "only", "lon", "lat")
def nearest() -> ResponseReturnValue:
    """Give the class of the ground at a place, and the nearest cell that passes."""
    found, only = _area()
    lon, lat = asked.decimal("lon"), asked.decimal("lat")
    place = found.nearest(lon, lat, only)
    return jsonify(
        {
            "here": found.at(lon, lat, only),
            "limits": found.limits(lon, lat, lang(), only),
            "nearest": place.json(lang()) if place else None,
            "cell_m": found.cell_m,
        }
    )


@pages.get(f"{API}/backdrop")
@needs(Right.READ)
@asks("county")
def drawn() -> ResponseReturnValue:
    """Give the layers around a county, for the screen."""
    told = backdrop.backdrop(store(), benchasked.county())
    return jsonify({**told, "layers": [{**layer, "title": layer_title(layer["id"])} for layer in told["layers"]]})


@pages.post(f"{API}/keep")
@needs(Right.IMPORT)
@sends_json("places", "crs", "uncertainty_m", "screened", "county", "as_of", "weights", "contested", "most_off_m", "remark")
def keep() -> ResponseReturnValue:
    """Judge one place anew and keep it as a proposed site with the whole answer, and the reasons against parts of it."""
    wish = benchasked.wish(office().today)
    [place] = benchasked.places(store(), wish, most=1)
    [answer] = asking.ask(store(), [place], as_of=wish.as_of, most_off_m=wish.most_off_m)
    kept = keeping.keep(store(), answer, now=office().now(), remark=wish.remark, contested=wish.contested)
    return jsonify({"id": kept.id, "page": url_for("bench.kept", county=kept.county, number=kept.number)})


@pages.get("/vet/kept")
@needs(Right.READ)
def listed() -> ResponseReturnValue:
    """List the proposed sites."""
    return render_template("vet_kept.html", proposals=keeping.listed(store(), asked.filters("county").get("county")), most=keeping.LISTED)


@pages.get("/vet/kept/<county>/<int:number>")
@needs(Right.READ)
def kept(county: str, number: int) -> ResponseReturnValue:
    """Show a proposed site: the answer as it was frozen, and what is contested of it."""
    one = keeping.kept(store(), county, number)
    contests: dict[str, list[Any]] = {}
    for contest in one.contests:
        contests.setdefault(contest.item, []).append(contest)
    return render_template("vet_one.html", one=one, answer=one.answer[lang()], contests=contests)


@pages.post("/vet/kept/<county>/<int:number>/contest")
@needs(Right.IMPORT)
def contest(county: str, number: int) -> ResponseReturnValue:
    """Keep a reason against one item; what the program found stays as it is."""
    keeping.contest(store(), county, number, request.form.get("item", ""), request.form.get("reason", ""), now=office().now())
    return redirect(url_for("bench.kept", county=county, number=number), 303)


def _answers(places: list[proposing.Proposal], wish: benchasked.Wish) -> dict[str, Any]:
    answers = asking.ask(store(), places, as_of=wish.as_of, most_off_m=wish.most_off_m)
    register = asking.register_of(store())
    roads = wayfinding.network(store().whole) is not None
    compared = comparing.compared(answers, wish.weights, lang()) if len(answers) > 1 else None
    return {"answers": [one.json(lang(), register) for one in answers], "compared": compared, "no_roads": "" if roads else NO_ROADS[lang()]}


def _area() -> tuple[suiting.Area, list[str]]:
    number = asked.decimal("uncertainty") if asked.plain("uncertainty") else benchasked.USUAL_UNCERTAINTY_M
    cell_m = asked.decimal("cell") if asked.plain("cell") else suiting.CELL_M
    only = [one for one in asked.plain("only").split(",") if one]
    day = asked.today_or(office().today)
    return suiting.area(store(), benchasked.county(), as_of=day, uncertainty_m=benchasked.metres(number), cell_m=cell_m), suiting.known_checks(only)
