"""The whole loop as users run it, with five secrets: make, read, solve, check, review."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

import pandas as pd
import polars as pl

BINARY = sys.argv[1]
HERE = pathlib.Path(__file__).resolve().parent
CANDIDATES = HERE.parent / "candidates"
SEEDS = [101, 102, 103, 104, 105]
FORBIDDEN = re.compile(r"score|total|rank|grade|recommend|hire", re.IGNORECASE)


def run(*arguments, expect=0):
    """Run drumlin, check its exit code, return (stdout, stderr)."""
    done = subprocess.run([BINARY, *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode == expect, f"{arguments}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout, done.stderr


def solve(program, candidate, out):
    subprocess.run([sys.executable, CANDIDATES / program, candidate, out], check=True)


def strings(values, stored_as):
    """Cells as the CSV writes them, from typed values."""
    if stored_as == "flag":
        return [None if v is None else str(v).lower() for v in values]
    if stored_as == "timestamp":
        return [None if v is None else v.isoformat(timespec="milliseconds") for v in values]
    if stored_as == "real":
        return [None if v is None else float(v) for v in values]
    return [None if v is None else str(v) for v in values]


def formats_agree(candidate):
    """CSV read as strings says the same as Parquet, by pandas and by polars, in every table."""
    data = candidate / "data"
    dictionary = pd.read_csv(data / "dictionary.csv", keep_default_na=False)
    assert {p.stem for p in data.glob("*.parquet")} == set(dictionary["table"])
    for name, told in dictionary.groupby("table", sort=False):
        table_agrees(data / f"{name}.parquet", told)


def table_agrees(parquet, told):
    csv = parquet.with_suffix(".csv")
    typed = pl.read_parquet(parquet)
    by_pandas = pd.read_parquet(parquet)
    text = pl.read_csv(csv, infer_schema=False)
    text_pandas = pd.read_csv(csv, dtype=str, keep_default_na=False, na_values=[""])
    assert list(typed.columns) == list(told["column"]) == list(by_pandas.columns) == text.columns
    assert len(typed) == len(by_pandas) == len(text) == len(text_pandas)
    for column, stored_as in zip(told["column"], told["stored_as"]):
        left = strings(typed[column].to_list(), stored_as)
        raw = text[column].to_list()
        right = [None if v is None else float(v) for v in raw] if stored_as == "real" else raw
        assert left == right, f"{column}: CSV and Parquet differ"
        pandas_raw = [None if pd.isna(v) else v for v in text_pandas[column]]
        assert pandas_raw == raw, f"{column}: pandas and polars read the CSV differently"
        missing = by_pandas[column].isna().sum()
        assert missing == typed[column].null_count(), f"{column}: missing values differ"


def page_of_nothing(room):
    """The explorer's page of a table that says nothing: the words of the page itself."""
    table, page = room / "nothing.csv", room / "nothing.html"
    table.write_text("a,b\n1,2\n2,1\n3,5\n")
    run("explore", table, "--out", page, "--force")
    return page.read_bytes()


