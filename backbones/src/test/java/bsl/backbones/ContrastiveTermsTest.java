package bsl.backbones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Grouping;
import bsl.core.Interactions;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.Adam;
import bsl.core.optim.RowGradients;
import bsl.core.sampling.MiniBatch;
import bsl.core.sampling.NegativeSharing;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values of the contrastive terms against dense matrices in double precision. */
class ContrastiveTermsTest {
  private static final int USERS = 9;
  private static final int ITEMS = 14;
  private static final int DIMENSION = 6;
  private static final int LAYERS = 2;
  private static final double TEMPERATURE = 0.3;
  private static final double WEIGHT = 0.7;
  private static final double NOISE = 0.05;
  private static final int STEP = 3;
  private static final Interactions PAIRS = DenseGraph.random(USERS, ITEMS, 0.5, 1);
  private static final Kernels KERNELS = Kernels.best();

  /** As many pairs as there are: a step is over all nodes with pairs. */
  private static final ContrastSettings SETTINGS =
      new ContrastSettings(WEIGHT, TEMPERATURE, PAIRS.size(), 5);

  private static final int[] ALL_USERS = nodes(PAIRS);
  private static final int[] ALL_ITEMS = nodes(PAIRS.transpose());

  private static int[] nodes(Interactions pairs) {
    return IntStream.range(0, pairs.users()).filter(node -> pairs.degree(node) > 0).toArray();
  }

  private static Embeddings parameters() {
    return MatrixFactorization.initial(USERS, ITEMS, DIMENSION, 1);
  }

  /** Layers 0 to L, users before items, with noise that is added to layers from 1 on. */
  private static double[][][] layers(SignedNoise noise) {
    return layers(parameters(), noise);
  }

  private static double[][][] layers(Embeddings parameters, SignedNoise noise) {
    DenseGraph graph = new DenseGraph(PAIRS);
    double[][][] layers = new double[LAYERS + 1][][];
    layers[0] = rows(parameters);
    for (int l = 1; l <= LAYERS; l++) {
      layers[l] = graph.propagate(layers[l - 1]);
      for (int node = 0; noise != null && node < USERS + ITEMS; node++) {
        boolean ofUsers = node < USERS;
        float[] row = new float[DIMENSION];
        for (int d = 0; d < DIMENSION; d++) {
          row[d] = (float) Math.signum(layers[l][node][d]);
        }
        float[] noisy = row.clone();
        noise.add(l, ofUsers, ofUsers ? node : node - USERS, noisy, 0);
        for (int d = 0; d < DIMENSION; d++) {
          layers[l][node][d] += (double) noisy[d] - row[d];
        }
      }
    }
    return layers;
  }

  private static double[][] rows(Embeddings embeddings) {
    double[][] rows = new double[USERS + ITEMS][DIMENSION];
    for (int node = 0; node < rows.length; node++) {
      EmbeddingTable table = node < USERS ? embeddings.users() : embeddings.items();
      float[] row = table.row(node < USERS ? node : node - USERS);
      for (int d = 0; d < DIMENSION; d++) {
        rows[node][d] = row[d];
      }
    }
    return rows;
  }

  private static double[][] mean(double[][][] layers, int first) {
    double[][] mean = new double[USERS + ITEMS][DIMENSION];
    for (int l = first; l <= LAYERS; l++) {
      for (int node = 0; node < mean.length; node++) {
        for (int d = 0; d < DIMENSION; d++) {
          mean[node][d] += layers[l][node][d] / (LAYERS + 1 - first);
        }
      }
    }
    return mean;
  }

  /** InfoNCE of users plus InfoNCE of items. */
  private static double contrast(double[][] one, double[][] other) {
    int[] items = IntStream.of(ALL_ITEMS).map(item -> USERS + item).toArray();
    return side(ALL_USERS, one, other) + side(items, one, other);
  }

