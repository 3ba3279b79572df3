"""Components as axes, colours, and clusters on request, compared with the table and with plain Python."""
import csv
import math
import random
import subprocess
from collections import Counter

from hands import HEADER, STEPS, choose, claim, components, legend, press, saved, scores, select, selected, spaces, table
from shared import BINARY, HOSTILE, explore, image, pixels, write


def axes(chrome, room):
    path, rows = table(room)
    explore(chrome, room, path)
    found = spaces(chrome)
    assert [one["name"] for one in found] == ["raw values", "log-transformed values", "ranks"]
    assert components(chrome) == [f"{at}/{nth}" for at in range(3) for nth in range(3)]
    for at, scaling in enumerate(found):
        assert [part["column"] for part in scaling["loadings"]] == ["a", "b", "c"]
        for nth in range(3):
            own = scores(rows, HEADER, scaling, nth)
            assert abs(sum(own) / len(own)) < 0.15
            choose(chrome, f"{at}/{nth}", 1)
            low, high = min(own), max(own)
            says = chrome.text("#plane-says")
            assert f"900 of 900 rows have both values. x axis: component {nth + 1} of {scaling['name']}, " in says, says
            # Each share of the rows is at or below the same score, up to a step of the axis.
            step = (high - low) / STEPS
            for part in (0.02, 0.25, 0.5, 0.9):
                at_most = low + part * (high - low)
                count = select(chrome, x_to=f"{at_most:.9f}")
                near = sum(score <= at_most - step for score in own), sum(score <= at_most + step for score in own)
                assert near[0] <= count <= near[1], (scaling["name"], nth, part, count, near)
    # On both axes; brushed, it is a claim with a list of rows, and names columns of the file.
    choose(chrome, "0/0", "0/1")
    assert pixels(chrome, "#plane") > 500
    chrome.drag("#plane", [(0.5, 0.05), (0.7, 0.5), (0.98, 0.95)])
    chosen = selected(chrome)
    kept = claim(chrome)
    assert kept["evidence"]["where"] == "claim-1-rows.csv" and kept["columns"] and set(kept["columns"]) <= set("abc"), kept
    heavy = max(abs(part["weights"][0]) for part in found[0]["loadings"])
    assert all(part["column"] in kept["columns"] for part in found[0]["loadings"] if abs(part["weights"][0]) == heavy)
    across, up = (dict(zip((row[0] for row in rows), scores(rows, HEADER, found[0], nth))) for nth in (0, 1))
    listed = set(saved(chrome))
    assert len(listed) == chosen and 0 < chosen < 900
    # A rectangle: nothing inside it is omitted.
    box = [[f(one[name] for name in listed) for f in (min, max)] for one in (across, up)]
    inside = {name for name in across if all(low <= one[name] <= high for one, (low, high) in zip((across, up), box))}
    assert inside == listed, len(inside ^ listed)
    # With a column on the other axis the claim names that as well; a scale of the axis moves nothing but the picture.
    choose(chrome, "2/0", 1)
    for scale in ("rank", "log", "linear"):
        chrome.choose("#sx", scale)
    select(chrome, x_from="0", y_from="1")
    kept = claim(chrome)
    assert isinstance(kept["evidence"]["where"], str) and "a" in kept["columns"], kept
    chrome.click("#clear")


