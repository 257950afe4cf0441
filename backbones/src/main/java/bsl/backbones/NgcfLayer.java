package bsl.backbones;

import bsl.core.EmbeddingTable;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.ProductKernels;
import bsl.core.optim.Adam;
import java.util.Arrays;
import java.util.List;

/**
 * The part of an NGCF layer that has weights: rows e and what their neighbours send, n, become
 * {@code LeakyReLU([e + n, e * n] W + b)}, elements of which are then dropped.
 *
 * <p>Both of the paper's matrices are halves of one, {@code d x 2s} with a row per output element,
 * s being the padded d, so that a block of rows takes one product. The paper's two biases would
 * only ever be added; they are one.
 *
 * <p><b>Determinism.</b> Blocks of rows, streams of dropout and partial sums of weight gradients
 * depend on the tables alone, not on threads.
 */
final class NgcfLayer {
  /** Slope of LeakyReLU below zero, as in the authors' code. */
  static final float LEAK = 0.2f;

  /** A block's inputs, 2s floats a row, stay in the second-level cache. */
  private static final int ROWS_PER_BLOCK = 96;

  private static final int PARTITIONS = 16;

  private final int dimension;
  private final int stride;
  private final EmbeddingTable weights;
  private final EmbeddingTable bias;
  private final Adam weightOptimiser;
  private final Adam biasOptimiser;
  private final EmbeddingTable weightGradient;
  private final EmbeddingTable biasGradient;
  private final float[][] partialWeights;
  private final float[][] partialBiases;
  private final float[] panels;
  private final Scratch[] scratch;
  private final boolean dropping;
  private final float kept;
  private final ProductKernels products;
  private final WorkPool pool;

  /** What one thread works in. */
  private static final class Scratch {
    private final float[] inputs;
    private final float[] outputs;
    private final float[] inputGradients;
    private final DropoutMasks masks;

    Scratch(int dimension, int stride, double dropout) {
      inputs = new float[ROWS_PER_BLOCK * 2 * stride];
      outputs = new float[ROWS_PER_BLOCK * stride];
      inputGradients = new float[ROWS_PER_BLOCK * 2 * stride];
      masks = new DropoutMasks(dimension, stride, dropout);
      masks.reset(ROWS_PER_BLOCK);
    }
  }

  /**
   * Xavier-uniform weights, bias zero.
   *
   * @param dimension d, floats per embedding before and after
   * @param dropout probability that an element of the output is dropped, in [0, 1)
   * @param seed the run's seed
   * @param layer number of the layer, from 1
   */
  NgcfLayer(int dimension, double dropout, long seed, int layer, Kernels kernels, WorkPool pool) {
    this.dimension = dimension;
    this.stride = EmbeddingTable.paddedTo(EmbeddingTable.PADDING, dimension);
    this.weights = new EmbeddingTable(dimension, 2 * stride);
    this.bias = new EmbeddingTable(1, dimension);
    initialise(seed, layer);
    this.weightOptimiser = new Adam(weights, Adam.Mode.DENSE, kernels, pool);
    this.biasOptimiser = new Adam(bias, Adam.Mode.DENSE, kernels, pool);
    this.weightGradient = new EmbeddingTable(dimension, 2 * stride);
    this.biasGradient = new EmbeddingTable(1, dimension);
    this.partialWeights = new float[2 * PARTITIONS][dimension * 2 * stride];
    this.partialBiases = new float[2 * PARTITIONS][stride];
    this.panels = new float[stride * 2 * stride];
    this.scratch = new Scratch[pool.threads()];
    Arrays.setAll(scratch, t -> new Scratch(dimension, stride, dropout));
    this.dropping = scratch[0].masks.active();
    this.kept = dropping ? (float) (1 / (1 - dropout)) : 1f;
    this.products = kernels.products();
    this.pool = pool;
  }

