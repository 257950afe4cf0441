package bsl.baselines;

import bsl.core.Hyperparameter;
import bsl.core.HyperparameterValues;
import bsl.core.Interactions;
import bsl.eval.UserScorer;
import java.util.List;
import java.util.Locale;

/**
 * EASE (Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019): the item-to-item
 * weights B with an empty diagonal that reproduce the pairs X best by X B, under an L2 term. With P
 * = inv(X'X + lambda I), B is I - P diag(1 / diag P).
 *
 * <p>The inverse is of the smaller side of X. By the identities of Sherman, Morrison and Woodbury,
 * K = X X' + lambda I has X P = inv(K) X and lambda diag(P)_j = 1 - x_j' inv(K) x_j, where x_j is
 * column j of X.
 */
final class EaseKind implements BaselineKind {
  private static final Hyperparameter LAMBDA =
      new Hyperparameter(
          "lambda", "300", LeastSquaresWeight.RANGE, "weight of the L2 term; more for more users");

  /**
   * How far the scores that are looked at may be from double; those of other items were further
   * away by half at most in tests. It is four times what is measured on gowalla with lambda 120,
   * where Recall and NDCG agree with published ones of EASE.
   */
  private static final double TOLERATED = 2e-2;

  /** The share of the time that goes into the inverse, as the listener is told. */
  private static final double INVERSE_SHARE = 0.98;

  @Override
  public String name() {
    return "ease";
  }

  @Override
  public String description() {
    return "linear autoencoder with an empty diagonal, in closed form";
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return List.of(LAMBDA);
  }

  @Override
  public long bytes(Interactions train, HyperparameterValues values) {
    return bytes(train, Runtime.getRuntime().availableProcessors());
  }

  private static long bytes(Interactions train, int threads) {
    int size = Math.min(train.users(), train.items());
    long inverse = SymmetricTiles.bytes(size);
    long perThread = SymmetricInverse.bytesPerThread(size) + (long) Float.BYTES * size;
    long work = SymmetricInverse.bytes(size) + threads * perThread;
    long checked = threads * EaseAccuracy.bytesPerThread(train);
    long pairs = 2L * Integer.BYTES * train.size();
    long diagonal = (long) Double.BYTES * train.items();
    long square = byUsers(train) ? 0 : SquareTiles.moreBytes(size);
    return pairs + diagonal + inverse + Math.max(Math.max(work, checked), square);
  }

  private static boolean byUsers(Interactions train) {
    return train.users() < train.items();
  }

  @Override
  public UserScorer fit(Interactions train, HyperparameterValues values, FitContext context) {
    context.requireMemory(
        String.format(Locale.ROOT, "ease on %,d users and %,d items", train.users(), train.items()),
        bytes(train, context.countedThreads()));
    context.progress(0);
    float lambda = (float) values.real(LAMBDA.name());
    boolean byUsers = byUsers(train);
    Interactions transposed = train.transpose();
    Runnable counting = () -> context.progress(0);
    SymmetricTiles matrix =
        byUsers
            ? CoOccurrence.plusDiagonal(train, transposed, lambda, context.pool(), counting)
            : CoOccurrence.plusDiagonal(transposed, train, lambda, context.pool(), counting);
    try {
      SymmetricInverse.invert(
          matrix,
          lambda,
          context.kernels(),
          context.pool(),
          share -> context.progress(INVERSE_SHARE * share));
    } catch (ArithmeticException e) {
      throw tooSmall(values, e);
    }
    context.progress(INVERSE_SHARE);
    double[] diagonal =
        byUsers
            ? EaseByUsers.diagonal(
                transposed, lambda, matrix, context.pool(), () -> context.progress(INVERSE_SHARE))
            : EaseByItems.diagonal(matrix);
    double furthest =
        new EaseAccuracy(train, transposed, byUsers, lambda, matrix)
            .furthest(
                diagonal,
                context.pool(),
                share -> context.progress(INVERSE_SHARE + (1 - INVERSE_SHARE) * share));
    if (!(furthest <= TOLERATED)) {
      throw tooSmall(
          values,
          new ArithmeticException(
              String.format(Locale.ROOT, "scores are off by %.2g or more", furthest)));
    }
    UserScorer scorer =
        byUsers
            ? new EaseByUsers(train, transposed, matrix, diagonal)
            : EaseByItems.of(train, matrix, context.kernels());
    context.progress(1);
    return scorer;
  }

  private static IllegalArgumentException tooSmall(
      HyperparameterValues values, ArithmeticException cause) {
    return new IllegalArgumentException(
        "lambda "
            + values.text(LAMBDA.name())
            + " is too small for single precision: "
            + cause.getMessage(),
        cause);
  }
}
