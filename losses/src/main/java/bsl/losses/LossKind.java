package bsl.losses;

import bsl.core.Hyperparameter;
import bsl.core.HyperparameterValues;
import java.util.List;

/**
 * Makes a loss available by its name: in {@link LossKinds}, on the command line, in presets and in
 * tables.
 *
 * <p>A loss from outside this project needs a class that implements this interface, with a public
 * constructor without parameters, and a file {@code META-INF/services/bsl.losses.LossKind} that
 * names the class. {@link java.util.ServiceLoader} then finds it on the class path.
 *
 * <p>Implementations are immutable.
 */
public interface LossKind {
  /** The name in settings: lower-case words with hyphens, for example {@code psl-tanh}. */
  String name();

  /** What the loss is, in one line without a full stop. */
  String description();

  /**
   * The parameters that the loss reads. Take the constants of {@link LossParameters} where they
   * fit: parameters of one name are one setting, and must be equal in all losses.
   */
  List<Hyperparameter> parameters();

  /**
   * The loss with some parameters.
   *
   * @param values a value for each of {@link #parameters}, within its range
   * @throws IllegalArgumentException if values do not go together
   */
  RankingLoss create(HyperparameterValues values);

  /**
   * Which arithmetic this is: raise it when the bits change that some settings and data give. Runs
   * of an older version are then trained again. Code from outside this project is told apart by its
   * jar's digest as well.
   */
  default int version() {
    return 1;
  }
}
