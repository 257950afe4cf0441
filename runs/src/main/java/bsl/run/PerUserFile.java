package bsl.run;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.eval.FullRankingEvaluator;
import bsl.eval.PerUserMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The test metrics of a run's selected epoch, user by user, for tests that pair two runs.
 *
 * <p>The file {@code per-user.npy} is a NumPy matrix of 32-bit floats with a row per user. Its
 * columns are Recall@20 and NDCG@20. Users without test pairs have NaN. The bits are the same on
 * every machine, as the model's are.
 */
final class PerUserFile {
  static final String NAME = "per-user.npy";

  /** The columns. */
  static final List<String> KEYS = List.of("recall@20", "ndcg@20");

  private static final int CUTOFF = 20;

  /** Means of rounded values differ from the run's by less. */
  private static final double ROUNDING = 1e-6;

  private PerUserFile() {}

  /**
   * Writes the file.
   *
   * @param users number of users, those without test pairs among them
   */
  static void write(Path folder, int users, PerUserMetrics metrics) {
    write(folder, users, metrics, KEYS);
  }

  /**
   * The same with other columns.
   *
   * @param keys the metrics of the columns
   */
  static void write(Path folder, int users, PerUserMetrics metrics, List<String> keys) {
    EmbeddingTable table = new EmbeddingTable(users, keys.size());
    for (int user = 0; user < users; user++) {
      Arrays.fill(table.values(), table.offset(user), table.offset(user) + keys.size(), Float.NaN);
    }
    int[] evaluated = metrics.users();
    for (int k = 0; k < keys.size(); k++) {
      double[] values = metrics.values(keys.get(k));
      for (int u = 0; u < evaluated.length; u++) {
        table.values()[table.offset(evaluated[u]) + k] = (float) values[u];
      }
    }
    AtomicFiles.replaceFile(folder.resolve(NAME), path -> NpyFile.write(path, table));
  }

  /**
   * Reads the file.
   *
   * @param result what the run came to
   * @return empty if there is no file, or if it is not what the run left: it can be made again from
   *     the model, so that it need not be mended by hand
   */
  static Optional<PerUserMetrics> read(Path folder, RunResult result) {
    return read(folder, KEYS, result.metrics());
  }

  /**
   * Reads a file with other columns.
   *
   * @param keys the metrics of the columns
   * @param means what the columns' means should be
   * @return empty as for the other method
   */
  static Optional<PerUserMetrics> read(Path folder, List<String> keys, Map<String, Double> means) {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(metrics(NpyFile.read(file), keys)).filter(kept -> addsUp(kept, means));
    } catch (InputException | IllegalArgumentException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PerUserMetrics metrics(EmbeddingTable table, List<String> keys) {
    if (table.dimension() != keys.size()) {
      throw new IllegalArgumentException("not a table of " + keys);
    }
    int[] users = new int[table.rows()];
    int count = 0;
    for (int user = 0; user < users.length; user++) {
      if (!Float.isNaN(table.values()[table.offset(user)])) {
        users[count++] = user;
      }
    }
    Map<String, double[]> values = new LinkedHashMap<>();
    for (int k = 0; k < keys.size(); k++) {
      double[] ofUsers = new double[count];
      for (int u = 0; u < count; u++) {
        ofUsers[u] = table.values()[table.offset(users[u]) + k];
      }
      values.put(keys.get(k), ofUsers);
    }
    return PerUserMetrics.of(Arrays.copyOf(users, count), values);
  }

  private static boolean addsUp(PerUserMetrics kept, Map<String, Double> means) {
    Map<String, Double> there = kept.mean().asMap();
    return there.keySet().stream()
        .allMatch(key -> Math.abs(there.get(key) - means.getOrDefault(key, Double.NaN)) < ROUNDING);
  }

  /**
   * Evaluates a model on the test set.
   *
   * @param spec the run it is of
   * @param data the run's data
   * @param threads at least 1
   */
  static PerUserMetrics evaluate(Embeddings model, RunSpec spec, RunData data, int threads) {
    try (WorkPool pool = new WorkPool(threads)) {
      return new FullRankingEvaluator(
              data.test(), data.maskedInTest(), spec.testScore(), Kernels.best(), pool, CUTOFF)
          .evaluatePerUser(model);
    }
  }

  /** The file's metrics with the precision that the file has. */
  static PerUserMetrics rounded(PerUserMetrics metrics) {
    return rounded(metrics, KEYS);
  }

  /** Some metrics with the precision that files have. */
  static PerUserMetrics rounded(PerUserMetrics metrics, Collection<String> keys) {
    Map<String, double[]> values = new LinkedHashMap<>();
    for (String key : keys) {
      values.put(key, Arrays.stream(metrics.values(key)).map(value -> (float) value).toArray());
    }
    return PerUserMetrics.of(metrics.users(), values);
  }
}
