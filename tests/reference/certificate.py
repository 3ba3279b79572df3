"""Makes certificate.json: what scikit-learn, diptest, scipy and hdbscan give on small fixed inputs.

Run it with them installed. Nothing random is compared: groupings, halves and parts are part of the input.
"""
import json
from pathlib import Path
import diptest, hdbscan, numpy as np, scipy, sklearn
from scipy import stats
from sklearn.cluster import AgglomerativeClustering, KMeans
from sklearn.metrics import (adjusted_rand_score, calinski_harabasz_score, davies_bouldin_score, r2_score,
                             silhouette_score)
from sklearn.mixture import GaussianMixture

rng = np.random.default_rng(20261121)
V = []


def add(kind, tag, input, expect):
    V.append({"id": f"{kind}-{sum(v['kind'] == kind for v in V) + 1:03}", "kind": kind, "tag": tag, "input": input, "expect": expect})


def r(a, d=4): return np.round(np.asarray(a, float), d)


def clouds(n, d, k, apart): return r(rng.normal(size=(n, d)) + apart * np.eye(max(k, d))[np.arange(n) % k][:, :d])


def valley(x):  # density at the lowest place between two peaks over the lower peak; 1 without a valley
    x = np.clip(x, *np.quantile(x, [.005, .995])); g = np.linspace(x.min(), x.max(), 128); f = stats.gaussian_kde(x[:1500], .25)(g)
    pk = [i for i in range(1, 127) if f[i] > f[i - 1] and f[i] >= f[i + 1]]
    best = 1.
    for a in range(len(pk)):
        for b in range(a + 1, len(pk)):
            lo = min(f[pk[a]], f[pk[b]])
            if lo > .15 * f.max(): best = min(best, f[pk[a]:pk[b]].min() / lo)
    return float(best)


# separation: silhouette, Calinski-Harabasz, Davies-Bouldin, explained variance, Ward, average and complete cuts
for tag, X, k in [("one cloud", clouds(60, 4, 1, 0), 3), ("three clouds", clouds(90, 3, 3, 6), 3), ("close clouds", clouds(80, 5, 4, 2.5), 4)]:
    l = KMeans(k, n_init=3, random_state=0).fit(X)
    eta = [1 - sum(((X[l.labels_ == c, j] - X[l.labels_ == c, j].mean()) ** 2).sum() for c in range(k)) / ((X[:, j] - X[:, j].mean()) ** 2).sum() for j in range(X.shape[1])]
    cuts = {m: [int(c) for c in AgglomerativeClustering(k, linkage=m).fit_predict(X)] for m in ("ward", "average", "complete")}
    add("groups", tag, {"x": X.tolist(), "labels": [int(c) for c in l.labels_], "k": k},
        {"silhouette": float(silhouette_score(X, l.labels_)), "calinski_harabasz": float(calinski_harabasz_score(X, l.labels_)),
         "davies_bouldin": float(davies_bouldin_score(X, l.labels_)), "explained": eta, "cuts": cuts,
         "inertia": float(KMeans(k, n_init=20, random_state=0, tol=0, max_iter=1000).fit(X).inertia_)})

# one mixture with one group has one optimum
X = clouds(200, 3, 1, 0); g = GaussianMixture(1, reg_covar=1e-3).fit(X)
add("mixture", "one group", {"x": X.tolist()}, {"log_likelihood": float(g.score(X) * len(X)), "bic": float(g.bic(X))})
X = clouds(240, 2, 2, 9); g = GaussianMixture(2, reg_covar=1e-3, random_state=0).fit(X)
add("mixture", "two groups far apart", {"x": X.tolist()}, {"log_likelihood": float(g.score(X) * len(X)), "bic": float(g.bic(X))})

# prediction strength of given centres' labels and groups, ambiguity of given groupings, gap of given inertias
for tag, n, k in [("random", 200, 4), ("mostly agreeing", 300, 3), ("a group of one", 40, 3)]:
    p = rng.integers(0, k, n); f = np.where(rng.random(n) < (.9 if tag != "random" else 0), p, rng.integers(0, k, n))
    if tag == "a group of one": f = np.where(f == 2, 0, f); f[0] = 2
    v = []
    for c in range(k):
        i = p[f == c]; m = len(i)
        if m > 1: cnt = np.bincount(i, minlength=k); v.append((cnt * (cnt - 1)).sum() / (m * (m - 1)))
    add("strength", tag, {"predicted": p.tolist(), "found": f.tolist()}, {"strength": float(min(v)), "ari": float(adjusted_rand_score(p, f))})