def colours(chrome, room):
    path, rows = table(room)
    explore(chrome, room, path)
    plain = image(chrome, "#plane")
    assert legend(chrome) == []
    # Few levels: a button each, which is a condition; rows without a value have none.
    kinds = Counter(row[4] for row in rows)
    chrome.choose("#tint", "4")
    assert ", coloured by kind" in chrome.text("#plane-says") and image(chrome, "#plane") != plain
    names = legend(chrome)
    assert names == [f"{kind} ({100 * kinds[kind] / 900:.1f} %)" for kind in ("blue, deep", "green", "red")], names
    for nth, kind in enumerate(("blue, deep", "green", "red")):
        assert press(chrome, nth) == kinds[kind]
        kept = claim(chrome)
        assert kept["evidence"]["where"] == [f"kind == {kind}"] and kept["columns"] == ["kind"], kept
    # Many: the nine most frequent, and the others, whose rows are a list.
    towns = Counter(row[5] for row in rows)
    chrome.choose("#tint", "5")
    names = legend(chrome)
    assert len(names) == 10 and names[-1].startswith("others ("), names
    counts = [press(chrome, nth) for nth in range(10)]
    assert sum(counts) == 900 and sorted(counts[:9]) == sorted(n for _, n in towns.most_common(9)), counts
    assert set(saved(chrome)) == {row[0] for row in rows} - {row[0] for row in rows if row[5] in {name.split(" (")[0] for name in names}}
    assert isinstance(claim(chrome)["evidence"]["where"], str)
    assert press(chrome, 2) == towns[names[2].split(" (")[0]]
    assert claim(chrome)["evidence"]["where"] == [f"town == {names[2].split(' (')[0]}"]
    # A number: fifths.
    chrome.choose("#tint", "2")
    known = sorted(float(row[2]) for row in rows if row[2] != "")
    names = legend(chrome)
    assert len(names) == 5 and all(" to " in name for name in names), names
    counts = [press(chrome, nth) for nth in range(5)]
    assert sum(counts) == len(known) and max(counts) - min(counts) < 0.02 * len(known), counts
    assert isinstance(claim(chrome)["evidence"]["where"], str)
    press(chrome, 1)
    own = sorted(float(row[2]) for row in rows if row[0] in set(saved(chrome)))
    assert own == known[counts[0]:counts[0] + counts[1]]
    # A time; and nothing again.
    chrome.choose("#tint", "6")
    assert len(legend(chrome)) == 5 and sum(press(chrome, nth) for nth in range(5)) == 900
    chrome.choose("#tint", "")
    chrome.click("#clear")
    assert legend(chrome) == [] and "coloured" not in chrome.text("#plane-says") and pixels(chrome, "#plane") > 500


def fitted(chrome, k, scaling=0):
    """Ask for groups by the keys; which group each row is in, as the legend selects them."""
    chrome.choose("#fit-scaling", str(scaling))
    chrome.choose("#fit-k", str(k))
    chrome.focus("#fit")
    chrome.key("Enter", text="\r")
    said = chrome.text("#fit-says")
    sizes = [int(n.replace(",", "")) for n in said.split(": ")[1].split(" rows.")[0].split(", ")]
    assert said.startswith(f"{k} clusters by k-means") and "from any table" in said, said
    assert len(sizes) == k and sizes == sorted(sizes, reverse=True), sizes
    of = {}
    for group in range(k):
        assert press(chrome, group) == sizes[group]
        for name in saved(chrome):
            assert name not in of
            of[name] = group
    return sizes, of


def groups(chrome, room):
    path, rows = table(room, 300)
    explore(chrome, room, path)
    for k, at in ((2, 0), (10, 1), (4, 2)):
        sizes, of = fitted(chrome, k, at)
        assert sum(sizes) == 300 == len(of)
        assert chrome.js("[document.querySelector('#x').value, document.querySelector('#y').value]") == [f"{at}/0", f"{at}/1"]
        assert chrome.js("document.querySelector('#tint').value") == "fitted" and len(legend(chrome)) == k
        # Nearest to the mean of its own group, each of them.
        scaling = spaces(chrome)[at]
        points = list(zip(*(scores(rows, HEADER, scaling, nth) for nth in range(3))))
        names = [row[0] for row in rows]
        mean = [[sum(axis) / sizes[group] for axis in zip(*(p for p, name in zip(points, names) if of[name] == group))] for group in range(k)]
        for point, name in zip(points, names):
            far = [math.dist(point, centre) for centre in mean]
            assert far[of[name]] <= min(far) + 1e-6, (k, name, far, of[name])
        assert fitted(chrome, k, at) == (sizes, of)
    kept = claim(chrome)
    assert isinstance(kept["evidence"]["where"], str) and kept["columns"] == ["a", "b", "c"], kept
    # Another column's colours, and back to the groups.
    chrome.choose("#tint", "4")
    assert len(legend(chrome)) == 3
    chrome.choose("#tint", "fitted")
    assert len(legend(chrome)) == 4 and len(chrome.js("[...document.querySelectorAll('#tint option[value=fitted]')].map(o => 1)")) == 1


