package bsl.baselines;

import bsl.core.EmbeddingTable;
import bsl.core.Hyperparameter;
import bsl.core.HyperparameterValues;
import bsl.core.Interactions;
import bsl.core.ValueRange;
import bsl.core.kernel.Kernels;
import bsl.eval.UserScorer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Implicit ALS (Hu, Koren and Volinsky, "Collaborative Filtering for Implicit Feedback Datasets",
 * ICDM 2008) as Rendle, Krichene, Zhang and Koren write it ("Revisiting the Performance of iALS on
 * Item Recommendation Benchmarks", RecSys 2022): embeddings w of users and h of items that minimise
 *
 * <p>sum over pairs (w_u . h_i - 1)^2 + alpha0 sum over all users and items (w_u . h_i)^2 + lambda
 * (sum_u (n_u + alpha0 items)^nu |w_u|^2 + sum_i (n_i + alpha0 users)^nu |h_i|^2)
 *
 * <p>where n is the number of pairs of a user or an item. In turn, users are solved for with items
 * fixed and items with users fixed, each a linear system of its own. Users come last once more, so
 * that they fit the items as they are in the end.
 */
final class IalsKind implements BaselineKind {
  private static final Hyperparameter DIMENSION =
      new Hyperparameter("dimension", "64", ValueRange.whole(1, 4096), "numbers in an embedding");
  private static final Hyperparameter EPOCHS =
      new Hyperparameter(
          "epochs",
          "16",
          ValueRange.whole(1, 100_000),
          "times that users and items are solved for");
  private static final Hyperparameter UNOBSERVED =
      new Hyperparameter(
          "alpha0",
          "0.1",
          LeastSquaresWeight.RANGE,
          "weight of all pairs, beside 1 for those in train");
  private static final Hyperparameter LAMBDA =
      new Hyperparameter("lambda", "0.003", LeastSquaresWeight.RANGE, "weight of the L2 term");
  private static final Hyperparameter FREQUENCY =
      new Hyperparameter(
          "nu",
          "1",
          ValueRange.between(0, 2),
          "power of the number of pairs in the L2 term: 0 for one weight, 1 for its growing with"
              + " the pairs");
  private static final Hyperparameter DEVIATION =
      new Hyperparameter(
          "init_std",
          "0.1",
          ValueRange.positive(),
          "standard deviation of initial embeddings, times the root of the dimension");

  /** Train pairs are meant to have a score of 1. Where none comes to this, all are rounding. */
  private static final double SMALLEST_SCORE = 1e-6;

  @Override
  public String name() {
    return "ials";
  }

  @Override
  public String description() {
    return "matrix factorisation by alternating least squares over all pairs";
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return List.of(DIMENSION, EPOCHS, UNOBSERVED, LAMBDA, FREQUENCY, DEVIATION);
  }

  @Override
  public boolean usesSeed() {
    return true;
  }

  @Override
  public long bytes(Interactions train, HyperparameterValues values) {
    return bytes(train, values, Runtime.getRuntime().availableProcessors());
  }

  private static long bytes(Interactions train, HyperparameterValues values, int threads) {
    int stride = EmbeddingTable.paddedTo(Kernels.PANEL, (int) values.whole(DIMENSION.name()));
    long embeddings = (long) train.users() + 2L * train.items() + Kernels.PANEL;
    long pairs = 2L * Integer.BYTES * train.size();
    return pairs
        + embeddings * stride * Float.BYTES
        + LeastSquares.bytes(stride, Math.max(train.users(), train.items()), threads);
  }

  @Override
  public UserScorer fit(Interactions train, HyperparameterValues values, FitContext context) {
    context.requireMemory(name(), bytes(train, values, context.countedThreads()));
    context.progress(0);
    int dimension = (int) values.whole(DIMENSION.name());
    int epochs = (int) values.whole(EPOCHS.name());
    IalsWeights weights =
        new IalsWeights(
            values.real(UNOBSERVED.name()),
            values.real(LAMBDA.name()),
            values.real(FREQUENCY.name()));
    Interactions usersOfItems = train.transpose();
    EmbeddingTable users = new EmbeddingTable(train.users(), dimension);
    EmbeddingTable items = new EmbeddingTable(train.items(), dimension);
    IalsInitialisation.fill(
        items, values.real(DEVIATION.name()) / Math.sqrt(dimension), context.seed());
    double steps = epochs * ((double) train.users() + train.items()) + train.users();
    LeastSquares solver =
        new LeastSquares(dimension, weights, context, done -> context.progress(done / steps));
    for (int epoch = 0; epoch < epochs; epoch++) {
      solver.solve(train, items, users);
      solver.solve(usersOfItems, users, items);
    }
    solver.solve(train, items, users);
    requireFinite(users, values);
    requireFinite(items, values);
    if (train.size() > 0) {
      requireSomething(users, items, values);
    }
    UserScorer scorer = new EmbeddingScorer(users, items, context.kernels());
    context.progress(1);
    return scorer;
  }

  private static void requireFinite(EmbeddingTable embeddings, HyperparameterValues values) {
    for (float value : embeddings.values()) {
      if (!Float.isFinite(value)) {
        throw refused(values, " embeddings are too large for a float");
      }
    }
  }

  /**
   * Where weights are large for the data, zeros are the best embeddings. Every epoch comes nearer
   * to them, until scores are rounding errors or zeros and the ranking is by number.
   */
  private static void requireSomething(
      EmbeddingTable users, EmbeddingTable items, HyperparameterValues values) {
    double bound = Math.sqrt(longest(users) * longest(items));
    if (bound < SMALLEST_SCORE) {
      throw refused(
          values,
          String.format(
              Locale.ROOT,
              " no score is above %.1g, where 1 is meant: embeddings tend to zeros; take smaller"
                  + " weights",
              bound));
    }
  }

  /** The largest squared norm. */
  private static double longest(EmbeddingTable embeddings) {
    return IntStream.range(0, embeddings.rows())
        .mapToDouble(embeddings::squaredNorm)
        .max()
        .orElse(0);
  }

  private static IllegalArgumentException refused(HyperparameterValues values, String why) {
    return new IllegalArgumentException(
        Stream.of(UNOBSERVED, LAMBDA, FREQUENCY, DEVIATION)
            .map(setting -> setting.name() + " " + values.text(setting.name()))
            .collect(Collectors.joining(", ", "with ", why)));
  }
}
