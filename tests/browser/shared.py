"""What the tests of the explorer share: the binary, a hostile text, a table written, its page opened."""
import csv
import subprocess
import sys

BINARY = sys.argv[1]
HOSTILE = '</script><img src=x onerror="window.hacked=1">'


def write(room, name, header, rows):
    path = room / name
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def explore(chrome, room, table):
    page = room / "page.html"
    made = subprocess.run([BINARY, "explore", table, "--out", page, "--force"], capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    chrome.open(page)
    chrome.until("document.documentElement.dataset.ready === 'yes'")
    text = chrome.js("document.body.innerText")
    assert "NaN" not in text and "undefined" not in text and "Infinity" not in text, table
    return page


def in_sight(chrome, selector):
    """Bring a picture in sight, where it is drawn."""
    chrome.place(selector)
    chrome.js("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))")


def image(chrome, canvas):
    """A canvas as it is drawn."""
    in_sight(chrome, canvas)
    return chrome.js(f'document.querySelector("{canvas}").toDataURL()')


def pixels(chrome, canvas):
    """How many pixels of a canvas are drawn."""
    in_sight(chrome, canvas)
    return chrome.js(
        f"(() => {{ const c = document.querySelector('{canvas}'); const d = c.getContext('2d')"
        ".getImageData(0, 0, c.width, c.height).data; let n = 0; for (let i = 3; i < d.length; i += 4) n += d[i] > 0; return n; })()"
    )