  private static double side(int[] nodes, double[][] one, double[][] other) {
    int[] own = IntStream.range(0, nodes.length).toArray();
    return new AnchorByAnchor(WEIGHT, TEMPERATURE, nodes, nodes, own).value(one, other);
  }

  private static LayerMean propagation(int first, WorkPool pool) {
    return propagation(parameters(), first, pool);
  }

  private static LayerMean propagation(Embeddings parameters, int first, WorkPool pool) {
    return new LayerMean(NormalizedGraph.of(PAIRS), parameters, LAYERS, first, KERNELS, pool);
  }

  /** The value of a term in its step, over the nodes it asks for. */
  private static double value(AuxiliaryTerm term, LayerMean pass) {
    MiniBatch batch = new MiniBatch(NegativeSharing.SHARED);
    batch.reset(1, 1);
    term.beginEpoch(1, pass.layer(0));
    NodeSample nodes = term.beginStep(batch, STEP);
    Grouping users = grouping(nodes.users());
    Grouping items = grouping(nodes.items());
    pass.forward(users, items, pass.layers(), term.noise());
    return term.evaluate(pass, zeros(nodes.users(), pass), zeros(nodes.items(), pass));
  }

  private static Grouping grouping(int[] keys) {
    Grouping grouping = new Grouping();
    grouping.reset(keys, keys.length);
    return grouping;
  }

  private static RowGradients zeros(int[] rows, LayerMean pass) {
    RowGradients zeros = new RowGradients(pass.layer(0).users().stride());
    zeros.reset(rows.length);
    for (int k = 0; k < rows.length; k++) {
      zeros.setRow(k, rows[k]);
    }
    return zeros;
  }

  @Test
  void sglComparesMeansOverLayers() {
    double[][] mean = mean(layers(null), 0);
    try (WorkPool pool = new WorkPool(1)) {
      Sgl term = sgl(ContrastCandidates.STEP, SETTINGS, pool);

      assertThat(value(term, propagation(0, pool))).isCloseTo(contrast(mean, mean), within(1e-5));
    }
  }

  private static Sgl sgl(ContrastCandidates candidates, ContrastSettings settings, WorkPool pool) {
    return new Sgl(PAIRS, parameters(), LAYERS, 0, candidates, settings, KERNELS, pool);
  }

  /** Nodes without pairs, which no step draws, are among the candidates, too. */
  @Test
  void sglAndLightGclCompareTheNodesOfAStepWithAll() {
    double[][] mean = mean(layers(null), 0);
    ContrastSettings few = new ContrastSettings(WEIGHT, TEMPERATURE, 4, 5);
    NodeSample nodes = new NodeSampler(PAIRS, 4, 5).draw(STEP);
    int[] users = IntStream.range(0, USERS).toArray();
    int[] items = IntStream.range(USERS, USERS + ITEMS).toArray();
    int[] someItems = IntStream.of(nodes.items()).map(item -> USERS + item).toArray();
    double expected =
        new AnchorByAnchor(WEIGHT, TEMPERATURE, nodes.users(), users, nodes.users())
                .value(mean, mean)
            + new AnchorByAnchor(WEIGHT, TEMPERATURE, someItems, items, nodes.items())
                .value(mean, mean);
    try (WorkPool pool = new WorkPool(1)) {
      NormalizedGraph graph = NormalizedGraph.of(PAIRS);
      TruncatedSvd whole = TruncatedSvd.of(graph, USERS, few.seed(), KERNELS, pool);
      LightGcl lightGcl =
          new LightGcl(
              PAIRS,
              graph,
              whole,
              parameters(),
              ContrastCandidates.ALL,
              ScoreFunction.COSINE,
              few,
              KERNELS,
              pool);

      assertThat(value(sgl(ContrastCandidates.ALL, few, pool), propagation(0, pool)))
          .isCloseTo(expected, within(1e-5));
      assertThat(value(lightGcl, propagation(0, pool))).isCloseTo(expected, within(1e-5));
      assertThat(value(sgl(ContrastCandidates.STEP, few, pool), propagation(0, pool)))
          .isNotCloseTo(expected, within(1e-3));
    }
  }

