"""Makes cases.json: recoveries, alone and with covariates held fixed, by brute force. Needs numpy and scikit-learn.

    python tests/reference/recovery/cases.py

Every table is made by rule from hashes of the row's number, so that the test makes the same one. Chance (E0) is
exact here, the expected mutual information of scikit-learn; drumlin's is the mean of forty permutations.
"""
import json
from pathlib import Path

import numpy as np
import sklearn
from scipy.stats import t
from sklearn.linear_model import LinearRegression
from sklearn.metrics.cluster import contingency_matrix, expected_mutual_information, mutual_info_score
from sklearn.model_selection import KFold, cross_val_predict

N = 6000


def entropy(groups):
    shares = np.unique(groups, return_counts=True)[1] / len(groups)
    return -(shares * np.log(shares)).sum()


def coins(salt, sides, n=N):
    """A number from 0 below `sides` for each row: a hash of the row's number."""
    x = (np.arange(n, dtype=np.uint64) + np.uint64(salt) * np.uint64(1_000_003)) & np.uint64(0xFFFFFFFF)
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B)):
        x ^= x >> np.uint64(shift)
        x = (x * np.uint64(factor)) & np.uint64(0xFFFFFFFF)
    x ^= x >> np.uint64(16)
    return (x % np.uint64(sides)).astype(int)


def parts(truth, answer):
    table = contingency_matrix(truth, answer, sparse=True)
    chance = expected_mutual_information(table, len(truth)) if table.shape[1] > 1 and table.shape[0] > 1 else 0.0
    return mutual_info_score(truth, answer), entropy(truth), chance


def alone(truth, answer):
    found, everything, chance = parts(truth, answer)
    return (found - chance) / (everything - chance)


def beyond(truth, answer, rival):
    """None where less than a twentieth of the structure is left."""
    sums = np.zeros(3)
    for level in np.unique(rival):
        here = rival == level
        sums += here.mean() * np.array(parts(truth[here], answer[here]))
    found, everything, chance = sums
    if everything < 0.05 * entropy(truth):
        return None
    return (found - chance) / (everything - chance)


def both(a, b, answer):
    return {"a": [alone(a, answer), beyond(a, answer, b)], "b": [alone(b, answer), beyond(b, answer, a)]}


def r_squared(f, columns):
    """Out of fold."""
    told = cross_val_predict(LinearRegression(), columns, f, cv=KFold(5, shuffle=True, random_state=0))
    return 1 - ((f - told) ** 2).sum() / ((f - f.mean()) ** 2).sum()


def dummies(groups):
    return (groups[:, None] == np.unique(groups)[None, 1:]).astype(float)


def line(salt):
    """The sum of four uniforms minus two: bell-shaped."""
    return sum(coins(salt + at, 10_000) / 10_000 for at in range(4)) - 2


def factor_beyond(f, answer, rival):
    held = np.column_stack([rival, rival**2])
    base = r_squared(f, held)
    everything = r_squared(f, np.column_stack([held, f])) - base
    if everything < 0.05:
        return None
    return (r_squared(f, np.column_stack([held, dummies(answer)])) - base) / everything


def cut(f, pieces):
    return np.floor((np.clip(f, -1, 0.999) + 1) / 2 * pieces).astype(int)


def member_recovery(shares, answer):
    """Chance by hand: the expected information of memberships has no closed form here."""
    mean = shares.mean(0)
    gain = lambda told: (told * np.log(told / mean)).sum()
    groups = np.unique(answer)
    found = sum((answer == group).mean() * gain(shares[answer == group].mean(0)) for group in groups)
    everything = np.mean([gain(row) for row in shares])
    return found / everything


def adjusted(f, columns, parameters):
    rest = ((f - LinearRegression().fit(columns, f).predict(columns)) ** 2).sum() / ((f - f.mean()) ** 2).sum()
    return 1 - rest * (len(f) - 1) / (len(f) - parameters - 1)


