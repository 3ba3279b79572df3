"""Views of one subject each, compared with the table: missing values, one column, lags."""
import datetime
import random
from collections import Counter

from shared import HOSTILE, explore, image, pixels, write

DAY = datetime.timedelta(days=1)
HEADER = ["id", "sent", "paid", "place", "price", "stars"]
FIRST = datetime.datetime(2025, 3, 3)


def shown(part):
    """A share as the page writes it."""
    return {0: "0 %", 1: "100 %"}.get(part, f"{100 * part:.1f} %")


def orders(count, days, seed=2):
    """Rows with two times, one of them before the other here and there, and with placeholders."""
    draw = random.Random(seed)
    for row in range(count):
        sent = FIRST + datetime.timedelta(seconds=draw.randrange(days * 86_400))
        lag = draw.choice([-3600, 0, *[int(draw.lognormvariate(7, 1)) + 1 for _ in range(8)]])
        paid = "" if draw.random() < 0.1 else (sent + datetime.timedelta(seconds=lag)).isoformat()
        place = draw.choice(["web", "shop", "unknown", "N/A"])
        price = -1 if draw.random() < 0.1 else draw.choice([draw.randrange(100), round(draw.random() * 50, 2), 2.5])
        yield [row, sent.isoformat(), paid, place, price, "" if place == "shop" else draw.randrange(5)]


def select_low_prices(chrome, rows):
    """Select by keys what costs 10 at most; which rows that is."""
    chrome.choose("#x", "4")
    chrome.focus("#x-to")
    chrome.type("10")
    chrome.focus("#typed")
    chrome.key("Enter", text="\r")
    low = [row for row in rows if float(row[4]) <= 10]
    assert chrome.text("#selected").startswith(f"{len(low):,} of "), chrome.text("#selected")
    return low


def entries(chrome, selector):
    """What a list of strips says, a line each: name, share, where most."""
    return chrome.js(f"[...document.querySelectorAll('{selector} li')].map(li => [...li.querySelectorAll('.name, span')].map(s => s.textContent))")


def levels(chrome):
    cells = chrome.js("[...document.querySelectorAll('#levels tbody tr')].map(r => [...r.children].map(c => c.textContent))")
    return {row[0]: row[1:] for row in cells}


def missing(chrome, room):
    rows = list(orders(1500, 100))
    explore(chrome, room, write(room, "orders.csv", HEADER, rows))
    empty = {name: sum(row[at] == "" for row in rows) for at, name in enumerate(HEADER) if name in ("paid", "stars")}
    assert [[name, part] for name, part, _ in entries(chrome, "#holes")] == [[n, shown(k / 1500)] for n, k in empty.items()]
    # The placeholders, typed; a number counts however it is written.
    chrome.click("#nulls")
    chrome.type("unknown, N/A ,-1.0, never")
    told = chrome.text("#nulls-say")
    unknown, none = (sum(row[3] == word for row in rows) for word in ("unknown", "N/A"))
    minus = sum(row[4] == -1 for row in rows)
    for says in (f"“unknown” {unknown} cells in 1 column", f"“N/A” {none} cells", f"“-1.0” {minus} cells in 1 column", "“never” not found"):
        assert says in told, (says, told)
    assert {name: part for name, part, _ in entries(chrome, "#holes")}["place"] == shown((unknown + none) / 1500)
    complete = sum(row[2] != "" and row[3] not in ("unknown", "N/A") and row[4] != -1 and row[5] != "" for row in rows)
    lines = chrome.js("[...document.querySelectorAll('#together li')].map(l => l.textContent)")
    assert f"{shown(complete / 1500)} of rows: nothing missing" in lines, lines
    # By week, the highest.
    weeks = Counter(datetime.datetime.fromisoformat(row[1]).date().isocalendar()[:2] for row in rows)
    holes = Counter(datetime.datetime.fromisoformat(row[1]).date().isocalendar()[:2] for row in rows if row[2] == "")
    most = max(weeks, key=lambda week: holes[week] / weeks[week])
    assert f"peak {shown(holes[most] / weeks[most])} of {weeks[most]} rows" in entries(chrome, "#holes")[0][2], entries(chrome, "#holes")[0]
    assert pixels(chrome, "#holes canvas") > 20
    # By category, of all rows and of the selected ones; the levels of the column that was named stay.
    low = select_low_prices(chrome, rows)
    chrome.choose("#levels-of", str(HEADER.index("place")))
    found = levels(chrome)
    for place in ("web", "shop", "unknown", "N/A"):
        own = [row for row in low if row[3] == place]
        parts = [shown(sum(row[at] in gone for row in own) / len(own)) for at, gone in ((2, ("",)), (4, (-1,)), (5, ("",)))]
        assert found[place] == [f"{len(own):,}", *parts], (place, found[place], parts)
    assert "selected" in chrome.text("#levels-say") and "selected" in chrome.text("#holes-say")
    chrome.click("#clear")


