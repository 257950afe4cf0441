package bsl.backbones;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Grouping;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.RowKernels;
import bsl.core.optim.Adam;
import bsl.core.optim.RowGradients;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * LightGCN that propagates every few steps instead of in each. Its steps cost little more than
 * those of {@link MatrixFactorization}. The model is that of {@link LightGcn}: evaluation has all
 * layers of the parameters as they are. Shallow steps are as there, too.
 *
 * <p>Steps come in windows. Layers 1 to L are computed when a window begins, and stay as they are
 * in it. Layer 0 is up to date in every step. So the final embedding of a node is a mean of its
 * parameters now and its layers of a little while ago, which are means over many nodes and move
 * slowly. Such embeddings are known as historical (Chen, Zhu and Song, ICML 2018; Fey et al., ICML
 * 2021).
 *
 * <p>Back-propagation is delayed likewise. What a step says of layer 0 moves the parameters at
 * once. What the steps of a window say of the other layers is added up. When the window ends, it
 * goes back through the graph in one pass. Its mean over the window's steps is a part of each
 * gradient in the next window, of every row. In the first window it is zero.
 *
 * <p>A window also ends with its epoch, and before embeddings of all nodes or the state are asked
 * for. So a training that is evaluated and stored between epochs has the same bits whether it is
 * interrupted or not.
 */
public final class DelayedLightGcn implements Backbone {
  private static final int ROWS_PER_BLOCK = 128;

  private final LayerMean propagation;
  private final Embeddings parameters;
  private final ShallowSteps shallow;
  private final LightGcn exact;
  private final boolean penalisesLayers;
  private final int layers;
  private final int every;
  private final Adam userOptimiser;
  private final Adam itemOptimiser;
  private final L2Term l2;
  private final RowKernels rowKernels;
  private final WorkPool pool;

  /** The part of the gradient that the last window says, for one step. */
  private final Embeddings delayed;

  private final Side users;
  private final Side items;

  /** Steps of this window so far. */
  private int taken;

  /**
   * @param propagation from layer 0, which is then trained in place, to final embeddings, means
   *     from layer 0 on; not to be used by others
   * @param shallow which first steps train with fewer layers
   * @param penalised which embeddings of a node the L2 term is over
   * @param every number of steps in a window, at least 1
   * @param kernels implementation of the inner loops
   * @param pool threads to use
   * @throws IllegalArgumentException if the number of steps is not positive, or means leave layer 0
   *     out
   */
  public DelayedLightGcn(
      LayerMean propagation,
      ShallowSteps shallow,
      Penalised penalised,
      int every,
      Kernels kernels,
      WorkPool pool) {
    if (every < 1) {
      throw new IllegalArgumentException("a window must have at least 1 step: " + every);
    }
    if (propagation.first() != 0) {
      throw new IllegalArgumentException("means must have layer 0 in them");
    }
    this.propagation = propagation;
    this.parameters = propagation.layer(0);
    this.shallow = shallow;
    this.exact =
        new LightGcn(
            propagation, shallow, penalised, AuxiliaryTerm.NONE, Adam.Mode.LAZY, kernels, pool);
    this.penalisesLayers = penalised == Penalised.ALL_LAYERS;
    this.layers = propagation.layers();
    this.every = every;
    this.userOptimiser = exact.userOptimiser();
    this.itemOptimiser = exact.itemOptimiser();
    this.l2 = new L2Term(kernels, pool);
    this.rowKernels = kernels.rows();
    this.pool = pool;
    this.delayed = zeros();
    Embeddings above = zeros();
    Embeddings sums = zeros();
    this.users = new Side(true, above.users(), sums.users());
    this.items = new Side(false, above.items(), sums.items());
    userOptimiser.setIdleGradients(delayed.users());
    itemOptimiser.setIdleGradients(delayed.items());
  }

  private Embeddings zeros() {
    return parameters.zeros(parameters.users().dimension());
  }

  /** What there is twice: once for users, once for items. */
  private final class Side {
    private final boolean ofUsers;

    /** Sums of layers 1 to L; when a window ends, what goes back through the graph. */
    private final EmbeddingTable above;

    /** What the window's steps say of each of the layers 1 to L, but for its penalty. */
    private final EmbeddingTable sums;

    /** By row, twice the weight that the penalty of each layer has in the window. */
    private final float[] slopes;

    /** By row, the sum of the squared norms of layers 1 to L. */
    private final double[] squares;

    Side(boolean ofUsers, EmbeddingTable above, EmbeddingTable sums) {
      this.ofUsers = ofUsers;
      this.above = above;
      this.sums = sums;
      this.slopes = new float[above.rows()];
      this.squares = new double[above.rows()];
    }

    EmbeddingTable of(Embeddings embeddings) {
      return ofUsers ? embeddings.users() : embeddings.items();
    }

    void begin(int firstRow, int endRow) {
      int begin = above.offset(firstRow);
      int floats = (endRow - firstRow) * above.stride();
      Arrays.fill(above.values(), begin, begin + floats, 0f);
      Arrays.fill(squares, firstRow, endRow, 0);
      for (int l = 1; l <= layers; l++) {
        EmbeddingTable layer = of(propagation.layer(l));
        RowSums.add(layer.values(), begin, above.values(), begin, floats);
        for (int r = firstRow; penalisesLayers && r < endRow; r++) {
          int at = layer.offset(r);
          squares[r] += rowKernels.dot(layer.values(), at, layer.values(), at, layer.stride());
        }
      }
    }