def interval(recovery, units, *sides):
    """Delete one unit at a time: value, the ends of 95 %, units, and n over the design effect."""
    value = recovery(*sides)

    def variance(units):
        names = np.unique(units)
        without = np.array([recovery(*[side[units != unit] for side in sides]) for unit in names])
        return (len(names) - 1) / len(names) * ((without - without.mean()) ** 2).sum(), len(names)

    together, count = variance(units)
    # Blocks of ten rows in random order stand for rows: as wide on average, and 600 fits in place of 6,000.
    alone, _ = variance(np.random.default_rng(0).permutation(len(units)) // 10)
    reach = t.ppf(0.975, count - 1) * np.sqrt(together)
    return {"value": value, "low": value - reach, "high": value + reach, "units": count,
            "effective": len(units) * min(1.0, alone / together)}


def slope(values, inside, units):
    """Least squares on an indicator, with the sandwich of whole units, times u / (u - 1), and its p-value."""
    x = np.column_stack([np.ones(len(values)), inside])
    bread = np.linalg.inv(x.T @ x)
    beta = bread @ x.T @ values
    names, numbers = np.unique(units, return_inverse=True)
    scores = np.zeros((len(names), 2))
    np.add.at(scores, numbers, x * (values - x @ beta)[:, None])
    variance = (bread @ (scores.T @ scores) @ bread)[1, 1] * len(names) / (len(names) - 1)
    error = np.sqrt(variance)
    reach = t.ppf(0.975, len(names) - 1) * error
    return {"apart": beta[1], "low": beta[1] - reach, "high": beta[1] + reach,
            "p": 2 * t.sf(abs(beta[1]) / error, len(names) - 1)}


a, b = coins(1, 3), coins(2, 3)
goes_along = np.where(coins(3, 10) < 7, a, coins(4, 3))
cases = {
    "b": both(a, b, b),
    "a and b": both(a, b, 3 * a + b),
    "a split at random": both(a, b, 5 * a + coins(5, 5)),
    "random": both(a, b, coins(6, 6)),
    "a xor b": both(a, b, (a + b) % 3),
    "a, when b goes along": both(a, goes_along, a),
    "b, when it goes along": both(a, goes_along, goes_along),
    "a, a function of b": both(coins(7, 6) // 2, coins(7, 6), coins(7, 6) // 2),
}
f, g = line(20), line(30)
along = f + g
lines = {
    "cuts of the factor": [along, cut(along, 8), g],
    "cuts of what is its own": [along, cut(f, 8), g],
    "cuts of the covariate": [along, cut(g, 8), g],
    "random": [along, coins(8, 12), g],
    "nothing left": [g + 0.1 * f, cut(f, 8), g],
}
lines = {name: factor_beyond(*sides) for name, sides in lines.items()}
units = np.sqrt(coins(40, 90_000)).astype(int)
trait, guess, known = coins(41, 3, 300), coins(42, 3, 300), coins(43, 10, 300) < 7
carried = line(50)[:300]
f_of_units, axis = carried[units] + 0.5 * f, (carried + 0.7 * line(54)[:300])[units] + 0.3 * g
first = 0.2 + 0.6 * (carried[units] > 0) * (coins(60, 10) < 8)
moved = {
    "whole units are right or wrong": interval(alone, units, trait[units], np.where(known, trait, guess)[units]),
    "rows are right or wrong": interval(alone, units, a, np.where(coins(3, 10) < 7, a, coins(4, 3))),
    "beyond a covariate": interval(beyond, units, trait[units], np.where(known, trait, guess)[units], b),
    "memberships": interval(member_recovery, units, np.column_stack([first, 1 - first]), cut(carried, 4)[units]),
    "a factor by groups": interval(
        lambda f, groups: adjusted(f, dummies(groups), len(np.unique(groups)) - 1), units, f_of_units, cut(axis, 6)),
    "a factor by axes": interval(lambda f, axes: adjusted(f, axes, 2), units, f_of_units, np.column_stack([axis, g])),
}
inside = (coins(70, 10, 300)[units] + coins(71, 3)) % 10 < 3
level = f_of_units + 0.05 * inside
differences = {"whole units": slope(level, inside, units), "rows": slope(level, inside, np.arange(N))}
Path(__file__).with_suffix(".json").write_text(json.dumps({
    "meta": {"made by": "tests/reference/recovery/cases.py", "scikit-learn": sklearn.__version__, "rows": N},
    "groups": cases, "factors": lines, "intervals": moved, "differences": differences}, indent=1) + "\n")