def nothing_of_the_key(round_, candidate):
    """No file that is sent holds a word of the key."""
    key = json.loads((round_ / "key" / candidate / "key.json").read_text())
    secret = json.loads((round_ / "key" / "round.json").read_text())
    world = key["world"]
    words = [key["nonce"], secret["secret"], "decoy", "factor.", "sampled.", "rowmap", "ledger"]
    words += [f["statement"] for f in key["findings"]] + [f["how_to_notice"] for f in key["findings"]]
    words += [f["title"] for f in key["findings"]] + [i["cause"] for i in world["instances"]]
    words += [x for latent in world["latents"] for x in (latent["low"], latent["high"], latent["about"])]
    words += [world[part]["name"] for part in ("change", "rare", "interaction", "archetypes") if world[part]]
    folder = round_ / "candidate" / candidate
    files = {str(p): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    with zipfile.ZipFile(round_ / "candidate" / f"{candidate}.zip") as archive:
        for name in archive.namelist():
            inside = archive.read(name)
            assert inside == (round_ / "candidate" / name).read_bytes(), name
    plain = page_of_nothing(round_.parent)
    for name, content in files.items():
        # What the page says of any table, it does not say of this one.
        own = plain if name.endswith("explore.html") else b""
        for word in words:
            assert word.encode() not in content or word.encode() in own, f"{name} says {word!r}"


def no_forbidden_field(value, path=""):
    if isinstance(value, dict):
        for name, inner in value.items():
            assert not FORBIDDEN.search(name), f"evidence has a field {path}/{name}"
            no_forbidden_field(inner, f"{path}/{name}")
    elif isinstance(value, list):
        for inner in value:
            no_forbidden_field(inner, path)


def review(submission, round_, out):
    run("check", submission, "--bundle", round_ / "candidate" / "a")
    run("review", submission, "--round", round_, "--candidate", "a", "--out", out)
    for name in ("read.html", "review.html", "debrief.md", "feedback-notes.md", "evidence.json"):
        assert (out / name).stat().st_size > 200, name
    page = (out / "review.html").read_text()
    assert "<script" not in page and "NaN" not in page and "None" not in page
    evidence = json.loads((out / "evidence.json").read_text())
    no_forbidden_field(evidence)
    assert all(f["state"] is None and f["after_talk"] is None and f["note"] == "" for f in evidence["findings"])
    debrief = (out / "debrief.md").read_text()
    assert len(re.findall(r"^## ", debrief, re.MULTILINE)) >= 6, debrief[:400]
    return evidence


def value(comparison):
    return comparison["alone"]["value"] or 0.0


def one_secret(seed, room):
    round_ = room / "R"
    run("generate", "assistant-prompts", "--out", round_, "--candidate", "a", "--demo-seed", seed)
    candidate = round_ / "candidate" / "a"
    formats_agree(candidate)
    nothing_of_the_key(round_, "a")
    world = json.loads((round_ / "key" / "a" / "key.json").read_text())["world"]

    solve("naive.py", candidate, room / "naive")
    evidence = review(room / "naive", round_, room / "review-naive")
    [grouping] = evidence["groupings"]
    decoy = max(value(a) for a in grouping["comparisons"] if a["decoy"])
    structure = max(value(a) for a in grouping["comparisons"] if not a["decoy"])
    assert grouping["comparisons"][0]["decoy"] and decoy > structure, f"naive: {decoy:.2f} against {structure:.2f}"

    solve("standard.py", candidate, room / "standard")
    evidence = review(room / "standard", round_, room / "review-standard")
    axes = {a["finding"]: a["alone"]["value"] or 0.0 for a in evidence["axes"]}
    latents = [latent["name"] for latent in world["latents"]]
    recovered = [name for name in latents if axes.get(name, 0.0) > 0.4]
    assert len(recovered) >= 2, f"standard: axes recover {axes}"
    [groups] = [f for f in evidence["findings"] if f["kind"] == "groups"]
    quotes = " ".join(p["quote"] for p in groups["passages"])
    assert "would not defend" in quotes, f"standard: its doubt is not quoted: {quotes!r}"
    shown = ""
    for instance in world["instances"]:
        if instance["kind"] == "exact-duplicates":
            [cleaning] = [c for c in evidence["cleaning"] if c["finding"] == instance["id"]]
            share = cleaning["repaired"]
            assert share["count"] > 0.95 * share["of"] > 0, f"standard: duplicates {share}"
            shown = f", duplicates removed {share['count']} of {share['of']}"

    alone = room / "alone"
    alone.mkdir()
    (alone / "report.md").write_text(
        "# What I make of it\n\nLatency is in another unit for one client version.\n\n"
        "There are duplicated rows. I see a continuum and no clusters.\n"
    )
    evidence = review(alone, round_, room / "review-alone")
    assert not evidence["groupings"] and not evidence["axes"] and not evidence["cleaning"]
    assert "nothing follows from that" in (room / "review-alone" / "review.html").read_text()
    print(
        f"secret {seed}: naive rests on the decoy ({decoy:.2f}, best structure {structure:.2f}); "
        f"standard recovers {', '.join(f'{n} {axes[n]:.2f}' for n in latents)}{shown}"
    )


def two_candidates(room):
    """One world, other rows and ids; adding a candidate leaves every other byte alone."""
    round_ = room / "R"
    run("generate", "assistant-prompts", "--out", round_, "--candidate", "a", "--candidate", "b", "--rows", 4000)
    tables = {c: pd.read_parquet(next((round_ / "candidate" / c / "data").glob("*.parquet"))) for c in "ab"}
    assert not set(tables["a"]["prompt_id"]) & set(tables["b"]["prompt_id"])
    worlds = [json.loads((round_ / "key" / c / "key.json").read_text())["world"] for c in "ab"]
    assert worlds[0] == worlds[1]
    for candidate in "ab":
        formats_agree(round_ / "candidate" / candidate)
        nothing_of_the_key(round_, candidate)
    before = {p: p.read_bytes() for p in round_.rglob("*") if p.is_file() and p.name != "round.toml"}
    run("generate", "assistant-prompts", "--out", round_, "--candidate", "c", "--rows", 4000)
    for path, content in before.items():
        assert path.read_bytes() == content, f"{path} changed"
    run("generate", "assistant-prompts", "--out", round_, "--candidate", "c", "--rows", 4000, expect=2)
    other = room / "S"
    run("generate", "assistant-prompts", "--out", other, "--candidate", "a", "--rows", 4000)
    drawn = json.loads((other / "key" / "a" / "key.json").read_text())["world"]
    assert drawn != worlds[0], "two secrets, one world"
    print("two candidates share a world and no row; a third changes nothing else; a new round is a new world")


def every_scenario(room):
    """Each shipped world is made, agrees in both formats, keeps its key, and can be reviewed."""
    names = [one["name"] for one in json.loads(run("scenario", "list", "--json")[0])]
    assert len(names) >= 4, names
    for name in names:
        for seed in (7, 8):
            round_ = room / f"{name}-{seed}"
            run("generate", name, "--out", round_, "--candidate", "a", "--demo-seed", seed, "--rows", 4000)
            formats_agree(round_ / "candidate" / "a")
            nothing_of_the_key(round_, "a")
        solve("naive.py", round_ / "candidate" / "a", room / f"{name}-naive")
        review(room / f"{name}-naive", round_, room / f"{name}-review")
    print(f"{', '.join(names)}: formats agree, no word of a key is sent, a submission is reviewed")


def main():
    with tempfile.TemporaryDirectory() as folder:
        every_scenario(pathlib.Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        two_candidates(pathlib.Path(folder))
    for seed in SEEDS:
        with tempfile.TemporaryDirectory() as folder:
            one_secret(seed, pathlib.Path(folder))
    print(f"{len(SEEDS) + 2} passed, 0 failed")


if __name__ == "__main__":
    main()
