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

  private static final Selector PLAIN_ADAM = new Selector("PlainAdamBenchmark.step", Map.of());

  // Scores are the measure of work where a yardstick is of another size.
  private static final double ROW_SCORES = 1024;
  private static final double TILE_SCORES = 48 * ROW_SCORES;
  private static final double USER_SCORES = 4096;
  private static final double USER_POSITIVES = 64;
  private static final double RANKING_SCORES = 6_022.0 * 3_043;

  /** Three products of about 790,000 pairs with 1,024 negatives. */
  private static final double EPOCH_SCORES = 3 * 790_000.0 * 1_024;

  /** Three layers forward and back, each of 100,000 pairs instead of 1,249,063. */
  private static final double GRAPH_LAYERS = 6 * 100_000 / 1_249_063.0;

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
            "steps over users, yelp2018-like",
            "\\.UserStepBenchmark\\.(step|plainProducts)$",
            List.of("preset=YELP2018", "negatives=4096", "threads=2"),
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
      ratios.add(new TrackedRatio(id, ours, tile(product, "PLAIN_LOOP"), PLAIN_LOOP, 1));
      ratios.add(new TrackedRatio(id, ours, tile(product, "NETLIB_NATIVE"), nativeBlas, 1));
    }
    ratios.add(plain("log-sum-exp", "LogSumExpBenchmark.kernels", Map.of(), PLAIN_EXP, 1));
    addLoss(ratios, "bsl", USER_SCORES);
    // Every positive of the user meets every negative.
    addLoss(ratios, "bpr", USER_POSITIVES * USER_SCORES);
    for (String mode : List.of("DENSE", "LAZY", "CLOSED_FORM")) {
      Map<String, String> params = Map.of("mode", mode);
      ratios.add(plain("Adam: " + mode, "AdamBenchmark.step", params, PLAIN_ADAM, 1));
    }
    for (String preset : List.of("ML_1M", "YELP2018")) {
      Map<String, String> params = Map.of("preset", preset);
      Selector yardstick = new Selector("UserStepBenchmark.plainProducts", params);
      String id = "step over users: " + preset;
      ratios.add(plain(id, "UserStepBenchmark.step", params, yardstick, 1));
    }
    ratios.add(
        plain("propagation: one layer", "PropagationBenchmark.ours", Map.of(), PLAIN_LAYER, 1));
    ratios.add(
        plain("step of LightGCN", "GraphStepBenchmark.step", Map.of(), PLAIN_LAYER, GRAPH_LAYERS));
    ratios.add(
        plain(
            "epoch over pairs",
            "TrainingEpochBenchmark.epoch",
            Map.of(),
            PLAIN_SCORE,
            EPOCH_SCORES / TILE_SCORES));
    ratios.add(
        plain(
            "full ranking",
            "EvaluationBenchmark.fullRanking",
            Map.of(),
            PLAIN_SCORE,
            RANKING_SCORES / TILE_SCORES));
    return ratios;
  }

  private static void addLoss(List<TrackedRatio> ratios, String kind, double userScores) {
    Map<String, String> params = Map.of("kind", kind);
    ratios.add(
        plain(
            "loss of a tile: " + kind,
            "LossBenchmark.tile",
            params,
            PLAIN_EXP,
            TILE_SCORES / ROW_SCORES));
    ratios.add(
        plain(
            "loss of a user: " + kind,
            "LossBenchmark.user",
            params,
            PLAIN_EXP,
            userScores / ROW_SCORES));
  }

  private static Selector tile(String product, String library) {
    return new Selector("ScoringProductBenchmark." + product, Map.of("library", library));
  }

  private static TrackedRatio plain(
      String id, String benchmark, Map<String, String> params, Selector yardstick, double work) {
    return new TrackedRatio(id, new Selector(benchmark, params), yardstick, PLAIN_LOOP, work);
  }
}