  @Test
  void simGclComparesPassesWithDifferentNoise() {
    double[][] one = mean(layers(noise(0)), 1);
    double[][] other = mean(layers(noise(1)), 1);
    try (WorkPool pool = new WorkPool(1)) {
      SimGcl term = new SimGcl(PAIRS, propagation(1, pool), NOISE, SETTINGS, KERNELS, pool);

      assertThat(value(term, propagation(1, pool)))
          .isCloseTo(contrast(one, other), within(1e-5))
          .isNotCloseTo(contrast(one, one), within(1e-3));
    }
  }

  @Test
  void xSimGclComparesFinalEmbeddingsWithOneLayer() {
    double[][][] layers = layers(noise(0));
    try (WorkPool pool = new WorkPool(1)) {
      XSimGcl term = new XSimGcl(PAIRS, parameters(), 1, NOISE, SETTINGS, KERNELS, pool);

      assertThat(value(term, propagation(1, pool)))
          .isCloseTo(contrast(mean(layers, 1), layers[1]), within(1e-5))
          .isNotCloseTo(contrast(mean(layers, 1), layers[2]), within(1e-3));
    }
  }

  /** The decomposition of the rank of the graph is the graph. */
  @Test
  void lightGclComparesMessagesAlongTheDecompositionWithFinalEmbeddings() {
    double[][] mean = mean(layers(null), 0);
    try (WorkPool pool = new WorkPool(1)) {
      NormalizedGraph graph = NormalizedGraph.of(PAIRS);
      TruncatedSvd whole = TruncatedSvd.of(graph, USERS, SETTINGS.seed(), KERNELS, pool);
      TruncatedSvd narrow = TruncatedSvd.of(graph, 2, SETTINGS.seed(), KERNELS, pool);

      assertThat(value(lightGcl(graph, whole, pool), propagation(0, pool)))
          .isCloseTo(contrast(mean, mean), within(1e-5));
      assertThat(value(lightGcl(graph, narrow, pool), propagation(0, pool)))
          .isNotCloseTo(contrast(mean, mean), within(1e-3));
    }
  }

  /**
   * Inner products see the factor that makes a mean of a sum of layers. Some own scores are beyond
   * the limit of five temperatures and some are not.
   */
  @ParameterizedTest
  @EnumSource(ContrastCandidates.class)
  void lightGclComparesMeansByInnerProducts(ContrastCandidates candidates) {
    Embeddings embeddings = scaled(parameters(), 3);
    double[][] mean = mean(layers(embeddings, null), 0);
    boolean amongAll = candidates == ContrastCandidates.ALL;
    int[] users = amongAll ? IntStream.range(0, USERS).toArray() : ALL_USERS;
    int[] items = amongAll ? IntStream.range(0, ITEMS).toArray() : ALL_ITEMS;
    double[][] ofUsers = Arrays.copyOf(mean, USERS);
    double[][] ofItems = Arrays.copyOfRange(mean, USERS, USERS + ITEMS);
    double expected =
        byInnerProducts(ALL_USERS, users, ofUsers) + byInnerProducts(ALL_ITEMS, items, ofItems);
    try (WorkPool pool = new WorkPool(1)) {
      NormalizedGraph graph = NormalizedGraph.of(PAIRS);
      TruncatedSvd whole = TruncatedSvd.of(graph, USERS, SETTINGS.seed(), KERNELS, pool);
      LightGcl term =
          new LightGcl(
              PAIRS,
              graph,
              whole,
              embeddings,
              candidates,
              ScoreFunction.INNER_PRODUCT,
              SETTINGS,
              KERNELS,
              pool);

      assertThat(value(term, propagation(embeddings, 0, pool)))
          .isCloseTo(expected, within(1e-5 * Math.abs(expected)));
    }
  }

