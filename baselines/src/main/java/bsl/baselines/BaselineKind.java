package bsl.baselines;

import bsl.core.Hyperparameter;
import bsl.core.HyperparameterValues;
import bsl.core.Interactions;
import bsl.eval.UserScorer;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Makes a recommender that needs no gradient available by its name: in {@link BaselineKinds}, on
 * the command line and in tables.
 *
 * <p>A recommender from outside this project needs a class that implements this interface, with a
 * public constructor without parameters, and a file {@code
 * META-INF/services/bsl.baselines.BaselineKind} that names the class. {@link
 * java.util.ServiceLoader} then finds it on the class path.
 *
 * <p>Implementations are immutable.
 */
public interface BaselineKind {
  /** The name in settings: lower-case words with hyphens, for example {@code itemknn}. */
  String name();

  /** What the recommender is, in one line without a full stop. */
  String description();

  /** The hyper-parameters that it reads, with their defaults. */
  List<Hyperparameter> hyperparameters();

  /**
   * Java heap that fitting and the fitted scorer need at most, beyond the data, in bytes, with as
   * many threads as there are cores. With more, a fit may ask for more. It costs next to nothing to
   * ask.
   *
   * @param train the pairs that it would be fitted on
   * @param values a value for each of {@link #hyperparameters}
   */
  long bytes(Interactions train, HyperparameterValues values);

  /**
   * Fits the recommender. The same pairs, values and seed give the same scores, bit for bit, on any
   * number of threads and with any kernels.
   *
   * @param train the pairs to learn from; users or items may be without pairs
   * @param values a value for each of {@link #hyperparameters}
   * @param context threads, seed, memory, and who is told how far it is
   * @return scores of all items for each of the users of {@code train}; it may be asked from many
   *     threads at once. It throws {@link IndexOutOfBoundsException} for other users
   * @throws IllegalArgumentException if the values do not go together, or not with the pairs
   * @throws InsufficientMemoryException if {@link #bytes}, or what the context's threads take if
   *     they are more than the cores, is more than the context has
   * @throws CancellationException if the listener wanted it to stop
   */
  UserScorer fit(Interactions train, HyperparameterValues values, FitContext context);

  /** Whether the seed has an influence. If not, one fit stands for all seeds. */
  default boolean usesSeed() {
    return false;
  }

  /**
   * Which arithmetic this is: raise it when the bits change that some settings and data give.
   * Results of an older version then no longer count as equal.
   */
  default int version() {
    return 1;
  }
}