  private void initialise(long seed, int layer) {
    double bound = Math.sqrt(6.0 / (dimension + dimension));
    // Tables 0 and 1 are the users and items.
    RandomStream random = RandomStream.of(seed, Purpose.INITIALISATION, 1L + layer);
    for (int half = 0; half < 2; half++) {
      for (int out = 0; out < dimension; out++) {
        for (int in = 0; in < dimension; in++) {
          weights.values()[weights.offset(out) + half * stride + in] =
              (float) ((2 * random.nextDouble() - 1) * bound);
        }
      }
    }
  }

  /** Weights and bias. */
  List<EmbeddingTable> parameters() {
    return List.of(weights, bias);
  }

  /** First and second moments of the weights, then of the bias. */
  List<EmbeddingTable> moments() {
    return List.of(
        weightOptimiser.firstMoments(),
        weightOptimiser.secondMoments(),
        biasOptimiser.firstMoments(),
        biasOptimiser.secondMoments());
  }

  void resumeAt(int steps) {
    weightOptimiser.resumeAt(steps);
    biasOptimiser.resumeAt(steps);
  }

  /** Tells the rows of users from those of items: dropout and partial sums are apart. */
  enum Side {
    USERS,
    ITEMS
  }

  /** To be called before {@link #forward} whenever the weights have changed. */
  void prepare() {
    int width = weights.stride();
    ProductKernels.packPanels(
        weights.values(), weights.offset(0), width, dimension, width, panels, 0);
  }

  /**
   * Overwrites {@code out} with the layer's output.
   *
   * @param rows e
   * @param messages n
   * @param training whether elements are dropped
   * @param dropout where this step's dropout comes from
   */
  void forward(
      Side side,
      EmbeddingTable rows,
      EmbeddingTable messages,
      EmbeddingTable out,
      boolean training,
      DropoutAddress dropout) {
    int count = rows.rows();
    pool.run(
        count,
        ROWS_PER_BLOCK,
        (begin, end, worker) -> {
          int size = end - begin;
          Scratch own = scratch[worker];
          combine(rows, messages, begin, size, own.inputs);
          products.product(
              own.inputs,
              0,
              2 * stride,
              size,
              2 * stride,
              panels,
              stride,
              out.values(),
              out.offset(begin),
              stride);
          activate(out, begin, size);
          if (training && dropping) {
            RandomStream random = dropout.stream(side, begin / ROWS_PER_BLOCK);
            for (int r = 0; r < size; r++) {
              own.masks.draw(r, random);
              own.masks.apply(r, out.values(), out.offset(begin + r));
            }
          }
        });
  }

  /** Where a step's dropout comes from. */
  record DropoutAddress(long seed, int step, int layer) {
    RandomStream stream(Side side, int block) {
      return RandomStream.of(seed, Purpose.MESSAGE_DROPOUT, step, layer, side.ordinal(), block);
    }
  }

  private void combine(
      EmbeddingTable rows, EmbeddingTable messages, int begin, int size, float[] inputs) {
    float[] e = rows.values();
    float[] n = messages.values();
    for (int r = 0; r < size; r++) {
      int at = rows.offset(begin + r);
      int to = r * 2 * stride;
      for (int d = 0; d < stride; d++) {
        inputs[to + d] = e[at + d] + n[at + d];
        inputs[to + stride + d] = e[at + d] * n[at + d];
      }
    }
  }

  private void activate(EmbeddingTable out, int begin, int size) {
    float[] values = out.values();
    float[] b = bias.values();
    int first = bias.offset(0);
    for (int r = 0; r < size; r++) {
      int at = out.offset(begin + r);
      for (int d = 0; d < dimension; d++) {
        float sum = values[at + d] + b[first + d];
        values[at + d] = sum > 0 ? sum : LEAK * sum;
      }
    }
  }