  private static Embeddings scaled(Embeddings embeddings, float factor) {
    for (EmbeddingTable table : List.of(embeddings.users(), embeddings.items())) {
      for (int d = 0; d < table.values().length; d++) {
        table.values()[d] *= factor;
      }
    }
    return embeddings;
  }

  /** InfoNCE between rows and themselves, the own score outside of the logarithm being limited. */
  private static double byInnerProducts(int[] anchors, int[] candidates, double[][] rows) {
    double sum = 0;
    int limited = 0;
    for (int anchor : anchors) {
      double all = 0;
      for (int candidate : candidates) {
        all += Math.exp(product(rows[anchor], rows[candidate]) / TEMPERATURE);
      }
      double own = product(rows[anchor], rows[anchor]) / TEMPERATURE;
      limited += Math.abs(own) > 5 ? 1 : 0;
      sum += Math.log(all) - Math.max(-5, Math.min(own, 5));
    }
    assertThat(limited).as("own scores beyond the limit").isBetween(1, anchors.length - 1);
    return WEIGHT * sum / anchors.length;
  }

  private static double product(double[] a, double[] b) {
    return IntStream.range(0, DIMENSION).mapToDouble(d -> a[d] * b[d]).sum();
  }

  private static LightGcl lightGcl(NormalizedGraph graph, TruncatedSvd svd, WorkPool pool) {
    return new LightGcl(
        PAIRS,
        graph,
        svd,
        parameters(),
        ContrastCandidates.STEP,
        ScoreFunction.COSINE,
        SETTINGS,
        KERNELS,
        pool);
  }

  /** With a single prototype there is nothing to be told from: its part is 0. */
  @Test
  void nclComparesLayerTwoWithLayerZero() {
    double[][][] layers = layers(null);
    try (WorkPool pool = new WorkPool(1)) {
      for (double prototypeWeight : new double[] {0, 2}) {
        Ncl term = new Ncl(PAIRS, parameters(), prototypeWeight, 1, 3, SETTINGS, KERNELS, pool);

        assertThat(value(term, propagation(0, pool)))
            .isCloseTo(contrast(layers[2], layers[0]), within(1e-5));
      }
    }
  }

  /** Layer 3 of two, and layer 2 of one. */
  @Test
  void aTermThatReadsLayersThatThereAreNotIsRefused() {
    try (WorkPool pool = new WorkPool(1)) {
      XSimGcl third = new XSimGcl(PAIRS, parameters(), LAYERS + 1, NOISE, SETTINGS, KERNELS, pool);
      XSimGcl second = new XSimGcl(PAIRS, parameters(), LAYERS, NOISE, SETTINGS, KERNELS, pool);
      Ncl ncl = new Ncl(PAIRS, parameters(), 2, 3, 5, SETTINGS, KERNELS, pool);

      assertThatThrownBy(() -> lightGcn(LAYERS, third, pool))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the auxiliary term needs layers up to 3, and there are 2");
      assertThatThrownBy(() -> lightGcn(1, ncl, pool))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the auxiliary term needs layers up to 2, and there are 1");
      assertThat(lightGcn(LAYERS, second, pool)).isNotNull();
      assertThat(lightGcn(LAYERS, ncl, pool)).isNotNull();
    }
  }

  private static LightGcn lightGcn(int layers, AuxiliaryTerm term, WorkPool pool) {
    return new LightGcn(
        new LayerMean(NormalizedGraph.of(PAIRS), parameters(), layers, KERNELS, pool),
        new ShallowSteps(0, 0),
        Penalised.ALL_LAYERS,
        term,
        Adam.Mode.DENSE,
        KERNELS,
        pool);
  }

  /** As many prototypes as nodes: each node's is its own direction. */
  @Test
  void nclComparesNodesWithPrototypes() {
    double expected = amongOwnDirections(parameters());
    try (WorkPool pool = new WorkPool(1)) {
      Ncl term = new Ncl(PAIRS, parameters(), 2, ITEMS, 3, noNeighbours(), KERNELS, pool);

      assertThat(value(term, propagation(0, pool))).isCloseTo(expected, within(1e-5));
    }
  }

