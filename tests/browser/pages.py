"""Open every page that the demo writes, in light and dark, wide and narrow, and look at what came out."""
import html
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import zlib

BINARY = sys.argv[1]
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]


def chromium(room, *arguments):
    done = subprocess.run(
        ["chromium", *FLAGS, f"--user-data-dir={room / 'profile'}", *arguments],
        capture_output=True, text=True, timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done


def colours(png):
    """Number of different pixel values among sampled rows of a PNG (8 bits a channel, no interlace)."""
    data = png.read_bytes()
    width, height, depth, kind = struct.unpack(">IIBB", data[16:26])
    channels = {2: 3, 6: 4}[kind]
    assert depth == 8
    at, packed = 8, b""
    while at < len(data):
        (length,) = struct.unpack(">I", data[at:at + 4])
        if data[at + 4:at + 8] == b"IDAT":
            packed += data[at + 8:at + 8 + length]
        at += 12 + length
    raw = zlib.decompress(packed)
    stride = width * channels + 1
    rows = {raw[y * stride + 1:(y + 1) * stride] for y in range(height)}
    return len(rows)


def look(page, room):
    source = page.read_text(encoding="utf-8")
    assert "Content-Security-Policy" in source, page
    plain = re.sub(r"<pre.*?</pre>", "", source, flags=re.S)
    # A first look has its table, its components and one script, which the policy names by its hash; no other page has any.
    allowed = 3 if "A first look" in source else 0
    assert plain.count("<script") == allowed and ("script-src 'sha256-" in source) == (allowed > 0), page
    plain = re.sub(r"<script.*?</script>", "", plain, flags=re.S)
    assert not re.search(r"<iframe|<object|\son\w+=", plain), page
    outside = [u for u in re.findall(r"(?:src|href)=\"([^\"]+)\"", plain) if not u.startswith(("data:", "#", "mailto:"))]
    assert all(not u.startswith(("http", "//", "file:")) or "rel=" in source for u in outside), (page, outside[:3])
    dom = chromium(room, "--dump-dom", page.as_uri()).stdout
    text = html.unescape(re.sub(r"<style.*?</style>|<script.*?</script>|<[^>]+>", " ", dom, flags=re.S))
    assert len(text.split()) > 50, f"{page} shows {len(text.split())} words"
    assert "NaN" not in text and "undefined" not in text, page
    for scheme in (0, 1):
        for width in (1200, 390):
            png = room / "shot.png"
            chromium(
                room, f"--blink-settings=preferredColorScheme={scheme}", f"--window-size={width},1600",
                "--hide-scrollbars", f"--screenshot={png}", page.as_uri(),
            )
            assert colours(png) > 100, f"{page} looks empty at {width}, scheme {scheme}"


def main():
    with tempfile.TemporaryDirectory() as folder:
        room = pathlib.Path(folder)
        subprocess.run([BINARY, "demo", "--out", room / "demo"], check=True, capture_output=True)
        pages = sorted((room / "demo").rglob("*.html"))
        assert len(pages) >= 9, [str(p) for p in pages]
        for page in pages:
            look(page, room)
    print(f"{len(pages)} passed, 0 failed")


if __name__ == "__main__":
    main()
