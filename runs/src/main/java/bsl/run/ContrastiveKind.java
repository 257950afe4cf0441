package bsl.run;

import bsl.backbones.AuxiliaryTerm;
import bsl.backbones.Backbone;
import bsl.backbones.ContrastCandidates;
import bsl.backbones.ContrastSettings;
import bsl.backbones.LayerMean;
import bsl.backbones.LightGcl;
import bsl.backbones.LightGcn;
import bsl.backbones.Ncl;
import bsl.backbones.NormalizedGraph;
import bsl.backbones.Sgl;
import bsl.backbones.SimGcl;
import bsl.backbones.TruncatedSvd;
import bsl.backbones.XSimGcl;
import bsl.core.Embeddings;
import bsl.core.Hyperparameter;
import bsl.core.ScoreFunction;
import bsl.core.ValueRange;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.losses.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A contrastive backbone: LightGCN with an auxiliary term.
 *
 * @param name the name in settings
 * @param description what it is, in one line
 * @param overLightGcn what its products with the graph cost, relative to LightGCN's
 * @param own the settings that not every contrastive backbone reads
 * @param term the auxiliary term
 */
record ContrastiveKind(
    String name,
    String description,
    double overLightGcn,
    List<SettingKey> own,
    Function<Parts, AuxiliaryTerm> term)
    implements BackboneKind {
  private static final SettingKey CONTRAST_WEIGHT =
      key(
          "contrast_weight",
          "0.1",
          ValueRange.atLeastZero(),
          "weight of a contrastive backbone's auxiliary term; 0 leaves it out");

  private static final SettingKey CONTRAST_TEMPERATURE =
      key(
          "contrast_temperature",
          "0.2",
          ValueRange.between(Parameter.LOWEST_TEMPERATURE, Parameter.HIGHEST_TEMPERATURE),
          "temperature of auxiliary terms");

  private static final SettingKey CONTRAST_PAIRS =
      key(
          "contrast_pairs",
          "2048",
          ValueRange.whole(1, 1 << 20),
          "train pairs whose users and items the auxiliary term of a step is over");

  private static final SettingKey CONTRAST_CANDIDATES =
      key(
          "contrast_candidates",
          "step",
          ValueRange.choice("step", "all"),
          "nodes that sgl and lightgcl compare a node with: those of the step, or all");

  private static final SettingKey CONTRAST_SCORE =
      key(
          "contrast_score",
          "cosine",
          ValueRange.choice("cosine", "inner-product"),
          "how similar two nodes of the auxiliary term of lightgcl are");

  private static final SettingKey EDGE_DROPOUT =
      key(
          "edge_dropout",
          "0.1",
          ValueRange.shareBelowOne(),
          "probability with which a view of sgl drops an edge");

  private static final SettingKey MEAN_FROM =
      key(
          "mean_from",
          "0",
          ValueRange.whole(0, 1),
          "first layer of the mean that final embeddings are");

  private static final SettingKey LAYER_NOISE =
      key(
          "layer_noise",
          "0.1",
          ValueRange.atLeastZero(),
          "length of the noise that is added to each row of a layer");

  private static final SettingKey CONTRAST_LAYER =
      key(
          "contrast_layer",
          "1",
          ValueRange.whole(1, 8),
          "layer that xsimgcl compares final embeddings with");

  private static final SettingKey SVD_RANK =
      key(
          "svd_rank",
          "5",
          ValueRange.whole(1, 256),
          "singular values of the decomposition that lightgcl's view goes along");

  private static final SettingKey PROTOTYPE_WEIGHT =
      key(
          "prototype_weight",
          "0.1",
          ValueRange.atLeastZero(),
          "weight of the contrast of ncl's nodes with prototypes");

  private static final SettingKey PROTOTYPES =
      key(
          "prototypes",
          "200",
          ValueRange.whole(1, 1 << 16),
          "prototypes that ncl has of users, and of items");

  /** Those that LightGCN reads, too. */
  private static final List<SettingKey> OF_LIGHT_GCN =
      List.of(
          SettingKey.LAYERS,
          SettingKey.SHALLOW_EPOCHS,
          SettingKey.SHALLOW_LAYERS,
          SettingKey.L2_LAYERS,
          SettingKey.ADAM);

  private static final List<SettingKey> COMMON =
      Stream.concat(
              OF_LIGHT_GCN.stream(),
              Stream.of(CONTRAST_WEIGHT, CONTRAST_TEMPERATURE, CONTRAST_PAIRS))
          .toList();

  /** What is left of a contrastive backbone without its term. */
  private static final String LIGHT_GCN = "lightgcn";

  /** Of k-means in an epoch. */
  private static final int ITERATIONS = 10;

  private static final double TWO_VIEWS = 3;
  private static final double SAME_PASS = 1.2;

  /** Every node is compared with every other, so the cost grows with the square. */
  private static final int QUICK_PAIRS = 256;

  /** Half of the epochs: some for own trainings to begin without the term, some with it. */
  private static final int QUICK_SHALLOW_EPOCHS = QuickSize.OF_GRAPH.epochs() / 2;

  /** All of them, in the order in which they are listed to users. */
  static final List<BackboneKind> ALL =
      List.of(
          new ContrastiveKind(
              "sgl",
              "SGL, LightGCN with a contrast between views of the graph with dropped edges",
              TWO_VIEWS,
              List.of(CONTRAST_CANDIDATES, EDGE_DROPOUT),
              ContrastiveKind::sgl),
          new ContrastiveKind(
              "simgcl",
              "SimGCL, LightGCN with a contrast between passes with different noise",
              TWO_VIEWS,
              List.of(MEAN_FROM, LAYER_NOISE),
              ContrastiveKind::simGcl),
          new ContrastiveKind(
              "xsimgcl",
              "XSimGCL, LightGCN with noise, a contrast between its layers",
              SAME_PASS,
              List.of(MEAN_FROM, LAYER_NOISE, CONTRAST_LAYER),
              ContrastiveKind::xSimGcl),
          new ContrastiveKind(
              "lightgcl",
              "LightGCL, LightGCN with a contrast to messages along a decomposition of the graph",
              SAME_PASS,
              List.of(CONTRAST_CANDIDATES, CONTRAST_SCORE, SVD_RANK),
              ContrastiveKind::lightGcl),
          new ContrastiveKind(
              "ncl",
              "NCL, LightGCN with a contrast to neighbours and to prototypes",
              SAME_PASS,
              List.of(PROTOTYPE_WEIGHT, PROTOTYPES),
              ContrastiveKind::ncl));

  private static SettingKey key(
      String name, String fallback, ValueRange range, String description) {
    return SettingKey.ofBackbone(new Hyperparameter(name, fallback, range, description));
  }

  /** What an auxiliary term is made of. */
  record Parts(BackboneInput input, NormalizedGraph graph, Embeddings parameters) {
    RunSpec spec() {
      return input.spec();
    }

    ContrastSettings settings() {
      return new ContrastSettings(
          spec().real(CONTRAST_WEIGHT),
          spec().real(CONTRAST_TEMPERATURE),
          spec().whole(CONTRAST_PAIRS),
          spec().seed());
    }

    ContrastCandidates candidates() {
      return amongAll(spec()) ? ContrastCandidates.ALL : ContrastCandidates.STEP;
    }

    /** A propagation from the parameters. */
    LayerMean propagation() {
      boolean fromAny = BackboneKinds.named(spec().backbone()).settings().contains(MEAN_FROM);
      int first = fromAny ? spec().whole(MEAN_FROM) : 0;
      return new LayerMean(
          graph, parameters, spec().layers(), first, input.kernels(), input.pool());
    }
  }

  private static AuxiliaryTerm sgl(Parts parts) {
    return new Sgl(
        parts.input().train(),
        parts.parameters(),
        parts.spec().layers(),
        parts.spec().real(EDGE_DROPOUT),
        parts.candidates(),
        parts.settings(),
        parts.input().kernels(),
        parts.input().pool());
  }

  private static AuxiliaryTerm simGcl(Parts parts) {
    return new SimGcl(
        parts.input().train(),
        parts.propagation(),
        parts.spec().real(LAYER_NOISE),
        parts.settings(),
        parts.input().kernels(),
        parts.input().pool());
  }

  private static AuxiliaryTerm xSimGcl(Parts parts) {
    int layer = parts.spec().whole(CONTRAST_LAYER);
    if (layer > parts.spec().layers()) {
      throw new IllegalArgumentException(
          "contrast_layer " + layer + " is beyond layers " + parts.spec().layers());
    }
    return new XSimGcl(
        parts.input().train(),
        parts.parameters(),
        layer,
        parts.spec().real(LAYER_NOISE),
        parts.settings(),
        parts.input().kernels(),
        parts.input().pool());
  }

  private static AuxiliaryTerm lightGcl(Parts parts) {
    Kernels kernels = parts.input().kernels();
    WorkPool pool = parts.input().pool();
    RunSpec spec = parts.spec();
    return new LightGcl(
        parts.input().train(),
        parts.graph(),
        TruncatedSvd.of(parts.graph(), spec.whole(SVD_RANK), spec.seed(), kernels, pool),
        parts.parameters(),
        parts.candidates(),
        ScoreFunction.valueOf(spec.constant(CONTRAST_SCORE)),
        parts.settings(),
        kernels,
        pool);
  }

  private static AuxiliaryTerm ncl(Parts parts) {
    RunSpec spec = parts.spec();
    if (spec.layers() < Ncl.NEIGHBOUR_LAYER) {
      throw new IllegalArgumentException(
          "ncl compares layer "
              + Ncl.NEIGHBOUR_LAYER
              + " with layer 0: layers "
              + spec.layers()
              + " are too few");
    }
    return new Ncl(
        parts.input().train(),
        parts.parameters(),
        spec.real(PROTOTYPE_WEIGHT),
        spec.whole(PROTOTYPES),
        ITERATIONS,
        parts.settings(),
        parts.input().kernels(),
        parts.input().pool());
  }

  @Override
  public List<SettingKey> settings() {
    return Stream.concat(COMMON.stream(), own.stream()).toList();
  }

  @Override
  public Backbone create(BackboneInput input) {
    RunSpec spec = input.spec();
    Parts parts = new Parts(input, NormalizedGraph.of(input.train()), input.initialEmbeddings());
    return new LightGcn(
        parts.propagation(),
        StandardBackbones.shallow(input),
        spec.penalised(),
        hasTerm(spec) ? term.apply(parts) : AuxiliaryTerm.NONE,
        spec.adamMode(),
        input.kernels(),
        input.pool());
  }

  @Override
  public double seconds(RunSpec spec, DataSize size, double epochs) {
    double shallow = Math.min(spec.shallowEpochs(), epochs);
    double whole = StandardBackbones.graphSeconds(spec, size, epochs);
    if (!hasTerm(spec)) {
      return whole;
    }
    double first = StandardBackbones.graphSeconds(spec, size, shallow);
    double pairs = spec.whole(CONTRAST_PAIRS);
    double users = Math.min(pairs, size.users());
    double items = Math.min(pairs, size.items());
    boolean amongAll = own.contains(CONTRAST_CANDIDATES) && amongAll(spec);
    double scores =
        users * (amongAll ? size.users() : users) + items * (amongAll ? size.items() : items);
    double contrasts = (epochs - shallow) * size.steps(spec) * RunCost.scoreSeconds(spec, scores);
    return first + (whole - first) * overLightGcn + contrasts;
  }

  private static boolean amongAll(RunSpec spec) {
    return spec.text(CONTRAST_CANDIDATES).equals("all");
  }

  /** Whether the auxiliary term has a weight. */
  private boolean hasTerm(RunSpec spec) {
    return spec.real(CONTRAST_WEIGHT) > 0
        || own.contains(PROTOTYPE_WEIGHT) && spec.real(PROTOTYPE_WEIGHT) > 0;
  }

  @Override
  public Optional<String> whyIgnored(RunSpec spec, SettingKey key) {
    boolean ofTerm = !OF_LIGHT_GCN.contains(key) && !key.equals(MEAN_FROM);
    return ofTerm ? StandardBackbones.whyShallow(spec) : Optional.empty();
  }

  @Override
  public RunSpec simplest(RunSpec spec) {
    boolean wholeMean = !own.contains(MEAN_FROM) || spec.whole(MEAN_FROM) == 0;
    return wholeMean && !hasTerm(spec) ? spec.with(SettingKey.BACKBONE, LIGHT_GCN) : spec;
  }

  @Override
  public QuickSize quickSize() {
    QuickSize size =
        QuickSize.OF_GRAPH
            .withAtMost(CONTRAST_PAIRS, QUICK_PAIRS)
            .withAtMost(SettingKey.SHALLOW_EPOCHS, QUICK_SHALLOW_EPOCHS);
    boolean neighbours = own.contains(PROTOTYPES);
    return neighbours ? size.withAtMost(SettingKey.LAYERS, Ncl.NEIGHBOUR_LAYER) : size;
  }
}
