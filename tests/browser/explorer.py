"""Work with the page of `explore` as a person does: brush, lasso, type, compare, keep a claim.

On a bundle, on a hostile table, and on tables with one row, one column, nothing at all and a million rows.
"""
import csv
import pathlib
import random
import re
import subprocess
import tempfile
import tomllib

from chrome import Chrome
from scales import SCALES
from shared import BINARY, HOSTILE, explore, image, pixels, write
from space import SPACE
from views import VIEWS

BUNDLE = pathlib.Path(__file__).resolve().parents[2] / "datasets/demo-round/candidate/ada"
KNOWN = BUNDLE.parents[3] / "tests/reference/known"


def number(text):
    return int(text.split(" of ")[0].replace(",", ""))


def bundle(chrome, room):
    explore(chrome, room, BUNDLE)
    assert pixels(chrome, "#plane") > 500
    assert chrome.text("#selected") == "No rows selected; all rows are shown."

    # A rectangle over the left half; every view follows.
    chrome.drag("#plane", [(0.02, 0.02), (0.3, 0.5), (0.5, 0.98)])
    left = number(chrome.text("#selected"))
    assert 0 < left < 3112, left
    assert len(chrome.js("[...document.querySelectorAll('#against tr')].map(r => r.innerText)")) == 33
    assert "rows selected, from 20" in chrome.text("#time-says")
    # The same rows by hand.
    chrome.js("document.querySelector('#plane').scrollIntoView()")
    chrome.click("#lasso")
    chrome.drag("#plane", [(0.02, 0.02), (0.5, 0.02), (0.5, 0.98), (0.02, 0.98)])
    assert abs(number(chrome.text("#selected")) - left) <= 0.02 * left, (chrome.text("#selected"), left)
    chrome.click("#lasso")

    # Another scale draws the same rows elsewhere; this column suits a log scale.
    says = chrome.text("#plane-says")
    assert "(log)" in says
    chrome.choose("#sx", "linear")
    assert "(linear)" in chrome.text("#plane-says") and chrome.text("#plane-says") != says
    card = "#cards button[title='Use context_kb as the x axis'] canvas"
    before = image(chrome, card)
    chrome.choose("#scale", "log")
    assert image(chrome, card) == before
    for scale in ("linear", "rank"):
        chrome.choose("#scale", scale)
        assert image(chrome, card) != before, scale
    chrome.choose("#sx", "linear")
    # The dictionary's description of a column is next to it.
    assert "Unit: kB." in chrome.js("document.querySelector('#columns-part').innerText")

    # Rows without a value of what colours them are said.
    chrome.choose("#tint", chrome.js("[...document.querySelectorAll('#tint option')].find(one => one.textContent === 'edit_ratio').value"))
    assert "without a value: grey (34.7 %)" in chrome.js("document.querySelector('#legend').innerText")
    chrome.choose("#tint", "")

    # Sorted by the difference on request, never before.
    names = "[...document.querySelectorAll('#against th')].map(r => r.firstChild.textContent)"
    in_file = chrome.js(names)
    chrome.choose("#order", "apart")
    by_difference = chrome.js(names)
    assert sorted(in_file) == sorted(by_difference) and in_file != by_difference

    # Ends are values as the column says them: a flag, and a day with all its hours.
    with next((BUNDLE / "data").glob("assistant-prompts.csv")).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for column, typed, holds in [
        ("accepted", "true", lambda row: row["accepted"] == "true"),
        ("sent_at", rows[0]["sent_at"][:10], lambda row: row["sent_at"][:10] == rows[0]["sent_at"][:10]),
    ]:
        at = list(rows[0]).index(column)
        chrome.choose("#x", str(at))
        for end in ("x-from", "x-to"):
            chrome.click(f"#{end}")
            chrome.type(typed)
        chrome.click("#typed")
        assert number(chrome.text("#selected")) == sum(map(holds, rows)), (column, chrome.text("#selected"))
    chrome.choose("#x", str(list(rows[0]).index("context_kb")))

    # Kept as a claim, which the checks of a submission read.
    chrome.drag("#plane", [(0.02, 0.02), (0.5, 0.98)])
    chrome.click("#says")
    chrome.type('Half of "them" are low')
    chrome.click("#claim")
    # What is written below by hand stays, and the next claim needs its own words.
    chrome.js("document.querySelector('#notes').value += '# by hand'")
    chrome.click("#claim")
    assert "First write" in chrome.text("#saved")
    assert "# by hand" in chrome.js("document.querySelector('#notes').value")
    claims = tomllib.loads(chrome.js("document.querySelector('#notes').value"))["claim"]
    assert len(claims) == 1 and claims[0]["says"] == 'Half of "them" are low'
    evidence = claims[0]["evidence"]
    assert evidence["stat"] == "share" and evidence["where"] and 0 < evidence["value"] < 1
    submission = room / "submission"
    submission.mkdir()
    (submission / "report.md").write_text("# Report\n\nHalf of them are low, as the claim says.\n")
    (submission / "claims.toml").write_text(chrome.js("document.querySelector('#notes').value"))
    checked = subprocess.run([BINARY, "check", submission, "--bundle", BUNDLE], capture_output=True, text=True)
    assert checked.returncode == 0 and "1 claim" in checked.stdout + checked.stderr, checked.stdout + checked.stderr

    # Rows with equal values in a column; selection cleared.
    chrome.js("(() => { const k = document.querySelector('#key'); k.options[0].selected = true; k.dispatchEvent(new Event('change')); })()")
    assert "distinct combinations" in chrome.text("#same")
    chrome.click("#clear")
    assert chrome.text("#selected").startswith("No rows")