def by_keys(chrome, room):
    """From the top of the page to a component, a colour and groups, without a mouse."""
    path, _ = table(room, 200)
    explore(chrome, room, path)
    chrome.js("document.activeElement.blur()")

    def onward(name, most=150):
        for _ in range(most):
            chrome.key("Tab")
            if chrome.js("document.activeElement.id") == name:
                return
        raise AssertionError(f"no way to {name}")

    def down(name, until):
        onward(name)
        for _ in range(40):
            if chrome.js(f"document.activeElement.value") == until:
                return
            chrome.key("ArrowDown")
        raise AssertionError(f"no {until} in {name}")

    chrome.key("Tab")
    assert chrome.js("document.activeElement.closest('nav').getAttribute('aria-label')") == "Sections of this page"
    down("x", "0/0")
    down("y", "0/1")
    assert "x axis: component 1" in chrome.text("#plane-says") and "y axis: component 2" in chrome.text("#plane-says")
    down("tint", "4")
    assert len(legend(chrome)) == 3
    chrome.key("Tab")
    chrome.key("Tab")
    assert chrome.js("document.activeElement.closest('#legend') !== null")
    chrome.key("Enter", text="\r")
    assert selected(chrome) > 0
    down("fit-k", "3")
    onward("fit")
    chrome.key("Enter", text="\r")
    assert chrome.text("#fit-says").startswith("3 clusters")


def links(chrome, _):
    """The contents name what is on the page, in its order."""
    shown = chrome.js("[...document.querySelectorAll('#contents li:not([hidden]) a')].map(a => [a.getAttribute('href').slice(1), a.textContent])")
    heads = chrome.js("[...document.querySelectorAll('main section[id]')].filter(s => !s.closest('[hidden]')).map(s => [s.id, s.querySelector('h2').textContent])")
    assert shown == heads and len(shown) >= 8, (shown, heads)
    chrome.click("#contents a[href='#plane-part']")
    chrome.until("Math.abs(document.querySelector('#plane-part').getBoundingClientRect().top) < 40")


def contents(chrome, room):
    path, _ = table(room, 50)
    page = explore(chrome, room, path)
    links(chrome, room)
    assert chrome.js("document.querySelector('#contents a[href=\"#lag-part\"]').parentNode.hidden")
    # Where scripts are off, what they open has no link.
    chrome.send("Emulation.setScriptExecutionDisabled", value=True)
    chrome.open(page)
    shown = chrome.js("[...document.querySelectorAll('#contents a')].filter(a => a.offsetParent).map(a => a.textContent)")
    chrome.send("Emulation.setScriptExecutionDisabled", value=False)
    assert shown == ["Columns", "Missing values", "Principal components", "Distances and clusterings"], shown
    # Pictures out of sight are drawn when they come in sight, and for a print.
    path, _ = table(room, 400)
    explore(chrome, room, path)
    chrome.js("window.scrollTo(0, 0)")
    select(chrome, x_from="0")
    assert pixels(chrome, "#curve") > 200 and pixels(chrome, "#week") > 200
    chrome.js("window.scrollTo(0, 0); window.dispatchEvent(new Event('beforeprint'))")
    drawn = "[...document.querySelectorAll('#cards canvas')].every(c => c.width === c.clientWidth * Math.min(2, devicePixelRatio))"
    assert chrome.js(drawn)


