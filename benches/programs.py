"""What `side-by-side` compares drumlin with. Run by it: programs.py NAME ROWS FOLDER.

Prints one JSON line: rows, and for polars wall and CPU seconds of the writing alone.
"""

import json
import sys
import time
from pathlib import Path

CHUNK = 1_000_000  # rows at a time: what numpy is fastest at, and memory stays flat
FACTORS, ENTITIES, DAYS = 4, 420, 112
START = 1_769_990_400_000  # 2026-02-02
HOURS = [2, 1, 1, 1, 1, 2, 5, 12, 26, 38, 42, 40, 30, 34, 42, 43, 38, 28, 18, 12, 10, 8, 6, 4]
WEEK = [1.0, 1.1, 1.12, 1.06, 0.86, 0.24, 0.26]
LEVELS = {
    "plan": (["free", "team", "enterprise"], [0.36, 0.42, 0.22]),
    "region": (["us-east", "eu-west", "ap-south", "sa-east"], [0.36, 0.31, 0.19, 0.14]),
    "client_version": (["4.1.2", "4.2.0", "4.2.3", "4.3.0", "4.3.1"], [0.23, 0.22, 0.20, 0.18, 0.17]),
    "surface": (["notebook", "sql cell", "side panel"], [0.52, 0.30, 0.18]),
}
# name, kind, and what the marginal needs: median, p95, digits
NUMBERS = [
    ("input_tokens", "long", 640, 3900, 0), ("output_tokens", "long", 310, 1500, 0),
    ("latency_ms", "long", 2350, 8200, 0), ("context_kb", "long", 62, 240, 1),
    ("error", "flag", 0.045, 0, 0), ("think_seconds", "long", 19, 105, 1),
    ("gap_hours", "long", 3.2, 52, 2), ("accepted", "flag", 0.57, 0, 0),
    ("edit_ratio", "share", 0.21, 0.74, 3), ("undo_count", "rate", 1.3, 0, 0),
    ("cells_run_after", "long", 4, 19, 0),
]
SLOTS = {
    "metric": ["revenue", "churn", "signups", "active users", "margin", "refunds", "conversion", "stock"],
    "period": ["last week", "march", "q1", "this month", "february", "last year", "since launch"],
    "table": ["orders", "events", "customers", "sessions", "invoices", "products", "shipments"],
    "column": ["created_at", "amount", "country", "channel", "status", "sku", "score", "owner"],
}
PHRASES = [
    "how many rows in {table}", "{metric} by {column}, {period}", "Can you show me the {metric} for {period}?",
    "why did {metric} drop in {period}? check {table} and rule out {column}", "fix the error in the cell above",
    "join {table} with {table} on the customer, then {metric} per {column}", "this is wrong, {metric} should be larger",
    "is there a {column} column in {table}?", "Please clean up {table}: drop empty rows, parse {column} as a date",
    "rolling 7 day {metric}, partition by {column}, exclude test accounts", "summarise the notebook in three bullets",
    "i need {metric} for {period} in five minutes", "what does {column} mean in {table}? values look odd",
    "same as before but for {period}", "Explain each step of the query and add comments",
    "compare {metric} in {table} and {table}, they should agree", "plot {metric} over {column}, log scale, no legend",
    "train a quick model that predicts {metric} from {table}", "rename everything to snake case",
    "make a bar chart of {metric}",
]


