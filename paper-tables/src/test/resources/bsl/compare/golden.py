"""Makes per-user.csv and golden.csv, the numbers that PairedTestsGoldenTest compares with.

Per-user metrics of five models and five seeds are drawn, and tested with SciPy: for each model but
the reference and each metric, a paired t-test over users (of their means over seeds), one over seeds
(of their means over users), one with the squared errors of both added up, the largest p-value, the
widest interval, and Holm's correction over all of them. Welch's test of the users' means against the
seeds' means less their mean is the third one: it adds the two squared errors. The share that a model
is ahead of the reference has an interval, too: the shares that the same tests of
ours - (1 + share) theirs do not reject at 0.05. Called in this folder: python3 golden.py
"""
import csv

import numpy as np
import scipy
from scipy import optimize, stats

USERS, SEEDS = 12, 5
# Effect and how much users differ in it: of the last one, seeds are the larger source of chance.
MODELS = {
    "mf-sl": (0.0, 0.0),
    "mf-bsl": (0.05, 0.03),
    "mf-bpr": (-0.02, 0.03),
    "mf-bce": (0.004, 0.03),
    "mf-mse": (0.012, 0.001),
}
METRICS = ["ndcg@20", "recall@20"]
REFERENCE = "mf-sl"

rng = np.random.default_rng(7)
values = {}
users = {metric: rng.uniform(0.0, 0.6, USERS) for metric in METRICS}
for model, (effect, spread) in MODELS.items():
    for metric in METRICS:
        own = rng.normal(effect, spread, USERS)
        noise = rng.normal(0, 0.02, (SEEDS, USERS)) + rng.normal(0, 0.006, (SEEDS, 1))
        drawn = np.clip(users[metric] + own + noise, 0, 1)
        # As files hold them.
        values[model, metric] = np.float32(np.round(drawn, 6)).astype(float)

with open("per-user.csv", "w", newline="") as file:
    out = csv.writer(file, lineterminator="\n")
    out.writerow(["model", "seed", "user"] + METRICS)
    for model in MODELS:
        for seed in range(SEEDS):
            for user in range(USERS):
                row = [repr(float(values[model, metric][seed, user])) for metric in METRICS]
                out.writerow([model, seed + 1, 3 * user] + row)


def three_tests(values):
    of_users, of_seeds = values.mean(axis=0), values.mean(axis=1)
    centred = of_seeds - of_seeds.mean()
    return [
        stats.ttest_1samp(of_users, 0),
        stats.ttest_1samp(of_seeds, 0),
        stats.ttest_ind(of_users, centred, equal_var=False),
    ]


def shares_not_rejected(ours, theirs):
    ratio = ours.mean() / theirs.mean() - 1

    def beyond(share):
        return max(t.pvalue for t in three_tests(ours - (1 + share) * theirs)) - 0.05

    return [optimize.brentq(beyond, ratio, ratio + side, xtol=1e-14, rtol=1e-14) for side in (-1, 1)]


tests = []
for model in MODELS:
    if model == REFERENCE:
        continue
    for metric in METRICS:
        ours, theirs = values[model, metric], values[REFERENCE, metric]
        found = three_tests(ours - theirs)
        widest = max((t.confidence_interval(0.95) for t in found), key=lambda i: i.high - i.low)
        p = max(t.pvalue for t in found)
        share = [ours.mean() / theirs.mean() - 1] + shares_not_rejected(ours, theirs)
        tests.append([model, metric, (ours - theirs).mean(), widest.low, widest.high] + share + [p])

order = np.argsort([test[-1] for test in tests], kind="stable")
largest = 0.0
for rank, index in enumerate(order):
    largest = max(largest, (len(tests) - rank) * tests[index][-1])
    tests[index].append(min(1.0, largest))

with open("golden.csv", "w", newline="") as file:
    out = csv.writer(file, lineterminator="\n")
    share = ["relative_difference", "relative_low", "relative_high"]
    keys = ["model", "metric", "difference", "low", "high"] + share + ["p", "p_holm", "scipy"]
    out.writerow(keys)
    for test in tests:
        out.writerow(test[:2] + [repr(float(x)) for x in test[2:]] + [scipy.__version__])

means = {}
with open("golden-means.csv", "w", newline="") as file:
    out = csv.writer(file, lineterminator="\n")
    out.writerow(["model", "metric", "mean", "standard_deviation", "half_width"])
    for model in MODELS:
        for metric in METRICS:
            by_seed = values[model, metric].mean(axis=1)
            error = stats.sem(by_seed)
            half = stats.t.ppf(0.975, SEEDS - 1) * error
            row = [by_seed.mean(), by_seed.std(ddof=1), half]
            out.writerow([model, metric] + [repr(float(x)) for x in row])
