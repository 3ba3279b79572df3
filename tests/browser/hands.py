"""A table of numbers that belong together, its components in plain Python, and hands to work with the page."""
import json
import math
import random
import tomllib
from collections import Counter
from statistics import median

from shared import write

HEADER = ["id", "a", "b", "c", "kind", "town", "seen"]
STEPS = 8000


def table(room, count=900, seed=7):
    """Three numbers that belong together, one with a long tail, holes in it; few levels, many levels, a time."""
    draw = random.Random(seed)
    rows = []
    for row in range(count):
        side = draw.choice([-2, 0, 2])
        a = round(draw.gauss(side, 0.6), 3)
        b = "" if draw.random() < 0.05 else round(draw.gauss(-side, 0.8), 3)
        c = round(math.exp(draw.gauss(side / 2, 1.2)), 4)
        kind = draw.choice(["red", "green", "blue, deep", ""])
        town = f"town {min(draw.randrange(30), draw.randrange(30)):02}"
        rows.append([f"r{row}", a, b, c, kind, town, f"2026-03-{row % 28 + 1:02}"])
    return write(room, "space.csv", HEADER, rows), rows


def scores(rows, header, scaling, nth):
    """Places of the rows on a component, from the rows of the file and the loadings of the page alone."""
    found = [0.0] * len(rows)
    for part in scaling["loadings"]:
        at = header.index(part["column"])
        cells = [None if row[at] == "" else float(row[at]) for row in rows]
        known = sorted(cell for cell in cells if cell is not None)
        change = part["transform"]
        if change == "rank":
            below, upto = {}, Counter(known)
            seen = 0
            for value in sorted(upto):
                below[value] = (seen + upto[value] / 2) / len(known)
                seen += upto[value]
            changed = [0.5 if cell is None else below[cell] for cell in cells]
        else:
            to = (lambda x: math.log(x + change["log"])) if isinstance(change, dict) else (lambda x: x)
            assert abs(part["fill"] - median(known)) < 1e-9, part
            changed = [to(part["fill"] if cell is None else cell) for cell in cells]
        for row, value in enumerate(changed):
            found[row] += part["weights"][nth] * (value - part["mean"]) / part["scale"]
    return found


def spaces(chrome):
    return json.loads(chrome.text("#space"))


def components(chrome):
    """What can be put on an axis, in addition to the columns."""
    return chrome.js("[...document.querySelectorAll('#x optgroup option')].map(one => one.value)")


def choose(chrome, x, y):
    """Both axes, by number of a column or as `scaling/component`."""
    chrome.choose("#x", str(x))
    chrome.choose("#y", str(y))


def selected(chrome):
    """How many rows are selected."""
    said = chrome.text("#selected")
    return 0 if said.startswith("No row") else int(said.split(" of ")[0].replace(",", ""))


def select(chrome, **ends):
    for name in ("x_from", "x_to", "y_from", "y_to"):
        selector = "#" + name.replace("_", "-")
        chrome.js(f"document.querySelector('{selector}').value = ''")
        if name in ends:
            chrome.focus(selector)
            chrome.type(str(ends[name]))
    chrome.focus("#typed")
    chrome.key("Enter", text="\r")
    return selected(chrome)


def claim(chrome, says="these"):
    """The last claim, kept."""
    chrome.js("document.querySelector('#notes').value = ''")
    chrome.focus("#says")
    chrome.type(says)
    chrome.focus("#claim")
    chrome.key("Enter", text="\r")
    return tomllib.loads(chrome.js("document.querySelector('#notes').value"))["claim"][0]


def saved(chrome):
    """The list of selected rows, as it would be saved."""
    chrome.js("URL.createObjectURL = blob => { window.saving = blob.text(); return 'data:,'; }; HTMLAnchorElement.prototype.click = () => {}")
    chrome.focus("#rows")
    chrome.key("Enter", text="\r")
    return chrome.js("window.saving").splitlines()[1:]


def legend(chrome):
    """Names and buttons of the legend."""
    return chrome.js("[...document.querySelectorAll('#legend button')].map(one => one.lastChild.textContent.trim())")


def press(chrome, nth):
    """A button of the legend, by the keys."""
    chrome.focus(f"#legend li:nth-child({nth + 1}) button")
    chrome.key("Enter", text="\r")
    return selected(chrome)