  private static ContrastSettings noNeighbours() {
    return new ContrastSettings(0, TEMPERATURE, PAIRS.size(), 5);
  }

  /** Each node compared with all of its kind, itself being its own, with weight 2. */
  private static double amongOwnDirections(Embeddings embeddings) {
    double[][] rows = rows(embeddings);
    int[] users = IntStream.range(0, USERS).toArray();
    int[] items = IntStream.range(USERS, USERS + ITEMS).toArray();
    int[] pairedItems = IntStream.of(ALL_ITEMS).map(item -> USERS + item).toArray();
    return new AnchorByAnchor(2, TEMPERATURE, ALL_USERS, users, ALL_USERS).value(rows, rows)
        + new AnchorByAnchor(2, TEMPERATURE, pairedItems, items, ALL_ITEMS).value(rows, rows);
  }

  @Test
  void nclFindsPrototypesAnewInEveryEpoch() {
    Embeddings trained = MatrixFactorization.initial(USERS, ITEMS, DIMENSION, 2);
    double expected = amongOwnDirections(trained);
    try (WorkPool pool = new WorkPool(1)) {
      Ncl term = new Ncl(PAIRS, parameters(), 2, ITEMS, 3, noNeighbours(), KERNELS, pool);
      value(term, propagation(0, pool));

      assertThat(valueOfEpoch(term, trained, pool))
          .as("prototypes of the epoch before")
          .isNotCloseTo(expected, within(1e-2));
      term.beginEpoch(2, trained);
      assertThat(valueOfEpoch(term, trained, pool)).isCloseTo(expected, within(1e-5));
    }
  }

  /**
   * Nodes lie near either of two directions, and far apart in length: the prototypes are the means
   * of the unit vectors about each direction.
   */
  @Test
  void nclFindsPrototypesOfDirectionsWhateverTheLengths() {
    Embeddings embeddings = parameters();
    double[][] centroids = new double[4][DIMENSION];
    for (int node = 0; node < USERS + ITEMS; node++) {
      boolean ofUsers = node < USERS;
      int row = ofUsers ? node : node - USERS;
      EmbeddingTable table = ofUsers ? embeddings.users() : embeddings.items();
      float[] values = table.row(row);
      values[row % 2] += 4;
      double squares = 0;
      for (float value : values) {
        squares += (double) value * value;
      }
      for (int d = 0; d < DIMENSION; d++) {
        centroids[(ofUsers ? 0 : 2) + row % 2][d] += values[d] / Math.sqrt(squares);
        values[d] *= row % 4 < 2 ? 1 : 50;
      }
      table.setRow(row, values);
    }
    double[][] rows = rows(embeddings);
    int[] pairedItems = IntStream.of(ALL_ITEMS).map(item -> USERS + item).toArray();
    double expected =
        new AnchorByAnchor(2, TEMPERATURE, ALL_USERS, new int[] {0, 1}, halves(ALL_USERS))
                .value(rows, centroids)
            + new AnchorByAnchor(2, TEMPERATURE, pairedItems, new int[] {2, 3}, halves(ALL_ITEMS))
                .value(rows, centroids);
    try (WorkPool pool = new WorkPool(1)) {
      Ncl term = new Ncl(PAIRS, embeddings, 2, 2, 20, noNeighbours(), KERNELS, pool);

      assertThat(value(term, propagation(embeddings, 0, pool))).isCloseTo(expected, within(1e-5));
    }
  }

  private static int[] halves(int[] rows) {
    return IntStream.of(rows).map(row -> row % 2).toArray();
  }

