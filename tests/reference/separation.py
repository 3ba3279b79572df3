"""Makes separation.json: reference values of scikit-learn and scipy. Run it with both installed."""
import json
from pathlib import Path
import numpy as np, scipy, sklearn
from scipy import stats, special
from sklearn.metrics import silhouette_score, silhouette_samples, roc_auc_score
from sklearn.neighbors import NearestNeighbors
rng = np.random.default_rng(20261120)
r = lambda a, d=4: np.round(a, d).tolist()
V = []
def add(kind, tag, input, expect):
    n = sum(v["kind"] == kind for v in V) + 1
    V.append({"id": f"{kind}-{n:03}", "kind": kind, "tag": tag, "input": input,
              "expect": {k: {"v": v, "s": s} for k, (v, s) in expect.items()}})
def points(tag, x, labels, k=5):
    x = np.asarray(r(x)); 
    far = NearestNeighbors(n_neighbors=k).fit(x).kneighbors()[0][:, -1]
    add("points", tag, {"x": x.tolist(), "groups": [int(l) for l in labels], "k": k}, {
        "silhouette": (float(silhouette_score(x, labels)), "skl"),
        "silhouettes": (silhouette_samples(x, labels).tolist(), "skl"),
        "neighbour_distances": (far.tolist(), "skl")})
a = rng.normal(size=(40, 3)); points("one cloud, random groups", a, rng.integers(0, 3, 40))
b = np.vstack([rng.normal(size=(15, 2)), rng.normal(size=(15, 2)) + 6]); points("two clouds", b, [0]*15+[1]*15)
points("a row alone in its group", b[:20], [0]*15+[1]*4+[9])
c = np.repeat(rng.normal(size=(8, 4)), 4, axis=0); points("rows four times", c, rng.integers(0, 4, 32), 3)
points("one coordinate, far scales", np.concatenate([rng.normal(size=12), 1e4*rng.normal(size=12)])[:, None], [0]*12+[3]*12, 1)
def score(tag, s, f):
    add("score", tag, {"score": [float(x) for x in s], "flag": [int(x) for x in f]}, {"roc_auc": (float(roc_auc_score(f, s)), "skl")})
f = rng.integers(0, 2, 60); score("informative", r(rng.normal(size=60) + f), f)
score("many ties", rng.integers(0, 4, 60), f); score("reversed", -f, f); score("constant", np.ones(10), [1,0]*5)
score("one flagged", r(rng.normal(size=30)), [1]+[0]*29)
def two(tag, x, y):
    x, y = np.asarray(x, float), np.asarray(y, float)
    t = stats.ks_2samp(x, y, method="asymp"); n, m = len(x), len(y)
    add("samples", tag, {"x": x.tolist(), "y": y.tolist()}, {
        "ks_distance": (float(t.statistic), "scp"),
        "ks_p_limit": (float(special.kolmogorov(np.sqrt(n*m/(n+m))*t.statistic)), "scp")})
two("same law", r(rng.normal(size=80)), r(rng.normal(size=50)))
two("shifted", r(rng.normal(size=80)), r(rng.normal(size=120)+.7))
two("ties", rng.integers(0, 5, 90), rng.integers(1, 6, 40))
two("apart", r(rng.normal(size=20)), r(rng.normal(size=20)+9)); two("one value each", [1.], [2.])
two("barely different", r(np.linspace(0,1,200)), r(np.linspace(0,1,300)))
json.dump({"meta": {"created": "reference values computed by other packages; see sources", "count": len(V),
  "sources": {"skl": {"package": "scikit-learn", "version": sklearn.__version__, "call": "sklearn.metrics, sklearn.neighbors.NearestNeighbors"},
              "scp": {"package": "scipy", "version": scipy.__version__, "call": "scipy.stats.ks_2samp, scipy.special.kolmogorov"}},
  "metrics": {"neighbour_distances": "distance of each row to its k-th nearest other row",
    "ks_p_limit": "special.kolmogorov(sqrt(nm/(n+m)) D): the limiting distribution; ks_2samp(method='asymp') uses the finite one-sample law instead"}}, "vectors": V},
  open(Path(__file__).with_suffix(".json"), "w"), separators=(",", ":"))