def ending(price):
    digits = repr(price)
    return digits[-1] if not digits.endswith(".0") else digits[-3]


def one_column(chrome, room):
    rows = list(orders(1500, 100, 3))
    prices = [float(row[4]) for row in rows]
    explore(chrome, room, write(room, "orders.csv", HEADER, rows))
    chrome.choose("#one", "4")
    assert "1,500 of 1,500 rows have a value; a quarter at or below" in chrome.text("#curve-says")
    half = sorted(prices)[749]
    assert f"half at or below {half:g}," in chrome.text("#curve-says"), (half, chrome.text("#curve-says"))
    whole = sum(price == int(price) for price in prices)
    assert f"Decimals: 0 in {shown(whole / 1500)}, 1 in" in chrome.text("#digits-say"), chrome.text("#digits-say")
    # Each digit by the keys.
    digits = Counter(map(ending, prices))
    chrome.focus("#digits")
    for digit in range(10):
        if digit:
            chrome.key("ArrowRight")
            assert chrome.text("#digits-read") == f"Last digit {digit}: {digits[str(digit)]} rows ({shown(digits[str(digit)] / 1500)})"
    # The most frequent, and what is selected of them.
    (value, times), *_ = Counter(prices).most_common(1)
    assert entries(chrome, "#common")[0][:2] == [f"{value:g}", shown(times / 1500)]
    assert len(entries(chrome, "#common")) == 8 and pixels(chrome, "#common canvas") > 20
    before = image(chrome, "#curve")
    low = select_low_prices(chrome, rows)
    part = sum(float(row[4]) == value for row in low) / len(low)
    assert entries(chrome, "#common")[0][1] == f"{shown(times / 1500)}, selected {shown(part)}"
    assert f"Of the selected rows, {len(low)} of" in chrome.text("#curve-says")
    assert image(chrome, "#curve") != before
    for scale in ("log", "rank"):
        before = image(chrome, "#curve")
        chrome.choose("#one-scale", scale)
        assert scale in chrome.text("#curve-says") and image(chrome, "#curve") != before
    # A card brings its column here; words have no digits.
    chrome.click("#cards button:nth-child(4)")
    assert chrome.text("#curve-says").startswith("place: ") and chrome.js("document.querySelector('#digits-part').hidden")
    chrome.click("#clear")