def holds(condition, row):
    """Whether a condition of a claim holds for a row of the CSV; never where the value is missing."""
    column, op, value = re.fullmatch(r"(\w+) (==|>=|<=) (.*)", condition).groups()
    own = row[column]
    if own == "":
        return False
    if column != "sent_at" and op != "==":
        own, value = float(own), float(value)
    return {"==": own == value, ">=": own >= value, "<=": own <= value}[op]


def claims(chrome, room):
    """A claim selects the same rows of the table as the page."""
    explore(chrome, room, BUNDLE)
    with (BUNDLE / "data/assistant-prompts.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = list(rows[0])
    for across, up, box in [
        ("edit_ratio", "sent_at", [(0.2, 0.01), (0.6, 0.99)]),
        ("sent_at", "edit_ratio", [(0.3, 0.01), (0.7, 0.99)]),
        ("plan", "context_kb", [(0.1, 0.01), (0.5, 0.9)]),
        ("retries", "latency_ms", [(0.01, 0.3), (0.99, 0.99)]),
    ]:
        chrome.choose("#x", str(names.index(across)))
        chrome.choose("#y", str(names.index(up)))
        chrome.drag("#plane", box)
        chosen = number(chrome.text("#selected"))
        chrome.js("document.querySelector('#notes').value = ''")
        chrome.click("#says")
        chrome.type("these")
        chrome.click("#claim")
        where = tomllib.loads(chrome.js("document.querySelector('#notes').value"))["claim"][0]["evidence"]["where"]
        assert isinstance(where, list), (across, up, where)
        found = sum(all(holds(one, row) for one in where) for row in rows)
        assert found == chosen > 0, (across, up, where, found, chosen)


def keys(chrome, room):
    """Without a mouse: by the keys alone to a selection and a claim."""
    explore(chrome, room, BUNDLE)
    chrome.js("document.activeElement.blur()")

    def onward(name):
        for _ in range(120):
            chrome.key("Tab")
            if chrome.js("document.activeElement.id") == name:
                return
        raise AssertionError(f"no way to {name}")

    onward("x-to")
    median = chrome.js("document.querySelector('#plane-says').textContent")
    assert "rows have both" in median
    chrome.type("2")
    onward("typed")
    chrome.key("Enter", text="\r")
    assert "selected (" in chrome.text("#selected"), chrome.text("#selected")
    onward("says")
    chrome.type("few")
    onward("claim")
    chrome.key("Enter", text="\r")
    assert " <= " in chrome.js("document.querySelector('#notes').value")


def strange(chrome, room):
    rows = [[HOSTILE, i % 7, HOSTILE * (i % 2)] for i in range(50)]
    explore(chrome, room, write(room, "hostile.csv", [HOSTILE, '"]\n[[claim]]', "a&lt;b"], rows))
    assert chrome.js("window.hacked") is None
    assert chrome.text("#cards span") == HOSTILE
    chrome.drag("#plane", [(0.01, 0.01), (0.99, 0.99)])
    chrome.click("#says")
    chrome.type('"]\\ [[claim]]')
    chrome.click("#claim")
    assert len(tomllib.loads(chrome.js("document.querySelector('#notes').value"))["claim"]) == 1
    explore(chrome, room, write(room, "one-row.csv", ["a", "b", "at"], [[1, "x", "2026-01-02"]]))
    chrome.drag("#plane", [(0.01, 0.01), (0.99, 0.99)])
    assert chrome.text("#selected").startswith("1 of 1 row selected")
    explore(chrome, room, write(room, "one-column.csv", ["a"], [[i] for i in range(9)]))
    explore(chrome, room, write(room, "missing.csv", ["a", "b"], [["", ""]] * 9))
    assert "0 of 9 rows have both" in chrome.text("#plane-says")
    explore(chrome, room, write(room, "no-rows.csv", ["a", "b"], []))


def known(chrome, room):
    """Five well-known tables."""
    for name in ("iris", "wine", "penguins", "digits", "old-faithful"):
        explore(chrome, room, KNOWN / f"{name}.csv")
        chrome.drag("#plane", [(0.02, 0.02), (0.5, 0.98)])
        assert number(chrome.text("#selected")) > 0 and pixels(chrome, "#plane") > 100, name
        columns = chrome.js("document.querySelectorAll('#cards button').length")
        assert chrome.js("document.querySelectorAll('#against tr').length") == columns, name


def million(chrome, room):
    draw = random.Random(1)
    rows = ([i, round(draw.gauss(0, 1), 3), round(draw.expovariate(1), 4), draw.choice("abc")] for i in range(1_000_000))
    page = explore(chrome, room, write(room, "million.csv", ["id", "x", "y", "c"], rows))
    assert page.stat().st_size < 5_000_000, page.stat().st_size
    assert "sample of 100,000 of 1,000,000 rows" in chrome.js("document.body.innerText")
    chrome.drag("#plane", [(0.2, 0.02), (0.6, 0.98)])
    assert number(chrome.text("#selected")) > 1000
    timed = chrome.js("(() => { const t = performance.now(); document.querySelector('#sy').dispatchEvent(new Event('change')); return performance.now() - t; })()")
    print(f"  a hundred thousand rows are drawn in {timed:.0f} ms")
    for select, event in (("one", "change"), ("nulls", "input")):
        timed = chrome.js(f"(() => {{ const t = performance.now(), one = document.querySelector('#{select}'); if (!one.options) one.value = 'a'; one.dispatchEvent(new Event('{event}')); return performance.now() - t; }})()")
        print(f"  and looked at by #{select} in {timed:.0f} ms")


def main():
    with tempfile.TemporaryDirectory() as folder:
        room = pathlib.Path(folder)
        with Chrome(room) as chrome:
            tests = [bundle, claims, keys, strange, known, million, *VIEWS, *SCALES, *SPACE]
            for test in tests:
                test(chrome, room)
                assert not chrome.faults, (test.__name__, chrome.faults)
                print(f"ok {test.__name__}")
    print(f"{len(tests)} passed, 0 failed")


if __name__ == "__main__":
    main()