  /** Prototypes stay as the epoch began with them. */
  @Test
  void nclHasTheGradientTowardsFixedPrototypes() {
    try (WorkPool pool = new WorkPool(1)) {
      Ncl term = new Ncl(PAIRS, parameters(), 2, 3, 5, noNeighbours(), KERNELS, pool);
      value(term, propagation(0, pool));
      RowGradients users = zeros(ALL_USERS, propagation(0, pool));
      RowGradients items = zeros(ALL_ITEMS, propagation(0, pool));
      term.ofLayers().addGradient(0, parameters(), users, items);

      assertSlopes(term, true, users, pool);
      assertSlopes(term, false, items, pool);
    }
  }

  private static void assertSlopes(
      Ncl term, boolean ofUsers, RowGradients gradients, WorkPool pool) {
    float half = 0x1p-8f;
    for (int k = 0; k < gradients.count(); k++) {
      for (int d = 0; d < DIMENSION; d++) {
        double above = moved(term, ofUsers, gradients.row(k), d, half, pool);
        double below = moved(term, ofUsers, gradients.row(k), d, -half, pool);
        assertThat((double) gradients.values()[gradients.offset(k) + d])
            .as("%s %d, element %d", ofUsers ? "user" : "item", gradients.row(k), d)
            .isCloseTo((above - below) / (2 * half), within(2e-3));
      }
    }
    float[] values = gradients.values();
    assertThat(IntStream.range(0, values.length).mapToDouble(d -> values[d]))
        .as("slopes are larger than what is allowed")
        .anyMatch(slope -> slope > 0.05);
  }

  /** The value after one element of one node has been moved. */
  private static double moved(
      Ncl term, boolean ofUsers, int row, int element, float by, WorkPool pool) {
    Embeddings moved = parameters();
    EmbeddingTable table = ofUsers ? moved.users() : moved.items();
    table.values()[table.offset(row) + element] += by;
    return valueOfEpoch(term, moved, pool);
  }

  /** The value of a term whose epoch and step have begun, the parameters being others since. */
  private static double valueOfEpoch(AuxiliaryTerm term, Embeddings parameters, WorkPool pool) {
    LayerMean pass = propagation(parameters, 0, pool);
    pass.forward(grouping(ALL_USERS), grouping(ALL_ITEMS), LAYERS);
    return term.evaluate(pass, zeros(ALL_USERS, pass), zeros(ALL_ITEMS, pass));
  }

  private static SignedNoise noise(int view) {
    SignedNoise noise = new SignedNoise(NOISE, DIMENSION, SETTINGS.seed(), view);
    noise.begin(STEP);
    return noise;
  }

  @Test
  void noiseHasItsLengthAndTheSignsOfTheRow() {
    SignedNoise noise = noise(0);
    for (int row = 0; row < 20; row++) {
      float[] values = {1, -2, 3, -4, 0, 6};
      float[] noisy = values.clone();
      noise.add(1, true, row, noisy, 0);
      double squares = 0;
      for (int d = 0; d < DIMENSION; d++) {
        assertThat(Math.signum(noisy[d] - values[d])).isEqualTo(Math.signum(values[d]));
        squares += Math.pow((double) noisy[d] - values[d], 2);
      }
      assertThat(Math.sqrt(squares))
          .as("shorter by the element that is zero")
          .isLessThanOrEqualTo(NOISE * (1 + 1e-4))
          .isGreaterThan(NOISE / 3);
    }
  }

  @Test
  void noiseOfARowWithoutZerosHasItsWholeLength() {
    SignedNoise noise = noise(0);
    for (int row = 0; row < 20; row++) {
      float[] values = {1, -2, 3, -4, 5, -0.5f};
      float[] noisy = values.clone();
      noise.add(1, true, row, noisy, 0);
      double squares = 0;
      for (int d = 0; d < DIMENSION; d++) {
        squares += Math.pow((double) noisy[d] - values[d], 2);
      }
      assertThat(Math.sqrt(squares)).as("row %d", row).isCloseTo(NOISE, within(1e-5));
    }
  }

