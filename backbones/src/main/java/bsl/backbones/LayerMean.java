package bsl.backbones;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Grouping;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.RowKernels;
import bsl.core.optim.RowGradients;
import java.util.Arrays;

/**
 * The propagation of LightGCN (He et al., SIGIR 2020), for backbones and auxiliary terms to be made
 * of: layer l + 1 is {@code A-hat} times layer l, layer 0 the parameters, and the result is the
 * mean over layers 0 to L.
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

  private static final LayerTerm NO_TERM =
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

  /** Layer 0, the parameters, to layer L; during back-propagation gradients, one table further. */
  private final Embeddings[] tables;

  private final Embeddings means;
  private final RowGradients layerUsers;
  private final RowGradients layerItems;
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
    graph.requireNodes(parameters);
    if (layers < 0) {
      throw new IllegalArgumentException("layers must be at least 0: " + layers);
    }
    int dimension = parameters.users().dimension();
    this.tables = new Embeddings[layers + 1];
    Arrays.setAll(tables, l -> l == 0 ? parameters : parameters.zeros(dimension));
    this.means = parameters.zeros(dimension);
    this.layerUsers = new RowGradients(parameters.users().stride());
    this.layerItems = new RowGradients(parameters.items().stride());
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
    this.depth = depth;
    for (int l = 1; l < depth; l++) {
      propagation.propagate(tables[l - 1], tables[l]);
    }
    if (depth > 0) {
      propagation.propagate(tables[depth - 1], tables[depth], users, items);
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

  /** Means over all layers, up to date for all rows; {@link #depth} stays as it is. */
  public Embeddings forward() {
    for (int l = 1; l <= layers(); l++) {
      propagation.propagate(tables[l - 1], tables[l]);
    }
    BothSides.run(
        pool,
        means.users().rows(),
        means.items().rows(),
        ROWS_PER_BLOCK,
        (ofUsers, begin, end, worker) -> average(ofUsers, begin, end - begin, layers()));
    return means;
  }

  /** Means over layers 0 to {@code last} of consecutive rows. */
  private void average(boolean ofUsers, int firstRow, int rows, int last) {
    EmbeddingTable mean = ofUsers ? means.users() : means.items();
    float[] out = mean.values();
    int begin = mean.offset(firstRow);
    int count = rows * mean.stride();
    for (int l = 0; l <= last; l++) {
      float[] layer = (ofUsers ? tables[l].users() : tables[l].items()).values();
      if (l == 0) {
        System.arraycopy(layer, begin, out, begin, count);
      } else {
        for (int d = begin; d < begin + count; d++) {
          out[d] += layer[d];
        }
      }
    }
    rowKernels.scale(out, begin, count, share(last));
  }

  private static float share(int layers) {
    return 1f / (layers + 1);
  }

  /** Back-propagation of an objective that is one of the means alone; see the method below. */
  public Embeddings backward(RowGradients users, RowGradients items) {
    return backward(users, items, NO_TERM);
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
    rowKernels.scale(users.values(), 0, users.count() * users.stride(), share(depth));
    rowKernels.scale(items.values(), 0, items.count() * items.stride(), share(depth));
    for (int l = depth; l >= 0; l--) {
      RowGradients ofUsers = users;
      RowGradients ofItems = items;
      if (term.concerns(l)) {
        layerUsers.copyFrom(users);
        layerItems.copyFrom(items);
        ofUsers = layerUsers;
        ofItems = layerItems;
        term.addGradient(l, tables[l], ofUsers, ofItems);
      }
      if (depth == 0) {
        return flatGradient(ofUsers, ofItems);
      }
      if (l == depth) {
        propagation.propagate(ofUsers, ofItems, tables[l]);
      } else {
        RowSums.add(ofUsers, tables[l + 1].users(), pool);
        RowSums.add(ofItems, tables[l + 1].items(), pool);
        if (l > 0) {
          propagation.propagate(tables[l + 1], tables[l]);
        }
      }
    }
    return tables[1];
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
