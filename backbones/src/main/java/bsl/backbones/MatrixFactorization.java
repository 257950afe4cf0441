package bsl.backbones;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Grouping;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.Adam;
import bsl.core.optim.RowGradients;
import java.util.List;

/** Matrix factorisation: the final embeddings are the parameters (the paper's MF). */
public final class MatrixFactorization implements Backbone {
  private final Embeddings parameters;
  private final Adam userOptimiser;
  private final Adam itemOptimiser;
  private final Adam.Mode mode;
  private final L2Term l2;

  /**
   * Tables with given initial values, which are then trained in place.
   *
   * @param parameters initial user and item embeddings
   * @param mode when and how rows without a gradient are updated
   * @param kernels implementation of the inner loops
   * @param pool threads to use
   */
  public MatrixFactorization(
      Embeddings parameters, Adam.Mode mode, Kernels kernels, WorkPool pool) {
    this.parameters = parameters;
    this.userOptimiser = new Adam(parameters.users(), mode, kernels, pool);
    this.itemOptimiser = new Adam(parameters.items(), mode, kernels, pool);
    this.mode = mode;
    this.l2 = new L2Term(kernels, pool);
  }

  /**
   * Xavier-uniform tables.
   *
   * @param users number of users
   * @param items number of items
   * @param dimension floats per embedding
   * @param seed the run's seed
   */
  public static Embeddings initial(int users, int items, int dimension, long seed) {
    EmbeddingTable userTable = new EmbeddingTable(users, dimension);
    EmbeddingTable itemTable = new EmbeddingTable(items, dimension);
    userTable.initialiseXavierUniform(seed, 0);
    itemTable.initialiseXavierUniform(seed, 1);
    return new Embeddings(userTable, itemTable);
  }

  @Override
  public void beginEpoch(int epoch) {
    if (mode == Adam.Mode.CLOSED_FORM) {
      // Bits depend on when rows are refreshed. An evaluation or a checkpoint between two epochs
      // refreshes all, and must make no difference.
      forward();
    }
  }

  @Override
  public Embeddings forward(Grouping users, Grouping items) {
    userOptimiser.refresh(users);
    itemOptimiser.refresh(items);
    return parameters;
  }

  @Override
  public Embeddings forward() {
    userOptimiser.refreshAll();
    itemOptimiser.refreshAll();
    return parameters;
  }

  @Override
  public double update(
      RowGradients users, RowGradients items, double penalty, double learningRate) {
    double value =
        l2.add(penalty, parameters.users(), users) + l2.add(penalty, parameters.items(), items);
    userOptimiser.step(users, learningRate);
    itemOptimiser.step(items, learningRate);
    return value;
  }

  @Override
  public List<EmbeddingTable> state() {
    forward();
    return List.of(
        parameters.users(),
        parameters.items(),
        userOptimiser.firstMoments(),
        userOptimiser.secondMoments(),
        itemOptimiser.firstMoments(),
        itemOptimiser.secondMoments());
  }

  @Override
  public void resumeAt(int steps) {
    userOptimiser.resumeAt(steps);
    itemOptimiser.resumeAt(steps);
  }

  @Override
  public int steps() {
    return userOptimiser.steps();
  }
}