    void average(int row) {
      EmbeddingTable mean = of(propagation.means());
      int at = mean.offset(row);
      System.arraycopy(of(parameters).values(), at, mean.values(), at, mean.stride());
      RowSums.add(above.values(), at, mean.values(), at, mean.stride());
      rowKernels.scale(mean.values(), at, mean.stride(), share());
    }

    /** Notes the gradients of means for later, and makes of them those of the parameters. */
    void take(RowGradients gradients) {
      int stride = gradients.stride();
      float[] values = gradients.values();
      pool.run(
          gradients.count(),
          ROWS_PER_BLOCK,
          (begin, end, worker) -> {
            for (int k = begin; k < end; k++) {
              int from = gradients.offset(k);
              int row = sums.offset(gradients.row(k));
              rowKernels.scale(values, from, stride, share());
              RowSums.add(values, from, sums.values(), row, stride);
              RowSums.add(of(delayed).values(), row, values, from, stride);
            }
          });
    }

    /** Adds the gradient of layer 0's penalty, and notes what the other layers have. */
    double penalise(double weight, RowGradients gradients) {
      double value = l2.add(weight, of(parameters), gradients);
      for (int k = 0; penalisesLayers && weight > 0 && k < gradients.count(); k++) {
        double times = weight * gradients.occurrences(k);
        slopes[gradients.row(k)] += (float) (2 * times);
        value += times * squares[gradients.row(k)];
      }
      return value;
    }

    /** Adds a layer's own gradient to what has come back to it from the layers above. */
    void collect(int layer, int firstRow, int endRow) {
      int begin = sums.offset(firstRow);
      int stride = sums.stride();
      int floats = (endRow - firstRow) * stride;
      float[] out = above.values();
      System.arraycopy(sums.values(), begin, out, begin, floats);
      if (layer < layers) {
        RowSums.add(of(delayed).values(), begin, out, begin, floats);
      }
      float[] values = of(propagation.layer(layer)).values();
      for (int r = firstRow; r < endRow; r++) {
        int at = sums.offset(r);
        float slope = slopes[r];
        for (int d = at; slope != 0 && d < at + stride; d++) {
          out[d] = Math.fma(slope, values[d], out[d]);
        }
      }
    }

    void end(int firstRow, int endRow) {
      int begin = sums.offset(firstRow);
      int floats = (endRow - firstRow) * sums.stride();
      rowKernels.scale(of(delayed).values(), begin, floats, 1f / taken);
      Arrays.fill(sums.values(), begin, begin + floats, 0f);
      Arrays.fill(slopes, firstRow, endRow, 0f);
    }
  }

  /** Share of a layer in the means. */
  private float share() {
    return 1f / (layers + 1);
  }

  private interface Rows {
    void run(Side side, int firstRow, int endRow);
  }

  private void eachRow(Rows work) {
    BothSides.run(
        pool,
        parameters.users().rows(),
        parameters.items().rows(),
        ROWS_PER_BLOCK,
        (ofUsers, begin, end, worker) -> work.run(ofUsers ? users : items, begin, end));
  }

  private void refreshAll() {
    userOptimiser.refreshAll();
    itemOptimiser.refreshAll();
  }

  private void begin() {
    refreshAll();
    propagation.propagate(layers);
    eachRow(Side::begin);
  }

  /** Ends the window, if it has steps: what they say of the layers goes back through the graph. */
  private void end() {
    if (taken == 0) {
      return;
    }
    refreshAll();
    Embeddings back = new Embeddings(users.above, items.above);
    for (int l = layers; l > 0; l--) {
      int layer = l;
      eachRow((side, firstRow, endRow) -> side.collect(layer, firstRow, endRow));
      propagation.propagate(back, delayed);
    }
    eachRow(Side::end);
    taken = 0;
  }

  @Override
  public void beginEpoch(int epoch) {
    end();
    exact.beginEpoch(epoch);
  }

  @Override
  public Embeddings forward(Grouping ofUsers, Grouping ofItems) {
    if (shallow.includes(steps())) {
      return exact.forward(ofUsers, ofItems);
    }
    if (taken == 0) {
      begin();
    }
    userOptimiser.refresh(ofUsers);
    itemOptimiser.refresh(ofItems);
    BothSides.run(
        pool,
        ofUsers.groups(),
        ofItems.groups(),
        ROWS_PER_BLOCK,
        (isUser, begin, end, worker) -> {
          Side side = isUser ? users : items;
          Grouping rows = isUser ? ofUsers : ofItems;
          for (int g = begin; g < end; g++) {
            side.average(rows.key(g));
          }
        });
    return propagation.means();
  }

  @Override
  public Embeddings forward() {
    end();
    return exact.forward();
  }

  @Override
  public double update(
      RowGradients ofUsers, RowGradients ofItems, double penalty, double learningRate) {
    if (shallow.includes(steps())) {
      return exact.update(ofUsers, ofItems, penalty, learningRate);
    }
    users.take(ofUsers);
    items.take(ofItems);
    double value = users.penalise(penalty, ofUsers) + items.penalise(penalty, ofItems);
    userOptimiser.step(ofUsers, learningRate);
    itemOptimiser.step(ofItems, learningRate);
    taken++;
    if (taken == every) {
      end();
    }
    return value;
  }

  /** That of {@link LightGcn}, then what the last window says of the gradient. */
  @Override
  public List<EmbeddingTable> state() {
    end();
    return Stream.concat(exact.state().stream(), Stream.of(delayed.users(), delayed.items()))
        .toList();
  }

  @Override
  public void resumeAt(int steps) {
    exact.resumeAt(steps);
  }

  @Override
  public int steps() {
    return exact.steps();
  }
}