def lag(chrome, room):
    # The larger one has more different times than a page tells apart.
    for count, days in ((1500, 100), (30_000, 400)):
        rows = list(orders(count, days, 4))
        explore(chrome, room, write(room, "orders.csv", HEADER, rows))
        for low in (False, True):
            some = select_low_prices(chrome, rows) if low else rows
            read = datetime.datetime.fromisoformat
            lags = sorted((read(row[2]) - read(row[1])).total_seconds() for row in some if row[2])
            says = chrome.text("#lag-says")
            signs = [sum(lag < 0 for lag in lags), sum(lag == 0 for lag in lags), sum(lag > 0 for lag in lags)]
            where = "selected " if low else ""
            assert f"{len(lags):,} of {len(some):,} {where}rows have both times." in says, says
            for n, word in zip(signs, ("negative", "zero", "positive")):
                assert f"{word} in {n:,} ({shown(n / len(lags))})" in says, (word, n, says)
            minutes = int(lags[len(lags) // 2] // 60)
            assert f"the median is {minutes} minute" in says and "the range from −1 hour to" in says, (minutes, says)
        assert pixels(chrome, "#lags") > 200
        chrome.click("#clear")
    # The other way round.
    chrome.choose("#lag-from", "2")
    chrome.choose("#lag-to", "1")
    assert "sent minus paid" in chrome.text("#lag-says") and "to 1 hour." in chrome.text("#lag-says")
    # Going through the bins by keys meets every row once.
    chrome.focus("#lags")
    met = Counter()
    for _ in range(80):
        chrome.key("ArrowRight")
        says = chrome.text("#lags-read")
        met[says.split(":")[0]] = int(says.split(": ")[1].split(" row")[0].replace(",", ""))
    for _ in range(80):
        chrome.key("ArrowLeft")
    says = chrome.text("#lags-read")
    met[says.split(":")[0]] = int(says.split(": ")[1].split(" row")[0].replace(",", ""))
    assert sum(met.values()) == sum(row[2] != "" for row in rows), sum(met.values())
    assert met["Same time"] == sum(row[1] == row[2] for row in rows)


def readouts(chrome, room):
    rows = list(orders(1500, 100, 5))
    explore(chrome, room, write(room, "orders.csv", HEADER, rows))
    hint = chrome.text("#cards-read")
    # Words stand in the order of their letters: web is the last.
    web = sum(row[3] == "web" for row in rows)
    chrome.hover("#cards button:nth-child(4) canvas", 0.876)
    assert chrome.text("#cards-read") == f"place, web: {web} rows", chrome.text("#cards-read")
    assert chrome.js("document.querySelector('#cards-read').getAttribute('aria-live')") == "off"
    chrome.hover("#week", 10.5 / 24, 2.5 / 7)
    assert chrome.text("#cards-read") == hint
    sent = [datetime.datetime.fromisoformat(row[1]) for row in rows]
    assert chrome.text("#time-reads") == f"Wednesday from 10:00: {sum(at.weekday() == 2 and at.hour == 10 for at in sent)} rows"
    chrome.hover("#days", 40.5 / 100)
    day = FIRST + 40 * DAY
    assert chrome.text("#time-reads") == f"{day.date()}: {sum(at.date() == day.date() for at in sent)} rows", chrome.text("#time-reads")
    # By keys, and then it is spoken.
    chrome.focus("#week")
    spot = chrome.text("#time-reads")
    chrome.key("ArrowDown")
    assert chrome.text("#time-reads").startswith("Thursday from 10:00") and chrome.text("#time-reads") != spot
    assert chrome.js("document.querySelector('#time-reads').getAttribute('aria-live')") == "polite"
    select_low_prices(chrome, rows)
    chrome.focus("#cards button:nth-child(4)")
    chrome.key("ArrowRight")
    assert " selected" in chrome.text("#cards-read")


def odd(chrome, room):
    """Every view on tables with almost nothing, or something hostile, in them."""
    tables = {
        "hostile": ([HOSTILE, '"]\n[[claim]]', "when", "then"], [[HOSTILE * (row % 2), row % 7, f"2026-01-{row % 28 + 1:02}", HOSTILE if row == 3 else "2026-02-01"] for row in range(50)]),
        "one-row": (["a", "b", "at", "then"], [[1.25, "", "2026-01-02", "2026-01-02"]]),
        "missing": (["a", "b"], [["", ""]] * 9),
        "no-rows": (["a", "b"], []),
        "far": (["at", "then"], [["1970-01-01" if row % 90 == 0 else f"2026-03-{row % 28 + 1:02}", "9999-12-31"] for row in range(300)]),
        "tiny": (["a"], [[1e-300 * row] for row in range(9)] + [[9e300], [2**60]]),
        "long": (["a"], [[f"{row} " + "word " * 40] for row in range(9_000)] + [["NA"]] * 3),
    }
    for name, (header, rows) in tables.items():
        explore(chrome, room, write(room, f"{name}.csv", header, rows))
        chrome.click("#nulls")
        chrome.type(f"{HOSTILE},, -, NA,2026-02-01,")
        for at in range(len(header)):
            chrome.choose("#one", str(at))
            for scale in ("log", "rank", "linear"):
                chrome.choose("#one-scale", scale)
        for canvas in ("#curve", "#digits", "#lags", "#week", "#days", "#cards button"):
            chrome.focus(canvas)
            for key in ("ArrowRight", "ArrowDown", "ArrowUp", "ArrowLeft"):
                chrome.key(key)
        text = chrome.js("document.body.innerText")
        assert not any(bad in text for bad in ("NaN", "undefined", "Infinity")), name
        assert chrome.js("window.hacked") is None and not chrome.faults, (name, chrome.faults)
        hidden = chrome.js("document.querySelector('#lag-part').hidden")
        assert hidden == (name in ("missing", "no-rows", "tiny", "long")), name
        if name == "missing":
            assert chrome.text("#together-says") == "Values are missing in 2 of 2 columns; one combination in 9 rows."
        if name == "one-row":
            assert "zero in 1 (100 %)" in chrome.text("#lag-says") and "100 %" in chrome.text("#common")
        if name == "far":
            assert "far outside this range not shown" in chrome.text("#common-says")
        if name == "long":
            assert "“NA” 3 cells" in chrome.text("#nulls-say")


VIEWS = [missing, one_column, lag, readouts, odd]
