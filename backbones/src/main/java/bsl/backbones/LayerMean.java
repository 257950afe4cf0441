package bsl.backbones;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Grouping;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.RowKernels;
import bsl.core.optim.RowGradients;
import java.util.Arrays;
import java.util.List;

/**
 * The propagation of LightGCN (He et al., SIGIR 2020), for backbones and auxiliary terms to be made
 * of: layer l + 1 is {@code A-hat} times layer l, layer 0 the parameters, and the result is the
 * mean over layers 0 to L. The mean may leave layer 0 out, and layers may be perturbed, as SimGCL
 * has it.
 *
 * <p><b>Back-propagation</b> is exact. A-hat is symmetric, so the gradient of layer 0 is {@code g_0
 * + A-hat (g_1 + A-hat (g_2 + ...))}, g_l being what the objective says of layer l itself: L
 * products, as many as forward.
 *
 * <p>A step needs the mean, and therefore layer L, only where the mini-batch reads it, and g_l is
 * zero elsewhere. So the last product forward and the first one backward touch only the entries of
 * A-hat in the rows or columns of the mini-batch's nodes; with one layer there are no others.
 *
 * <p>Parameters are read and never written. Each instance has tables of its own for its layers;
 * those that it hands out are overwritten by the next call. One call at a time.
 */
public final class LayerMean {
  private static final int ROWS_PER_BLOCK = 128;

  /** What an objective says of single layers, beside what it says of the mean. */
  public interface LayerTerm {
    /** Nothing of any layer. */
    LayerTerm NONE =
        new LayerTerm() {
          @Override
          public boolean concerns(int layer) {
            return false;
          }

          @Override
          public void addGradient(
              int layer, Embeddings values, RowGradients users, RowGradients items) {
            // There is none.
          }
        };

    /** This term and another one, whose gradients add up. */
    default LayerTerm and(LayerTerm other) {
      if (other == NONE) {
        return this;
      }
      LayerTerm one = this;
      return new LayerTerm() {
        @Override
        public boolean concerns(int layer) {
          return one.concerns(layer) || other.concerns(layer);
        }

        @Override
        public void addGradient(
            int layer, Embeddings values, RowGradients users, RowGradients items) {
          for (LayerTerm term : List.of(one, other)) {
            if (term.concerns(layer)) {
              term.addGradient(layer, values, users, items);
            }
          }
        }
      };
    }

    /** Whether it says anything of a layer. */
    boolean concerns(int layer);

    /**
     * Adds to the gradient of a layer's rows.
     *
     * @param layer number of the layer
     * @param values the layer, up to date at least for the rows
     * @param users gradient of the rows of users that have one, added to
     * @param items the same of items
     */
    void addGradient(int layer, Embeddings values, RowGradients users, RowGradients items);
  }

  /**
   * Added to layers as they are propagated. What is added counts as a constant, so that
   * back-propagation does not know of it.
   */
  @FunctionalInterface
  public interface LayerNoise {
    /** None. */
    LayerNoise NONE = (layer, ofUsers, row, values, offset) -> {};

    /**
     * Adds to one row of a layer. May be called by several threads at once, for different rows.
     *
     * @param layer number of the layer, at least 1
     * @param ofUsers whether the row is a user's
     * @param row number of the user or item
     * @param values where the row is, changed in place
     * @param offset index of the row's first element
     */
    void add(int layer, boolean ofUsers, int row, float[] values, int offset);
  }

  /** Layer 0, the parameters, to layer L; during back-propagation gradients, one table further. */
  private final Embeddings[] tables;

  private final Embeddings means;
  private final RowGradients layerUsers;
  private final RowGradients layerItems;

  /** First layer of the mean. */
  private final int first;

  private final Kernels kernels;
  private final RowKernels rowKernels;
  private final WorkPool pool;
  private Propagation propagation;

  /** Where the gradient goes if the last forward had no layers beyond the parameters. */
  private Embeddings flatGradient;

  /** Layers of the last forward over rows. */
  private int depth;

  /**
   * @param graph whose A-hat
   * @param parameters layer 0, not copied
   * @param layers number of layers L beyond layer 0, at least 0
   * @param kernels implementation of the inner loops
   * @param pool threads to use
   * @throws IllegalArgumentException if the parameters are not those of the graph's nodes, or the
   *     number of layers is negative
   */
  public LayerMean(
      NormalizedGraph graph, Embeddings parameters, int layers, Kernels kernels, WorkPool pool) {
    this(graph, parameters, layers, 0, kernels, pool);
  }