def scant(chrome, room):
    """Hostile names, and tables with almost nothing in them."""
    draw = random.Random(3)
    levels = [HOSTILE, '"]\n[[claim]]', "a&lt;b", "others", "x" * 90]
    rows = [[draw.gauss(0, 1), draw.gauss(0, 1), levels[row % 5]] for row in range(60)]
    path = write(room, "hostile.csv", [HOSTILE, '"]\n[[claim]]', "a&lt;b"], rows)
    explore(chrome, room, path)
    choose(chrome, "0/0", "0/1")
    chrome.choose("#tint", "2")
    assert len(legend(chrome)) == 5
    for nth in range(5):
        assert press(chrome, nth) == 12
        kept = claim(chrome, HOSTILE)
        assert kept["says"] == HOSTILE and kept["columns"] == ["a&lt;b"]
    chrome.choose("#fit-k", "3")
    chrome.click("#fit")
    assert len(legend(chrome)) == 3 and press(chrome, 0) > 0
    assert set(claim(chrome)["columns"]) == {HOSTILE, '"] [[claim]]'}
    assert chrome.js("window.hacked") is None and not chrome.faults
    tables = {
        "one-row": (["a", "b"], [[1, 2]]),
        "one-column": (["a"], [[row] for row in range(9)]),
        "missing": (["a", "b"], [["", ""]] * 9),
        "no-rows": (["a", "b"], []),
        "flat": (["a", "b", "c"], [[1, 2, row % 2] for row in range(9)]),
    }
    for name, (header, rows) in tables.items():
        explore(chrome, room, write(room, f"{name}.csv", header, rows))
        assert spaces(chrome) == [] and components(chrome) == [], name
        assert chrome.js("document.querySelector('#fit').disabled"), name
        chrome.click("#fit")
        for at in range(len(header)):
            chrome.choose("#tint", str(at))
            for nth in range(len(legend(chrome))):
                press(chrome, nth)
        assert not chrome.faults, (name, chrome.faults)
    # Fewer rows than groups.
    explore(chrome, room, write(room, "few.csv", ["a", "b"], [[1, 2], [2, 1], [3, 3], [9, 4]]))
    chrome.choose("#fit-k", "10")
    chrome.click("#fit")
    assert chrome.text("#fit-says") == "There are fewer rows than clusters." and legend(chrome) == []
    # Rows that are all alike in two places.
    explore(chrome, room, write(room, "alike.csv", ["a", "b"], [[row % 2, row % 2] for row in range(40)]))
    chrome.choose("#fit-k", "10")
    chrome.click("#fit")
    assert not chrome.faults and [press(chrome, nth) for nth in range(2)] == [20, 20]


def opened(chrome, page):
    chrome.open(page)
    chrome.until("document.documentElement.dataset.ready === 'yes'")
    text = chrome.js("document.body.innerText")
    assert not any(bad in text for bad in ("NaN", "undefined", "Infinity")) and not chrome.faults, (page, chrome.faults)


def rounds(chrome, room):
    """The page that a candidate gets, and the one with the key that a reviewer makes."""
    folder = room / "round"
    made = subprocess.run(
        [BINARY, "generate", "assistant-prompts", "--out", folder, "--demo-seed", "35", "--rows", "600", "--no-certify"],
        capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    page = folder / "candidate/candidate-1/explore.html"
    opened(chrome, page)
    assert chrome.js("['fit', 'key', 'fit-part', 'key-part', 'far-part'].every(id => !document.getElementById(id))")
    assert components(chrome) and "key: " not in page.read_text(encoding="utf-8")
    links(chrome, room)
    choose(chrome, "0/0", "0/1")
    assert pixels(chrome, "#plane") > 300
    chrome.drag("#plane", [(0.2, 0.2), (0.5, 0.5), (0.9, 0.9)])
    assert selected(chrome) > 0 and isinstance(claim(chrome)["evidence"]["where"], str)
    shown = folder / "open.html"
    made = subprocess.run(
        [BINARY, "explore", folder / "candidate/candidate-1", "--reveal", folder / "key/candidate-1", "--out", shown],
        capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    opened(chrome, shown)
    names = chrome.js("[...document.querySelectorAll('#tint option')].map(one => [one.value, one.textContent])")
    keys = {name: value for value, name in names if name.startswith("key: ")}
    assert len(keys) > 3 and "never send this page" in chrome.text("h1"), names
    name = next(name for name in keys if name.startswith("key: sampled."))
    chrome.choose("#tint", keys[name])
    assert f"coloured by {name}" in chrome.text("#plane-says")
    counts = [press(chrome, nth) for nth in range(len(legend(chrome)))]
    with next((folder / "candidate/candidate-1/data").glob("assistant-prompts.csv")).open(encoding="utf-8") as file:
        rows = len(list(csv.DictReader(file)))
    assert len(counts) > 1 and 0 < sum(counts) <= rows, counts
    # No claim rests on the key: nobody could check it against what was delivered.
    for choose_by_key in (lambda: press(chrome, 0), lambda: (choose(chrome, keys[name], 1), select(chrome, x_from="0"))):
        choose_by_key()
        chrome.focus("#says")
        chrome.type("these")
        chrome.click("#claim")
        assert name in chrome.text("#saved") and not chrome.js("document.querySelector('#notes').value"), chrome.text("#saved")
    links(chrome, room)


SPACE = [axes, colours, groups, by_keys, contents, scant, rounds]
