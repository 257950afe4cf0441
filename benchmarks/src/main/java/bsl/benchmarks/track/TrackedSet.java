package bsl.benchmarks.track;

import bsl.benchmarks.track.TrackedRatio.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The benchmarks that are followed over commits, and their yardsticks. Yardsticks are plain loops
 * that nobody changes, and the native BLAS where there is one.
 *
 * <p>Kernels, losses and Adam run on one thread; trainings, propagation and ranking on two.
 */
final class TrackedSet {
  private static final String PLAIN_LOOP = "plain loop";
  private static final Selector PLAIN_SCORE = tile("score", "PLAIN_LOOP");
  private static final Selector PLAIN_EXP =
      new Selector("LogSumExpBenchmark.mathExp", Map.of("negatives", "1024"));
  private static final Selector PLAIN_LAYER =
      new Selector("PropagationBenchmark.plainLoop", Map.of());

  private TrackedSet() {}

  /** What to run, in this order. */
  static List<JmhCall> calls() {
    return List.of(
        new JmhCall(
            "products of a tile",
            "\\.ScoringProductBenchmark\\.",
            List.of("library=KERNELS,PLAIN_LOOP,NETLIB_NATIVE", "negatives=1024"),
            1,
            false),
        new JmhCall(
            "log-sum-exp and losses",
            "\\.LogSumExpBenchmark\\.(kernels|mathExp)$|\\.LossBenchmark\\.(tile|user)$",
            List.of("negatives=1024", "kind=bsl,bpr"),
            1,
            false),
        new JmhCall("Adam", "\\.(Plain)?AdamBenchmark\\.step$", List.of("threads=1"), 1, false),
        new JmhCall(
            "steps over users, ml-1m-like",
            "\\.UserStepBenchmark\\.(step|products|plainProducts|adam)$",
            List.of("preset=ML_1M", "negatives=0", "threads=2"),
            1,
            false),
        new JmhCall(
            "steps over users, larger data",
            "\\.UserStepBenchmark\\.(step|products|plainProducts|adam)$",
            List.of("preset=GOWALLA,YELP2018", "negatives=4096", "threads=2"),
            1,
            false),
        new JmhCall(
            "propagation",
            "\\.PropagationBenchmark\\.(ours|plainLoop)$",
            List.of("preset=YELP2018", "threads=2"),
            1,
            false),
        new JmhCall(
            "steps of LightGCN",
            "\\.GraphStepBenchmark\\.step$",
            List.of("pairs=100000", "layers=3", "threads=2"),
            1,
            true),
        new JmhCall(
            "an epoch over pairs, and full ranking",
            "\\.TrainingEpochBenchmark\\.epoch$|\\.EvaluationBenchmark\\.fullRanking$",
            List.of("preset=ML_1M", "batch=8192", "threads=2"),
            1,
            true));
  }

  /**
   * What to make of the results.
   *
   * @param nativeBlas name of the native BLAS, for its yardstick
   */
  static List<TrackedRatio> ratios(String nativeBlas) {
    List<TrackedRatio> ratios = new ArrayList<>();
    for (String product : List.of("score", "backToUsers", "backToItems")) {
      Selector ours = tile(product, "KERNELS");
      String id = "tile: " + product;
      ratios.add(new TrackedRatio(id, ours, tile(product, "PLAIN_LOOP"), PLAIN_LOOP));
      ratios.add(new TrackedRatio(id, ours, tile(product, "NETLIB_NATIVE"), nativeBlas));
    }
    add(ratios, "log-sum-exp", "LogSumExpBenchmark.kernels", Map.of(), PLAIN_EXP);
    for (String kind : List.of("bsl", "bpr")) {
      Map<String, String> params = Map.of("kind", kind);
      add(ratios, "loss of a tile: " + kind, "LossBenchmark.tile", params, PLAIN_EXP);
      add(ratios, "loss of a user: " + kind, "LossBenchmark.user", params, PLAIN_EXP);
    }
    Selector plainAdam = new Selector("PlainAdamBenchmark.step", Map.of());
    for (String mode : List.of("DENSE", "LAZY", "CLOSED_FORM")) {
      add(ratios, "Adam: " + mode, "AdamBenchmark.step", Map.of("mode", mode), plainAdam);
    }
    for (String preset : List.of("ML_1M", "GOWALLA", "YELP2018")) {
      Map<String, String> params = Map.of("preset", preset);
      Selector plain = new Selector("UserStepBenchmark.plainProducts", params);
      add(ratios, "step over users: " + preset, "UserStepBenchmark.step", params, plain);
    }
    add(ratios, "propagation: one layer", "PropagationBenchmark.ours", Map.of(), PLAIN_LAYER);
    add(ratios, "step of LightGCN", "GraphStepBenchmark.step", Map.of(), PLAIN_LAYER);
    add(ratios, "epoch over pairs", "TrainingEpochBenchmark.epoch", Map.of(), PLAIN_SCORE);
    add(ratios, "full ranking", "EvaluationBenchmark.fullRanking", Map.of(), PLAIN_SCORE);
    return ratios;
  }

  private static Selector tile(String product, String library) {
    return new Selector("ScoringProductBenchmark." + product, Map.of("library", library));
  }

  private static void add(
      List<TrackedRatio> ratios,
      String id,
      String benchmark,
      Map<String, String> params,
      Selector plain) {
    ratios.add(new TrackedRatio(id, new Selector(benchmark, params), plain, PLAIN_LOOP));
  }
}
