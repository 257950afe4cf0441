package bsl.run;

import bsl.backbones.AuxiliaryTerm;
import bsl.backbones.Backbone;
import bsl.backbones.DelayedLightGcn;
import bsl.backbones.LayerMean;
import bsl.backbones.LightGcn;
import bsl.backbones.MatrixFactorization;
import bsl.backbones.Ngcf;
import bsl.backbones.NormalizedGraph;
import bsl.backbones.ShallowSteps;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The backbones of this project by name. Adding one is a class here and a line. */
final class StandardBackbones {
  /** All of them, in the order in which they are listed to users. */
  static final List<BackboneKind> ALL =
      Stream.concat(
              Stream.of(new MatrixFactorizationKind(), new LightGcnKind(), new NgcfKind()),
              ContrastiveKind.ALL.stream())
          .toList();

  private StandardBackbones() {}

  /** Which steps of LightGCN are shallow. */
  static ShallowSteps shallow(BackboneInput input) {
    RunSpec spec = input.spec();
    long steps = (long) spec.shallowEpochs() * input.stepsPerEpoch();
    return new ShallowSteps(
        (int) Math.min(Integer.MAX_VALUE, steps), spec.whole(SettingKey.SHALLOW_LAYERS));
  }

  /** Seconds that LightGCN's products with the graph take. */
  static double graphSeconds(RunSpec spec, DataSize size, double epochs) {
    double shallow = Math.min(spec.shallowEpochs(), epochs);
    int shallowLayers = Math.min(spec.whole(SettingKey.SHALLOW_LAYERS), spec.layers());
    double perDeepStep =
        spec.delaysPropagation()
            ? 2.0 * spec.layers() / spec.whole(SettingKey.PROPAGATE_EVERY)
            : RunCost.productsPerStep(spec.layers());
    double products =
        RunCost.productsPerStep(shallowLayers) * shallow + perDeepStep * (epochs - shallow);
    return RunCost.graphSeconds(spec, size, products);
  }

  /** Says why a setting that shallow epochs do not read has no effect, if all epochs are such. */
  static Optional<String> whyShallow(RunSpec spec) {
    return spec.shallowEpochs() >= spec.epochs()
        ? Optional.of(
            "in epochs that are all shallow (shallow_epochs " + spec.shallowEpochs() + ")")
        : Optional.empty();
  }

  private record MatrixFactorizationKind() implements BackboneKind {
    @Override
    public String name() {
      return "mf";
    }

    @Override
    public String description() {
      return "matrix factorisation";
    }

    @Override
    public List<SettingKey> settings() {
      return List.of(SettingKey.ADAM);
    }

    @Override
    public Backbone create(BackboneInput input) {
      return new MatrixFactorization(
          input.initialEmbeddings(), input.spec().adamMode(), input.kernels(), input.pool());
    }
  }

  private record LightGcnKind() implements BackboneKind {
    @Override
    public String name() {
      return "lightgcn";
    }

    @Override
    public String description() {
      return "LightGCN, the mean over layers of embeddings propagated over the graph";
    }

    @Override
    public List<SettingKey> settings() {
      return List.of(
          SettingKey.LAYERS,
          SettingKey.SHALLOW_EPOCHS,
          SettingKey.SHALLOW_LAYERS,
          SettingKey.PROPAGATE_EVERY,
          SettingKey.L2_LAYERS,
          SettingKey.ADAM);
    }

    @Override
    public Backbone create(BackboneInput input) {
      RunSpec spec = input.spec();
      LayerMean propagation =
          new LayerMean(
              NormalizedGraph.of(input.train()),
              input.initialEmbeddings(),
              spec.layers(),
              input.kernels(),
              input.pool());
      if (spec.delaysPropagation()) {
        return new DelayedLightGcn(
            propagation,
            shallow(input),
            spec.penalised(),
            spec.whole(SettingKey.PROPAGATE_EVERY),
            input.kernels(),
            input.pool());
      }
      return new LightGcn(
          propagation,
          shallow(input),
          spec.penalised(),
          AuxiliaryTerm.NONE,
          spec.adamMode(),
          input.kernels(),
          input.pool());
    }

    @Override
    public Optional<String> whyIgnored(RunSpec spec, SettingKey key) {
      if (key.equals(SettingKey.PROPAGATE_EVERY)) {
        return whyShallow(spec);
      }
      return key.equals(SettingKey.ADAM) && spec.delaysPropagation()
          ? Optional.of("with propagate_every above 1")
          : Optional.empty();
    }

    @Override
    public double seconds(RunSpec spec, DataSize size, double epochs) {
      return graphSeconds(spec, size, epochs);
    }

    @Override
    public QuickSize quickSize() {
      return QuickSize.OF_GRAPH;
    }
  }

  private record NgcfKind() implements BackboneKind {
    private static final double OVER_LIGHTGCN = 2.5;

    /** A step costs several of any other backbone's. */
    private static final int QUICK_EPOCHS = 2;

    @Override
    public String name() {
      return "ngcf";
    }

    @Override
    public String description() {
      return "NGCF, propagation with weight matrices, layers side by side";
    }

    @Override
    public List<SettingKey> settings() {
      return List.of(SettingKey.LAYERS, SettingKey.MESSAGE_DROPOUT, SettingKey.L2_LAYERS);
    }

    @Override
    public Backbone create(BackboneInput input) {
      RunSpec spec = input.spec();
      return new Ngcf(
          NormalizedGraph.of(input.train()),
          input.initialEmbeddings(),
          spec.layers(),
          spec.messageDropout(),
          spec.penalised(),
          spec.seed(),
          input.kernels(),
          input.pool());
    }

    @Override
    public double seconds(RunSpec spec, DataSize size, double epochs) {
      double products = OVER_LIGHTGCN * RunCost.productsPerStep(spec.layers()) * epochs;
      return RunCost.graphSeconds(spec, size, products);
    }

    @Override
    public QuickSize quickSize() {
      return QuickSize.ofGraph(QUICK_EPOCHS);
    }
  }
}