for tag, noise in [("agreeing", .02), ("doubtful", .3)]:
    m = 30; base = rng.integers(0, 3, m); C = np.zeros((m, m)); T = np.zeros((m, m)); parts = []
    for _ in range(25):
        i = np.sort(rng.choice(m, 24, replace=False)); l = np.where(rng.random(24) < noise, rng.integers(0, 3, 24), base[i])
        T[np.ix_(i, i)] += 1; C[np.ix_(i, i)] += l[:, None] == l; parts.append({"rows": i.tolist(), "labels": l.tolist()})
    v = (C / np.maximum(T, 1))[np.triu_indices(m, 1)]
    add("ambiguity", tag, {"rows": m, "parts": parts}, {"ambiguity": float(((v > .1) & (v < .9)).mean())})
for tag, own in [("three groups", [100, 70, 20, 18, 17]), ("none", [100, 80, 66, 57, 51]), ("ever more", [100, 50, 25, 12, 5])]:
    ref = [[100 * j, 80 * j, 66 * j * j, 57, 51] for j in (1, 1.1, .95, 1.02)]; lw = np.log(own); R = np.log(ref); g = R.mean(0) - lw; s = R.std(0) * np.sqrt(1 + 1 / len(ref))
    k = next((i + 1 for i in range(4) if g[i] >= g[i + 1] - s[i + 1]), 5)
    add("gap", tag, {"inertias": own, "null": ref}, {"gaps": g.tolist(), "errors": s.tolist(), "k": k})

# dip and valley of columns of numbers
for tag, x in [("uniform", rng.uniform(size=300)), ("normal", rng.normal(size=500)), ("two modes", np.r_[rng.normal(size=150), rng.normal(size=150) + 4]),
               ("touching modes", np.r_[rng.normal(size=200), rng.normal(size=200) + 2.4]), ("uneven modes", np.r_[rng.normal(size=300), rng.normal(size=40) + 6]),
               ("long tail", rng.exponential(size=200)), ("counts", rng.poisson(4, 200)), ("few", rng.normal(size=7)), ("three modes", rng.normal(size=300) + 5 * (np.arange(300) % 3))]:
    x = r(x); d, p = diptest.diptest(x)
    add("column", tag, {"x": x.tolist()}, {"dip": float(d), "dip_p": float(p), "valley": valley(x)})

# HDBSCAN: exact tree (its default approximates), groups and relative validity
for tag, X, mcs in [("two clouds", clouds(160, 2, 2, 9), 25), ("three clouds", clouds(180, 3, 3, 7), 25), ("one cloud", clouds(150, 3, 1, 0), 25), ("clouds and noise", np.vstack([clouds(140, 2, 2, 12), r(rng.uniform(-8, 20, (40, 2)))]), 20)]:
    h = hdbscan.HDBSCAN(min_cluster_size=mcs, min_samples=10, gen_min_span_tree=True, approx_min_span_tree=False, algorithm="generic").fit(X)
    add("density", tag, {"x": X.tolist(), "least": mcs, "samples": 10}, {"groups": int(h.labels_.max() + 1), "noise": float((h.labels_ < 0).mean()), "validity": float(h.relative_validity_) if h.labels_.max() >= 0 else 0., "labels": [int(c) for c in h.labels_]})

y = r(rng.normal(size=50)); p = r(y + .5 * rng.normal(size=50))
add("prediction", "noisy", {"y": y.tolist(), "told": p.tolist()}, {"r2": float(r2_score(y, p))})

out = {"meta": {"created": "reference values computed by other packages; see sources", "count": len(V),
                "sources": {"scikit-learn": sklearn.__version__, "scipy": scipy.__version__, "diptest": diptest.__version__, "hdbscan": "0.8.44", "numpy": np.__version__}}, "vectors": V}
json.dump(out, open(Path(__file__).with_suffix(".json"), "w"), separators=(",", ":"))