  @Test
  void noiseIsAnotherOneForEachStepViewLayerSideAndRow() {
    SignedNoise later = noise(0);
    later.begin(STEP + 1);
    assertThat(
            List.of(
                added(noise(0), 1, true, 0),
                added(noise(1), 1, true, 0),
                added(noise(0), 2, true, 0),
                added(noise(0), 1, false, 0),
                added(noise(0), 1, true, 1),
                added(later, 1, true, 0)))
        .doesNotHaveDuplicates();
    assertThat(added(noise(0), 1, true, 0)).isEqualTo(added(noise(0), 1, true, 0));
  }

  private static List<Float> added(SignedNoise noise, int layer, boolean ofUsers, int row) {
    float[] ones = {1, 1, 1, 1, 1, 1};
    noise.add(layer, ofUsers, row, ones, 0);
    return IntStream.range(0, DIMENSION).mapToObj(d -> ones[d]).toList();
  }

  @Test
  void aStepIsOverTheNodesOfRandomPairs() {
    Interactions pairs = DenseGraph.random(300, 500, 0.1, 2);
    NodeSampler sampler = new NodeSampler(pairs, 40, 7);

    NodeSample nodes = sampler.draw(1);

    assertThat(nodes.users()).hasSizeBetween(20, 40).isSorted().doesNotHaveDuplicates();
    assertThat(nodes.items()).hasSizeBetween(20, 40).isSorted().doesNotHaveDuplicates();
    assertThat(IntStream.of(nodes.users()).allMatch(user -> pairs.degree(user) > 0)).isTrue();
    assertThat(sampler.draw(1).users()).isEqualTo(nodes.users());
    assertThat(sampler.draw(2).users()).isNotEqualTo(nodes.users());
  }

  @Test
  void fewPairsAreAllTaken() {
    NodeSample nodes = new NodeSampler(PAIRS, PAIRS.size(), 7).draw(1);

    assertThat(nodes.users()).isEqualTo(ALL_USERS);
    assertThat(nodes.items()).isEqualTo(ALL_ITEMS);
  }

  @Test
  void refusesValuesOutOfRange() {
    try (WorkPool pool = new WorkPool(1)) {
      assertThatThrownBy(
              () ->
                  new Sgl(
                      PAIRS,
                      parameters(),
                      LAYERS,
                      1,
                      ContrastCandidates.STEP,
                      SETTINGS,
                      KERNELS,
                      pool))
          .hasMessageContaining("edge dropout must be in [0, 1): 1.0");
      assertThatThrownBy(() -> new XSimGcl(PAIRS, parameters(), 0, NOISE, SETTINGS, KERNELS, pool))
          .hasMessageContaining("contrast layer must be at least 1: 0");
      assertThatThrownBy(() -> propagation(2, pool))
          .hasMessageContaining("first layer of the mean must be 0 or 1: 2");
    }
    assertThatThrownBy(() -> new SignedNoise(-1, DIMENSION, 1, 0))
        .hasMessageContaining("the noise's length must be at least 0: -1.0");
    assertThatThrownBy(() -> new SignedNoise(1e39, DIMENSION, 1, 0))
        .hasMessage("the noise's length is beyond single precision: 1.0E39");
    assertThatThrownBy(() -> new ContrastSettings(-1, 0.2, 1, 1))
        .hasMessageContaining("contrast weight must be at least 0: -1.0");
    assertThatThrownBy(() -> new ContrastSettings(1, 0, 1, 1))
        .hasMessageContaining("contrast temperature must be positive and finite: 0.0");
    assertThatThrownBy(() -> new ContrastSettings(1e39, 0.2, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("contrast weight is beyond single precision: 1.0E39");
    assertThatThrownBy(() -> new ContrastSettings(1, 1e39, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("contrast temperature must be between 1.0E-18 and 1.0E30: 1.0E39");
    assertThatThrownBy(() -> new ContrastSettings(1, 1e-46, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("contrast temperature must be between 1.0E-18 and 1.0E30: 1.0E-46");
    assertThatThrownBy(() -> new ContrastSettings(1, 0.2, 0, 1))
        .hasMessageContaining("contrast pairs must be positive: 0");
  }
}