def numpy_table(rows, folder, everything):
    """The kinds of columns of `twenty-columns.toml`, vectorised: factors that entities share, a
    blend, a facet, a regime, a rare group, an interaction, noise, the same marginals, phrases with
    slots, four defects by masks, and the ledger. With `everything` also the table before defects and
    the latents, as drumlin writes them."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    rng = np.random.default_rng(1)
    weights = (np.arange(ENTITIES) + 5.0) ** -0.75
    shares = np.cumsum(weights / weights.sum())
    carried = rng.standard_normal((FACTORS, ENTITIES))
    levels = {name: rng.choice(len(of), ENTITIES, p=p) for name, (of, p) in LEVELS.items()}
    words = {name: pa.array(of) for name, (of, _) in LEVELS.items()}
    base32 = np.frombuffer(b"0123456789abcdefghjkmnpqrstvwxyz", dtype="S1")
    entity_ids = pa.array([f"ws_{n:08x}" for n in rng.permutation(1 << 20)[:ENTITIES]])
    hours = np.array(HOURS * DAYS) * np.repeat([WEEK[d % 7] for d in range(DAYS)], 24)
    before = np.concatenate([[0.0], np.cumsum(hours) / hours.sum()])
    loadings = rng.standard_normal((len(NUMBERS), FACTORS + 5)) * (rng.random((len(NUMBERS), FACTORS + 5)) < 0.4)
    leans = rng.standard_normal((FACTORS, len(PHRASES))) * 0.4
    archetypes = rng.standard_normal((3, 2))
    poisson = np.cumsum([np.exp(-1.3) * 1.3**k / np.prod(range(1, k + 1)) for k in range(15)])
    poisson_cuts = np.quantile(rng.standard_normal(200_000), np.clip(poisson, 0, 1))
    knots = np.linspace(-4, 4, 81)
    # Phrases as fronts, pools and the text after each slot; unused slots are empty words.
    flat, fronts, pools, behinds = [""], [], [], []
    starts = {name: len(flat) + sum(len(v) for v in list(SLOTS.values())[:i]) for i, name in enumerate(SLOTS)}
    for pool in SLOTS.values():
        flat += pool
    for says in PHRASES:
        pieces = [piece.split("}") for piece in says.split("{")]
        fronts.append(pieces[0][0])
        slots = [(starts[p[0]], len(SLOTS[p[0]]), p[1]) for p in pieces[1:]] + [(0, 1, "")] * 5
        pools.append([s[:2] for s in slots[:5]])
        behinds.append([s[2] for s in slots[:5]])
    flat, fronts, pools = pa.array(flat), pa.array(fronts), np.array(pools)
    behinds = [pa.array(column) for column in zip(*behinds)]

    def texts(factors):
        weight = np.exp(factors @ leans)
        np.cumsum(weight, axis=1, out=weight)
        phrase = (weight < rng.random((len(weight), 1)) * weight[:, -1:]).sum(axis=1)
        parts = [fronts.take(pa.array(phrase))]
        for slot in range(5):
            start, size = pools[phrase, slot].T
            word = start + (rng.random(len(phrase)) * size).astype(np.int64)
            parts += [flat.take(pa.array(word)), behinds[slot].take(pa.array(phrase))]
        return pc.binary_join_element_wise(*parts, "")

    def ids(first, n):
        position = np.arange(first, first + n, dtype=np.uint64)
        mixed = (position * np.uint64(0x9E3779B97F4A7C15)) & np.uint64((1 << 40) - 1)
        mixed ^= mixed >> np.uint64(20)
        shifts = np.arange(35, -1, -5, dtype=np.uint64)
        digits = base32[((mixed[:, None] >> shifts) & np.uint64(31)).astype(np.uint8)]
        return pc.binary_join_element_wise("pr_", pa.array(digits.view("S8").ravel()).cast(pa.string()), "")

    def number(kind, a, b, digits, t):
        if kind == "flag":
            return t > np.quantile(t[:10_000], 1 - a)
        if kind == "rate":
            return np.searchsorted(poisson_cuts, t)
        if kind == "share":
            centre, far = np.log(a / (1 - a)), np.log(b / (1 - b))
            value = 1 / (1 + np.exp(-(centre + (far - centre) / 1.6448536 * t)))
        else:
            value = a * np.exp(np.log(b / a) / 1.6448536 * t)
        return np.rint(value).astype(np.int64) if digits == 0 else np.round(value, digits)

    writers = {}

    def write(name, table):
        path = folder / f"{name}.parquet"
        if name not in writers:
            writers[name] = pq.ParquetWriter(path, table.schema, compression="zstd", compression_level=1)
        writers[name].write_table(table, row_group_size=65_536)

    first = delivered_rows = 0
    while first < rows:
        n = min(CHUNK, rows - first)
        place = np.sort((first + rng.random(n) * n) / rows)
        hour = np.minimum(np.searchsorted(before, place, side="right") - 1, len(hours) - 1)
        inside = (place - before[hour]) / (before[hour + 1] - before[hour])
        moments = START + hour * 3_600_000 + (inside * 3_600_000).astype(np.int64)
        age = (moments - START) / (DAYS * 86_400_000)
        entity = np.minimum(np.searchsorted(shares, rng.random(n)), ENTITIES - 1)
        factors = np.empty((n, FACTORS))
        for f in range(FACTORS):
            factors[:, f] = 0.55 * carried[f][entity] + 0.835 * rng.standard_normal(n)
        factors[:, 1] = (np.exp(0.45 * factors[:, 1]) - 1.1066) / 0.525
        near = np.stack([np.exp(-1.1 * ((factors[:, :2] - at) ** 2).sum(axis=1)) for at in archetypes], axis=1)
        members = near / near.sum(axis=1, keepdims=True)
        sampled = (np.cumsum(members, axis=1) < rng.random((n, 1))).sum(axis=1)
        side = rng.random(n) < 1 / (1 + np.exp(-1.6 * factors[:, 2]))
        rare = rng.random(n) < 0.015
        regime = age > 0.5
        features = np.column_stack([
            factors[:, :3], np.sin(2.2 * factors[:, 3]), np.cos(2.4 * factors[:, 3]),
            members[:, 0], 2.0 * side - 1, regime, rare,
        ])
        columns = {"prompt_id": ids(first, n), "workspace_id": entity_ids.take(pa.array(entity))}
        for name in ("plan", "region"):
            columns[name] = words[name].take(pa.array(levels[name][entity]))
        score = age * 5.0 + rng.standard_normal(n)
        cuts = np.quantile(score[:10_000], np.cumsum(LEVELS["client_version"][1])[:-1])
        version = np.searchsorted(cuts, score)
        columns["client_version"] = words["client_version"].take(pa.array(version))
        columns["sent_at"] = pa.array(moments, pa.timestamp("ms"))
        surface = np.searchsorted(np.cumsum(LEVELS["surface"][1])[:-1], rng.random(n))
        columns["surface"] = words["surface"].take(pa.array(surface))
        columns["prompt_text"] = texts(factors)
        values = {}
        for (name, kind, a, b, digits), loading in zip(NUMBERS, loadings):
            meant = features @ loading + 0.3 * factors[:, 0] * factors[:, 1]
            sd = max(meant[:10_000].std(), 1e-9)
            t = 0.787 * (meant - meant[:10_000].mean()) / sd + 0.616 * rng.standard_normal(n)
            values[name] = number(kind, a, b, digits, np.interp(t, knots, knots))
        values["cost_cents"] = np.rint(0.0031 * values["input_tokens"] + 0.0125 * values["output_tokens"]).astype(np.int64)
        if everything:
            write("surface", pa.table({**columns, **values}))
            latents = {f"factor.{f}": factors[:, f] for f in range(FACTORS)}
            latents |= {f"member.{k}": members[:, k] for k in range(3)}
            write("rows", pa.table({"row_id": columns["prompt_id"], **latents, "sampled": sampled, "facet": side, "rare": rare}))
        # Defects: a unit slip of one version, a script in a few entities, a sentinel, duplicates.
        touched = []

        def damage(name, mask, new, instance):
            old = values[name]
            mask = mask & (old != new)
            values[name] = np.where(mask, new, old)
            touched.append((np.flatnonzero(mask), name, instance))

        damage("latency_ms", (version == 2) & (rng.random(n) < 0.95), np.rint(values["latency_ms"] * 1000.0).astype(np.int64), "unit-slip")
        bots = np.isin(entity, [7, 19, 101])
        for name in ("input_tokens", "output_tokens"):
            damage(name, bots, np.rint(32_000 * (0.998 + 0.004 * rng.random(n))).astype(np.int64), "bots")
        damage("gap_hours", (surface == 1) & (rng.random(n) < 0.18), np.full(n, -1.0), "sentinel")
        twice = (levels["region"][entity] == 1) & (rng.random(n) < 0.1)
        order = np.repeat(np.arange(n), 1 + twice)
        delivered = pa.table({**columns, **values}).take(pa.array(order))
        write("data", delivered)
        copy = np.concatenate([[False], order[1:] == order[:-1]])
        at = np.cumsum(1 + twice) - 1 - twice
        write("rowmap", pa.table({
            "delivered": np.arange(delivered_rows, delivered_rows + len(order)),
            "source": pa.array(first + order, mask=copy), "duplicate_group": pa.array(first + order, mask=~twice[order]),
            "added_by": pa.array(np.where(copy, "exact-duplicates", ""), mask=~copy),
        }))
        where, names, instances = [], [], []
        for cells, name, instance in touched:
            both = np.concatenate([at[cells], at[cells[twice[cells]]] + 1])
            where.append(delivered_rows + both)
            names.append(pa.repeat(name, len(both)))
            instances.append(pa.repeat(instance, len(both)))
        write("touched", pa.table({
            "delivered": np.concatenate(where), "column": pa.concat_arrays(names), "instances": pa.concat_arrays(instances),
        }))
        first += n
        delivered_rows += len(order)
    for writer in writers.values():
        writer.close()


def make_blobs(rows, _folder):
    from sklearn.datasets import make_blobs

    make_blobs(n_samples=rows, n_features=20, centers=6, random_state=1)


def repliclust(rows, _folder):
    from repliclust import Archetype, DataGenerator

    DataGenerator(archetype=Archetype(n_clusters=6, dim=20, n_samples=rows)).synthesize(quiet=True)


def mimesis_columns(rows, folder):
    import csv

    from mimesis import Address, Datetime, Finance, Internet, Locale, Numeric, Person, Text

    person, text, when, numeric = Person(Locale.EN), Text(Locale.EN), Datetime(Locale.EN), Numeric()
    address, finance, internet = Address(Locale.EN), Finance(Locale.EN), Internet()
    with open(folder / "mimesis.csv", "w", newline="") as file:
        writer = csv.writer(file)
        for _ in range(rows):
            writer.writerow([
                person.identifier("########"), person.full_name(), internet.email() if hasattr(internet, "email") else person.email(),
                when.datetime(), address.country(), finance.price(), numeric.integer_number(0, 9999),
                numeric.float_number(0, 100, 2), numeric.integer_number(0, 1), text.sentence(),
            ])


def mimesis_text(rows, folder):
    from mimesis import Locale, Text

    text = Text(Locale.EN)
    (folder / "mimesis.txt").write_text("\n".join(text.sentence() for _ in range(rows)))


def polars_write(rows, folder, form):
    import polars as pl

    frame = pl.concat([pl.read_parquet(path) for path in sorted(folder.glob("ours-*.parquet"))])
    begin, used = time.perf_counter(), time.process_time()
    # As drumlin writes it.
    if form == "parquet":
        frame.write_parquet(folder / "again.parquet", compression="zstd", compression_level=1, row_group_size=65_536)
    elif form == "defaults":
        frame.write_parquet(folder / "again.parquet")
    else:
        frame.write_csv(folder / "again.csv")
    return {"rows": frame.height, "seconds": time.perf_counter() - begin, "cpu": time.process_time() - used}


PROGRAMS = {
    "numpy": lambda rows, folder: numpy_table(rows, folder, everything=False),
    "numpy-full": lambda rows, folder: numpy_table(rows, folder, everything=True),
    "make-blobs": make_blobs,
    "repliclust": repliclust,
    "mimesis": mimesis_columns,
    "mimesis-text": mimesis_text,
    "polars-parquet": lambda rows, folder: polars_write(rows, folder, "parquet"),
    "polars-parquet-defaults": lambda rows, folder: polars_write(rows, folder, "defaults"),
    "polars-csv": lambda rows, folder: polars_write(rows, folder, "csv"),
}

if __name__ == "__main__":
    name, rows, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    print(json.dumps(PROGRAMS[name](rows, folder) or {"rows": rows}))