  /**
   * Back-propagates one side and adds to the gradient of weights and bias that {@link #step} takes.
   *
   * @param rows e, as in the last {@link #forward}
   * @param messages n, likewise
   * @param out the output of the last {@link #forward}; overwritten by the gradient of {@code
   *     messages}
   * @param gradient of the output; overwritten by that of {@code rows} apart from what it gets
   *     through {@code messages}
   */
  void backward(
      Side side,
      EmbeddingTable rows,
      EmbeddingTable messages,
      EmbeddingTable out,
      EmbeddingTable gradient) {
    int count = rows.rows();
    int blocks = WorkPool.blocks(count, ROWS_PER_BLOCK);
    pool.run(
        PARTITIONS,
        (partition, worker) -> {
          int slot = side.ordinal() * PARTITIONS + partition;
          Arrays.fill(partialWeights[slot], 0f);
          Arrays.fill(partialBiases[slot], 0f);
          int end = WorkPool.partBegin(blocks, PARTITIONS, partition + 1);
          for (int b = WorkPool.partBegin(blocks, PARTITIONS, partition); b < end; b++) {
            int begin = b * ROWS_PER_BLOCK;
            int size = Math.min(count - begin, ROWS_PER_BLOCK);
            backwardBlock(rows, messages, out, gradient, begin, size, slot, scratch[worker]);
          }
        });
  }

  private void backwardBlock(
      EmbeddingTable rows,
      EmbeddingTable messages,
      EmbeddingTable out,
      EmbeddingTable gradient,
      int begin,
      int size,
      int slot,
      Scratch own) {
    throughActivation(out, gradient, begin, size, own.outputs, partialBiases[slot]);
    combine(rows, messages, begin, size, own.inputs);
    products.transposedMultiplyAdd(
        own.outputs,
        0,
        stride,
        size,
        dimension,
        own.inputs,
        0,
        2 * stride,
        2 * stride,
        partialWeights[slot],
        0,
        2 * stride);
    Arrays.fill(own.inputGradients, 0, size * 2 * stride, 0f);
    products.multiplyAdd(
        own.outputs,
        0,
        stride,
        size,
        dimension,
        weights.values(),
        weights.offset(0),
        2 * stride,
        2 * stride,
        own.inputGradients,
        0,
        2 * stride);
    float[] e = rows.values();
    float[] n = messages.values();
    float[] toMessages = out.values();
    float[] toRows = gradient.values();
    for (int r = 0; r < size; r++) {
      int at = rows.offset(begin + r);
      int from = r * 2 * stride;
      for (int d = 0; d < stride; d++) {
        float ofSum = own.inputGradients[from + d];
        float ofProduct = own.inputGradients[from + stride + d];
        toMessages[at + d] = Math.fma(ofProduct, e[at + d], ofSum);
        toRows[at + d] = Math.fma(ofProduct, n[at + d], ofSum);
      }
    }
  }

  /**
   * The output's sign tells the activation's slope; a dropped element is zero and passes nothing.
   */
  private void throughActivation(
      EmbeddingTable out,
      EmbeddingTable gradient,
      int begin,
      int size,
      float[] slopes,
      float[] biasSum) {
    float[] values = out.values();
    float[] from = gradient.values();
    for (int r = 0; r < size; r++) {
      int at = out.offset(begin + r);
      int to = r * stride;
      for (int d = 0; d < stride; d++) {
        float value = values[at + d];
        float slope = value > 0 ? kept : value < 0 ? LEAK * kept : 0f;
        slopes[to + d] = slope * from[at + d];
        biasSum[d] += slopes[to + d];
      }
    }
  }

  /** Adds the partial sums of both sides in their order and takes one optimiser step. */
  void step(double learningRate) {
    sum(partialWeights, weightGradient);
    sum(partialBiases, biasGradient);
    weightOptimiser.step(weightGradient, learningRate);
    biasOptimiser.step(biasGradient, learningRate);
  }

  private static void sum(float[][] parts, EmbeddingTable out) {
    Arrays.fill(out.values(), 0f);
    for (float[] part : parts) {
      RowSums.add(part, 0, out.values(), out.offset(0), part.length);
    }
  }
}