  /**
   * With a mean that may leave layers out.
   *
   * @param first first layer of the mean, 0 or 1; layer 0 is taken all the same where there is no
   *     other
   * @see #LayerMean(NormalizedGraph, Embeddings, int, Kernels, WorkPool)
   */
  public LayerMean(
      NormalizedGraph graph,
      Embeddings parameters,
      int layers,
      int first,
      Kernels kernels,
      WorkPool pool) {
    graph.requireNodes(parameters);
    if (layers < 0) {
      throw new IllegalArgumentException("layers must be at least 0: " + layers);
    }
    if (first < 0 || first > 1) {
      throw new IllegalArgumentException("first layer of the mean must be 0 or 1: " + first);
    }
    int dimension = parameters.users().dimension();
    this.tables = new Embeddings[layers + 1];
    Arrays.setAll(tables, l -> l == 0 ? parameters : parameters.zeros(dimension));
    this.means = parameters.zeros(dimension);
    this.layerUsers = new RowGradients(parameters.users().stride());
    this.layerItems = new RowGradients(parameters.items().stride());
    this.first = first;
    this.kernels = kernels;
    this.rowKernels = kernels.rows();
    this.pool = pool;
    this.depth = layers;
    this.propagation = new Propagation(graph, kernels, pool);
  }

  /**
   * Goes on with another graph of the same nodes, e.g. a view with edges dropped.
   *
   * @throws IllegalArgumentException if the graph has other nodes
   */
  public void replaceGraph(NormalizedGraph graph) {
    graph.requireNodes(tables[0]);
    propagation = new Propagation(graph, kernels, pool);
  }

  /** Number of layers L beyond layer 0. */
  public int layers() {
    return tables.length - 1;
  }

  /** First layer of the mean. */
  int first() {
    return first;
  }

  /**
   * A layer as the last forward left it; layer 0 is the parameters. After {@link #forward(Grouping,
   * Grouping, int)} its last layer is up to date for the given rows, the others for all rows.
   */
  public Embeddings layer(int layer) {
    return tables[layer];
  }

  /** The means, up to date for the rows of the last forward. */
  public Embeddings means() {
    return means;
  }

  /** Layers beyond layer 0 that the last {@link #forward(Grouping, Grouping, int)} took. */
  public int depth() {
    return depth;
  }

  /**
   * Means over layers 0 to {@code depth}, up to date at least for the given rows. The layers below
   * the last are up to date for all rows.
   *
   * @param users users about to be read (the keys)
   * @param items items about to be read (the keys)
   * @param depth number of layers beyond layer 0, in [0, {@link #layers}]
   */
  public Embeddings forward(Grouping users, Grouping items, int depth) {
    return forward(users, items, depth, LayerNoise.NONE);
  }

  /**
   * With perturbed layers.
   *
   * @param noise what is added to layers 1 to {@code depth}
   * @see #forward(Grouping, Grouping, int)
   */
  public Embeddings forward(Grouping users, Grouping items, int depth, LayerNoise noise) {
    this.depth = depth;
    for (int l = 1; l < depth; l++) {
      propagation.propagate(tables[l - 1], tables[l]);
      if (noise != LayerNoise.NONE) {
        perturb(l, noise);
      }
    }
    if (depth > 0) {
      propagation.propagate(tables[depth - 1], tables[depth], users, items);
      if (noise != LayerNoise.NONE) {
        perturb(depth, noise, users, items);
      }
    }
    BothSides.run(
        pool,
        users.groups(),
        items.groups(),
        ROWS_PER_BLOCK,
        (ofUsers, begin, end, worker) -> {
          Grouping rows = ofUsers ? users : items;
          for (int g = begin; g < end; g++) {
            average(ofUsers, rows.key(g), 1, depth);
          }
        });
    return means;
  }

  private void perturb(int layer, LayerNoise noise) {
    BothSides.run(
        pool,
        means.users().rows(),
        means.items().rows(),
        ROWS_PER_BLOCK,
        (ofUsers, begin, end, worker) -> {
          EmbeddingTable table = side(tables[layer], ofUsers);
          for (int r = begin; r < end; r++) {
            noise.add(layer, ofUsers, r, table.values(), table.offset(r));
          }
        });
  }

  private void perturb(int layer, LayerNoise noise, Grouping users, Grouping items) {
    BothSides.run(
        pool,
        users.groups(),
        items.groups(),
        ROWS_PER_BLOCK,
        (ofUsers, begin, end, worker) -> {
          EmbeddingTable table = side(tables[layer], ofUsers);
          Grouping rows = ofUsers ? users : items;
          for (int g = begin; g < end; g++) {
            noise.add(layer, ofUsers, rows.key(g), table.values(), table.offset(rows.key(g)));
          }
        });
  }

