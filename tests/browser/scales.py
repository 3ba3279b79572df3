"""Scales that columns ask for, what axes name, values that are selected by pressing them, claims that say where they are from."""
import math
import random
from datetime import datetime, timedelta

from hands import choose, claim, select, selected
from shared import explore, image, in_sight, pixels, write

HEADER = ["id", "wide", "debt", "even", "at", "word"]


def table(room, count=1200, seed=3):
    """A column over six powers of ten, one such with zero and negative values, an even one, a time of months, words."""
    draw = random.Random(seed)
    rows = []
    for row in range(count):
        wide = round(math.exp(draw.gauss(4, 3)), 4)
        debt = draw.choice([0] * 9 + [-40]) if row % 20 == 0 else round(math.exp(draw.gauss(5, 2.5)), 4)
        at = datetime(2025, 11, 3) + timedelta(minutes=draw.randrange(400_000))
        rows.append([f"r{row}", wide, debt, round(draw.uniform(3, 97), 3), at.isoformat(), draw.choice(["on", "on", "off, later"])])
    return write(room, "scales.csv", HEADER, rows), rows


def scale_of(chrome, name):
    return chrome.js(f"document.querySelector('#{name}').value")


def named(chrome, canvas, act):
    """The words that are drawn into a picture while something is done."""
    chrome.js("window.drawn = []; window.fill ||= CanvasRenderingContext2D.prototype.fillText;"
              "CanvasRenderingContext2D.prototype.fillText = function (text, ...at) { window.drawn.push(text); return window.fill.call(this, text, ...at); }")
    act()
    in_sight(chrome, canvas)
    return chrome.js("window.drawn")


def own_scales(chrome, room):
    path, rows = table(room)
    explore(chrome, room, path)
    at = HEADER.index
    # Each column comes on its own scale, on both axes, closer, and on its card.
    for name, scale in (("wide", "log"), ("even", "linear"), ("debt", "log"), ("at", "linear"), ("word", "linear")):
        choose(chrome, at(name), at(name))
        chrome.choose("#one", str(at(name)))
        assert [scale_of(chrome, one) for one in ("sx", "sy", "one-scale")] == [scale] * 3, name
    cards = dict(zip(HEADER, chrome.js("[...document.querySelectorAll('#cards span')].map(one => one.textContent)")))
    assert cards["wide"] == "wide (log)" and cards["debt"] == "debt (log, ≤ 0 apart)" and cards["even"] == "even", cards
    # What somebody chose stays until another column comes; ranks stay with it.
    chrome.choose("#sx", "linear")
    assert "wide" not in chrome.text("#plane-says")
    choose(chrome, at("wide"), at("even"))
    assert scale_of(chrome, "sx") == "log"
    chrome.choose("#sx", "rank")
    choose(chrome, at("even"), at("wide"))
    assert scale_of(chrome, "sx") == "rank" and scale_of(chrome, "sy") == "log"
    chrome.choose("#sx", "linear")
    # A card puts its column across on its scale.
    chrome.click("#cards button[title='Use debt as the x axis']")
    assert scale_of(chrome, "sx") == "log"
    # Zero and less have a place on a log scale: all rows are drawn, and can be selected there.
    assert "1,200 of 1,200 rows have both values" in chrome.text("#plane-says") and "values of zero or less at the lower end" in chrome.text("#plane-says"), chrome.text("#plane-says")
    width = chrome.js("document.querySelector('#plane').clientWidth")
    edge = (68 + 0.04 * (width - 78)) / width
    chrome.drag("#plane", [(0.05, 0.01), (edge, 0.99)])
    none = sum(float(row[2]) <= 0 for row in rows)
    assert selected(chrome) == none == 60, (selected(chrome), none)
    where = claim(chrome)["evidence"]["where"]
    assert where == ["debt <= 0"], where
    # What was brushed is shown in the fields, to be changed there; typed, it is the same.
    assert [scale_of(chrome, one) for one in ("x-from", "x-to", "y-from", "y-to")] == ["", "0", "", ""]
    chrome.click("#typed")
    assert selected(chrome) == none
    # The plot is read by keys: at its lower left the rows of zero or less.
    chrome.focus("#plane")
    for key in ["ArrowDown"] * 20 + ["ArrowLeft"] * 30:
        chrome.key(key)
    assert chrome.text("#plane-reads").startswith("Point at"), "the margin has nothing to read"
    for _ in range(2):
        chrome.key("ArrowRight")
    read = []
    for _ in range(20):
        chrome.key("ArrowUp")
        read.append(chrome.text("#plane-reads"))
    inside = [line for line in read if line.startswith("debt near 0, ")]
    counts = [int(one.split(": ")[1].split(" row")[0].replace(",", "")) for one in inside]
    assert len(inside) > 15 and sum(counts) == none and all(f", {n} selected" in line for n, line in zip(counts, inside)), read
    # The curve has them at its beginning.
    chrome.choose("#one", str(at("debt")))
    chrome.focus("#curve")
    for _ in range(12):
        chrome.key("ArrowLeft")
    for _ in range(5):
        chrome.key("ArrowRight")
    assert "At or below 0: 5.0 % of rows, 100 % of selected rows" in chrome.text("#curve-reads"), chrome.text("#curve-reads")


