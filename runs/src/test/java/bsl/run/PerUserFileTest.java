package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.ScoreFunction;
import bsl.core.Split;
import bsl.core.WorkPool;
import bsl.eval.PerUserMetrics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PerUserFileTest {
  private static final BooleanSupplier NEVER = () -> false;

  /** Users 0 and 7 have no test pair. */
  private static final Split DATA = withoutTestPairsOf(TrainingRunTest.parity(40, 60, 6, 3), 0, 7);

  @TempDir Path root;

  private static Split withoutTestPairsOf(Split split, int... users) {
    int[][] kept = new int[2][split.test().size()];
    int count = 0;
    for (int user = 0; user < split.users(); user++) {
      int at = user;
      for (int p = split.test().begin(user); p < split.test().end(user); p++) {
        if (IntStream.of(users).noneMatch(left -> left == at)) {
          kept[0][count] = user;
          kept[1][count++] = split.test().itemAt(p);
        }
      }
    }
    Interactions test =
        Interactions.of(
            split.users(),
            split.items(),
            Arrays.copyOf(kept[0], count),
            Arrays.copyOf(kept[1], count));
    return Split.of("parity", split.train(), test);
  }

  private static RunSpec spec(String... more) {
    Settings settings = new Settings();
    for (String assignment :
        List.of("dataset=parity", "batch_size=100", "negatives=10", "epochs=4")) {
      settings.setAssignment(assignment);
    }
    for (String assignment : more) {
      settings.setAssignment(assignment);
    }
    return RunSpec.of(settings);
  }

  private RunStore store(String name) {
    return new RunStore(root.resolve(name), any -> DATA);
  }

  private static RunResult train(RunStore store, RunSpec spec, int threads) {
    return store.run(spec, "none", threads).execute(false, RunListener.SILENT, NEVER);
  }

  private static Path file(RunStore store, RunSpec spec) {
    return store.folder(spec).resolve("per-user.npy");
  }

  /** Two columns, read without the suite's own reader. */
  private static float[][] columns(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int header = 10 + (bytes[8] & 0xff | (bytes[9] & 0xff) << 8);
    assertThat(new String(bytes, 10, header - 10, StandardCharsets.US_ASCII))
        .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (40, 2), }");
    ByteBuffer values =
        ByteBuffer.wrap(bytes, header, bytes.length - header).order(ByteOrder.LITTLE_ENDIAN);
    float[][] columns = new float[2][40];
    for (int user = 0; user < 40; user++) {
      columns[0][user] = values.getFloat();
      columns[1][user] = values.getFloat();
    }
    assertThat(values.hasRemaining()).isFalse();
    return columns;
  }

  /**
   * Recall@20 and NDCG@20 of one user, by sorting all scores in double precision. What is not
   * ranked is the user's train pairs, those that were held out of them included.
   */
  private static double[] bruteForce(Embeddings model, ScoreFunction score, int user) {
    double[] scores = new double[DATA.items()];
    for (int item = 0; item < scores.length; item++) {
      scores[item] = score(model, score, user, item);
    }
    List<Integer> ranked =
        IntStream.range(0, scores.length)
            .filter(item -> !DATA.train().contains(user, item))
            .boxed()
            .sorted(Comparator.comparingDouble(item -> -scores[item]))
            .limit(20)
            .toList();
    int relevant = DATA.test().degree(user);
    double hits = 0;
    double gain = 0;
    double ideal = 0;
    for (int rank = 0; rank < ranked.size(); rank++) {
      double discount = Math.log(2) / Math.log(rank + 2.0);
      if (DATA.test().contains(user, ranked.get(rank))) {
        hits++;
        gain += discount;
      }
      ideal += rank < relevant ? discount : 0;
    }
    return new double[] {hits / relevant, gain / ideal};
  }

  private static double score(Embeddings model, ScoreFunction score, int user, int item) {
    double product = 0;
    double ofUser = 0;
    double ofItem = 0;
    for (int d = 0; d < model.users().dimension(); d++) {
      double u = model.users().values()[model.users().offset(user) + d];
      double i = model.items().values()[model.items().offset(item) + d];
      product += u * i;
      ofUser += u * u;
      ofItem += i * i;
    }
    return score == ScoreFunction.COSINE ? product / Math.sqrt(ofUser * ofItem) : product;
  }

  /** Training is by cosines, so that embeddings have all sorts of lengths. */
  @ParameterizedTest
  @CsvSource({
    "paper, COSINE",
    "paper, INNER_PRODUCT",
    "held-out, COSINE",
    "held-out, INNER_PRODUCT"
  })
  void hasEachUsersMetricsOfTheSelectedEpoch(String protocol, ScoreFunction score)
      throws IOException {
    RunStore store = store("a");
    RunSpec spec =
        spec(
            "protocol=" + protocol,
            "held_out_fraction=0.4",
            "train_score=cosine",
            "test_score=" + (score == ScoreFunction.COSINE ? "cosine" : "inner-product"));
    RunResult result = train(store, spec, 2);
    Embeddings model = TrainedRun.open(store.folder(spec)).model();
    float[][] columns = columns(file(store, spec));
    double recall = 0;
    double ndcg = 0;

    for (int user = 0; user < 40; user++) {
      if (user == 0 || user == 7) {
        assertThat(columns[0][user]).isNaN();
        assertThat(columns[1][user]).isNaN();
      } else {
        double[] expected = bruteForce(model, score, user);
        assertThat((double) columns[0][user]).isCloseTo(expected[0], within(1e-6));
        assertThat((double) columns[1][user]).isCloseTo(expected[1], within(1e-6));
        recall += expected[0] / 38;
        ndcg += expected[1] / 38;
      }
    }
    PerUserMetrics read = new RunFolder(store.folder(spec)).perUser().orElseThrow();
    assertThat(read.users()).hasSize(38).doesNotContain(0, 7);
    assertThat(read.mean().get("ndcg@20")).isCloseTo(ndcg, within(1e-7));
    assertMeans(result.metrics(), recall, ndcg);
    RunData data = store.data(spec);
    assertMeans(PerUserFile.evaluate(model, spec, data, 2).mean().asMap(), recall, ndcg);
    try (WorkPool pool = new WorkPool(2)) {
      assertMeans(TestEvaluation.of(model, spec, data, pool).metrics(), recall, ndcg);
    }
  }

  private static void assertMeans(Map<String, Double> metrics, double recall, double ndcg) {
    assertThat(metrics.get("recall@20")).isCloseTo(recall, within(1e-9));
    assertThat(metrics.get("ndcg@20")).isCloseTo(ndcg, within(1e-9));
  }

  @Test
  void hasTheSameBitsOnAnyNumberOfThreads() throws IOException {
    train(store("one"), spec(), 1);
    train(store("three"), spec(), 3);

    assertThat(file(store("one"), spec()))
        .hasBinaryContent(Files.readAllBytes(file(store("three"), spec())));
  }

  @Test
  void aRunOfBeforeIsEvaluatedForIt() throws IOException {
    RunStore store = store("a");
    train(store, spec(), 1);
    byte[] kept = Files.readAllBytes(file(store, spec()));
    Files.delete(file(store, spec()));

    PerUserMetrics evaluated = store.perUser(spec(), 2).orElseThrow();

    assertThat(file(store, spec())).hasBinaryContent(kept);
    assertThat(store.perUser(spec(), 1).orElseThrow().values("ndcg@20"))
        .isEqualTo(evaluated.values("ndcg@20"));
  }

  @Test
  void aRecordWithoutModelHasItOrLacksIt() throws IOException {
    RunStore store = store("a");
    train(store, spec(), 1);
    Files.delete(store.folder(spec()).resolve("users.npy"));

    assertThat(store.perUser(spec(), 1)).isPresent();
    Files.delete(file(store, spec()));
    assertThat(store.perUser(spec(), 1)).isEmpty();
  }

  @Test
  void whatIsNotOfTheRunIsNotBelieved() throws IOException {
    RunStore store = store("a");
    RunStore other = store("b");
    train(store, spec(), 1);
    train(other, spec("seed=2"), 1);
    byte[] kept = Files.readAllBytes(file(store, spec()));
    for (byte[] wrong :
        List.of(
            Files.readAllBytes(file(other, spec("seed=2"))),
            new byte[100],
            Arrays.copyOf(kept, kept.length - 4),
            Files.readAllBytes(store.folder(spec()).resolve("items.npy")))) {
      Files.write(file(store, spec()), wrong);
      assertThat(new RunFolder(store.folder(spec())).perUser()).isEmpty();
      assertThat(store.perUser(spec(), 1)).isPresent();
      assertThat(file(store, spec())).hasBinaryContent(kept);
    }
  }

  @Test
  void aRunThatWasBrokenOffHasNoneYet() throws IOException {
    RunStore store = store("a");
    train(store, spec(), 1);
    int[] steps = {8};

    store.run(spec(), "none", 1).repeat(RunListener.SILENT, () -> steps[0]-- == 0);

    assertThat(store.folder(spec()).resolve("result.json")).exists();
    assertThat(store.perUser(spec(), 1)).isEmpty();
    assertThat(file(store, spec())).doesNotExist();
  }

  @Test
  void metricsOfOthersAreChecked() {
    assertThatThrownBy(
            () -> PerUserMetrics.of(new int[] {3, 3}, Map.of("ndcg@20", new double[] {1, 1})))
        .hasMessage("users do not ascend at 3");
    assertThatThrownBy(() -> PerUserMetrics.of(new int[] {3}, Map.of("ndcg@20", new double[2])))
        .hasMessage("2 values of ndcg@20 for 1 users");
    assertThatThrownBy(
            () -> PerUserMetrics.of(new int[] {3}, Map.of("ndcg@20", new double[] {Double.NaN})))
        .hasMessage("a user has ndcg@20 NaN, which is not in [0, 1]");
  }
}