  private static EmbeddingTable side(Embeddings embeddings, boolean ofUsers) {
    return ofUsers ? embeddings.users() : embeddings.items();
  }

  /** Brings layers 1 to {@code last} up to date for all rows; the means stay as they are. */
  void propagate(int last) {
    for (int l = 1; l <= last; l++) {
      propagation.propagate(tables[l - 1], tables[l]);
    }
  }

  /** Makes {@code to} the product of A-hat with {@code from}. */
  void propagate(Embeddings from, Embeddings to) {
    propagation.propagate(from, to);
  }

  /** Means over all layers, up to date for all rows; {@link #depth} stays as it is. */
  public Embeddings forward() {
    propagate(layers());
    BothSides.run(
        pool,
        means.users().rows(),
        means.items().rows(),
        ROWS_PER_BLOCK,
        (ofUsers, begin, end, worker) -> average(ofUsers, begin, end - begin, layers()));
    return means;
  }

  /** Means over layers up to {@code last} of consecutive rows. */
  private void average(boolean ofUsers, int firstRow, int rows, int last) {
    EmbeddingTable mean = side(means, ofUsers);
    float[] out = mean.values();
    int begin = mean.offset(firstRow);
    int count = rows * mean.stride();
    int from = first(last);
    for (int l = from; l <= last; l++) {
      float[] layer = side(tables[l], ofUsers).values();
      if (l == from) {
        System.arraycopy(layer, begin, out, begin, count);
      } else {
        for (int d = begin; d < begin + count; d++) {
          out[d] += layer[d];
        }
      }
    }
    rowKernels.scale(out, begin, count, share(last));
  }

  /** First layer of a mean that ends with a layer. */
  private int first(int last) {
    return Math.min(first, last);
  }

  private float share(int last) {
    return 1f / (last + 1 - first(last));
  }

  /** Back-propagation of an objective that is one of the means alone; see the method below. */
  public Embeddings backward(RowGradients users, RowGradients items) {
    return backward(users, items, LayerTerm.NONE);
  }

  /**
   * The gradient with respect to the parameters, of all rows. To be called at most once after each
   * {@link #forward(Grouping, Grouping, int)}, whose layers it overwrites: the gradient of layer l
   * takes the place of layer l + 1, which is not needed any more by then.
   *
   * @param users gradient with respect to the means, of no rows but those given to forward;
   *     overwritten
   * @param items the same of items
   * @param term what the objective says of single layers
   */
  public Embeddings backward(RowGradients users, RowGradients items, LayerTerm term) {
    scale(users);
    scale(items);
    for (int l = depth; l >= 0; l--) {
      boolean inMean = l >= first(depth);
      boolean concerned = term.concerns(l);
      RowGradients ofUsers = users;
      RowGradients ofItems = items;
      if (concerned) {
        layerUsers.copyFrom(users);
        layerItems.copyFrom(items);
        ofUsers = layerUsers;
        ofItems = layerItems;
        if (!inMean) {
          clear(ofUsers);
          clear(ofItems);
        }
        term.addGradient(l, tables[l], ofUsers, ofItems);
      }
      if (depth == 0) {
        return flatGradient(ofUsers, ofItems);
      }
      if (l == depth) {
        propagation.propagate(ofUsers, ofItems, tables[l]);
        continue;
      }
      if (inMean || concerned) {
        RowSums.add(ofUsers, tables[l + 1].users(), pool);
        RowSums.add(ofItems, tables[l + 1].items(), pool);
      }
      if (l > 0) {
        propagation.propagate(tables[l + 1], tables[l]);
      }
    }
    return tables[1];
  }

  private void scale(RowGradients gradients) {
    int floats = gradients.count() * gradients.stride();
    rowKernels.scale(gradients.values(), gradients.offset(0), floats, share(depth));
  }

  private static void clear(RowGradients gradients) {
    Arrays.fill(gradients.values(), gradients.offset(0), gradients.offset(gradients.count()), 0f);
  }

  private Embeddings flatGradient(RowGradients users, RowGradients items) {
    if (flatGradient == null) {
      flatGradient = tables[0].zeros(tables[0].users().dimension());
    }
    Arrays.fill(flatGradient.users().values(), 0f);
    Arrays.fill(flatGradient.items().values(), 0f);
    RowSums.add(users, flatGradient.users(), pool);
    RowSums.add(items, flatGradient.items(), pool);
    return flatGradient;
  }
}