def round_ticks(chrome, room):
    path, _ = table(room)
    explore(chrome, room, path)
    at = HEADER.index
    words = named(chrome, "#plane", lambda: choose(chrome, at("wide"), at("even")))
    assert "wide →" in words and "↑ even" in words, words
    assert {"0.01", "1", "100"} & set(words) and {"20", "40", "60", "80"} <= set(words), words
    assert not any("." in word and not word.startswith("0.") for word in words), words
    words = named(chrome, "#plane", lambda: choose(chrome, at("debt"), at("at")))
    assert "≤ 0" in words and {"2025-12-01", "2026-01-01", "2026-02-01"} & set(words), words
    days = [word for word in words if word.startswith("202")]
    assert 2 <= len(days) <= 8 and all(day.endswith("-01") for day in days), words
    words = named(chrome, "#curve", lambda: chrome.choose("#one", str(at("even"))))
    assert {"0 %", "50 %", "100 %"} <= set(words) and {"20", "40", "60", "80"} <= set(words), words
    # Numbers past what can be counted step by step do not hang the page; a day is named by its hours.
    far = [[2**60 + 4096 * row, 1e300 * row, f"2026-03-01T{row % 24:02}:{row % 60:02}:07"] for row in range(50)]
    explore(chrome, room, write(room, "far.csv", ["big", "huge", "at"], far))
    for one, other in ((0, 1), (2, 0), (1, 2)):
        words = named(chrome, "#plane", lambda: choose(chrome, one, other))
        assert 2 <= len(words) < 30, words
    assert any(word.endswith(":00") for word in words), words


def values(chrome, room):
    path, rows = table(room)
    explore(chrome, room, path)
    chrome.choose("#one", str(HEADER.index("word")))
    before = image(chrome, "#plane")
    chrome.focus("#common li:nth-child(2) button")
    chrome.key("Enter", text="\r")
    assert selected(chrome) == sum(row[5] == "off, later" for row in rows)
    assert image(chrome, "#plane") != before and pixels(chrome, "#common canvas") > 20
    kept = claim(chrome)
    assert kept["evidence"]["where"] == ["word == off, later"] and kept["columns"] == ["word"], kept
    # From a value to the same is that value; where there is none, the way out stays open.
    choose(chrome, HEADER.index("word"), HEADER.index("even"))
    assert select(chrome, x_from="on", x_to="on", y_from="20") == sum(row[5] == "on" and row[3] >= 20 for row in rows)
    assert sorted(claim(chrome)["evidence"]["where"]) == ["even >= 20", "word == on"]
    assert select(chrome, y_from="9", y_to="1") == 0
    chrome.click("#clear")
    assert chrome.text("#selected").startswith("No rows selected")
    # Groups that somebody asked for say so in the claim, and lead back to the picture.
    chrome.choose("#fit-k", "3")
    chrome.click("#fit")
    assert chrome.js("document.querySelector('#fit-says a').hash") == "#plane-part"
    assert "first two components" in chrome.text("#fit-says") and [scale_of(chrome, one) for one in ("sx", "sy")] == ["linear"] * 2
    chrome.click("#legend li:nth-child(2) button")
    kept = claim(chrome)
    notes = chrome.js("document.querySelector('#notes').value")
    assert notes.startswith("# cluster 2 of 3 clusters by k-means on the first ") and isinstance(kept["evidence"]["where"], str), notes
    assert kept["evidence"]["where"] in chrome.text("#saved"), chrome.text("#saved")
    # Another selection is from nowhere but its columns.
    select(chrome, x_from="0")
    claim(chrome)
    assert not chrome.js("document.querySelector('#notes').value").startswith("#")


SCALES = [own_scales, round_ticks, values]
