package bsl.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.ScoreFunction;
import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.OnHeapGraphIndex;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A library for approximate nearest neighbours (jvector), built from the exported files, finds the
 * items that a full sort of the model's scores finds.
 */
class NearestNeighbourSearchTest {
  private static final int ITEMS = 2000;
  private static final int USERS = 100;
  private static final int DIMENSION = 32;
  private static final int K = 20;

  @TempDir Path folder;

  private final Embeddings model = new Embeddings(random(USERS, 1), random(ITEMS, 2));

  /** Embeddings in some clusters, with norms that differ by a factor of up to four. */
  private static EmbeddingTable random(int rows, int seed) {
    RandomStream random = RandomStream.of(seed, Purpose.TEST);
    RandomStream centres = RandomStream.of(3, Purpose.TEST);
    float[] centre = new float[40 * DIMENSION];
    for (int d = 0; d < centre.length; d++) {
      centre[d] = (float) (2 * centres.nextDouble() - 1);
    }
    EmbeddingTable table = new EmbeddingTable(rows, DIMENSION);
    for (int r = 0; r < rows; r++) {
      int cluster = random.nextInt(40);
      double size = 0.5 + 1.5 * random.nextDouble();
      for (int d = 0; d < DIMENSION; d++) {
        table.values()[table.offset(r) + d] =
            (float) (size * (centre[cluster * DIMENSION + d] + 1.5 * (random.nextDouble() - 0.5)));
      }
    }
    return table;
  }

  /** A NumPy file after the format's definition. */
  private static List<float[]> npy(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int header = bytes.getShort(8);
    String text = new String(bytes.array(), 10, header, StandardCharsets.US_ASCII);
    Matcher shape = Pattern.compile("'shape': \\((\\d+), (\\d+)\\)").matcher(text);
    assertThat(shape.find()).isTrue();
    bytes.position(10 + header);
    List<float[]> rows = new ArrayList<>();
    for (int r = 0; r < Integer.parseInt(shape.group(1)); r++) {
      float[] row = new float[Integer.parseInt(shape.group(2))];
      for (int d = 0; d < row.length; d++) {
        row[d] = bytes.getFloat();
      }
      rows.add(row);
    }
    assertThat(bytes.hasRemaining()).isFalse();
    return rows;
  }

  private double score(ScoreFunction score, int user, int item) {
    double product = 0;
    for (int d = 0; d < DIMENSION; d++) {
      product += (double) model.users().row(user)[d] * model.items().row(item)[d];
    }
    double norms = Math.sqrt(model.users().squaredNorm(user) * model.items().squaredNorm(item));
    return score == ScoreFunction.COSINE ? product / norms : product;
  }

  private Set<Integer> best(ScoreFunction score, int user) {
    double[] scores = IntStream.range(0, ITEMS).mapToDouble(i -> score(score, user, i)).toArray();
    return new HashSet<>(
        IntStream.range(0, ITEMS)
            .boxed()
            .sorted(Comparator.comparing(item -> -scores[item]))
            .limit(K)
            .toList());
  }

  /**
   * The index has 16 edges a node and looks at 20 candidates. Of 2000 items it misses few: at least
   * 90% have to be found. A wrong order of vectors, a wrong norm or the missing element of the
   * reduction finds far fewer, which the other test shows.
   */
  @ParameterizedTest
  @EnumSource(ScoreFunction.class)
  void findsTheItemsOfTheModel(ScoreFunction score) throws IOException {
    assertThat(recall(score, EmbeddingExport.EXTENDED, VectorSimilarityFunction.EUCLIDEAN))
        .isGreaterThan(0.9);
  }

  @Test
  void cosinesOfRawVectorsAreNotEnoughForInnerProducts() throws IOException {
    assertThat(
            recall(
                ScoreFunction.INNER_PRODUCT, EmbeddingExport.UNIT, VectorSimilarityFunction.COSINE))
        .isLessThan(0.8);
  }

  private double recall(
      ScoreFunction score, EmbeddingExport vectors, VectorSimilarityFunction similarity)
      throws IOException {
    Embeddings exported = vectors.of(model, score);
    ExportFormat.NPY.write(folder, "items", exported.items(), new Names(Optional.empty(), ITEMS));
    ExportFormat.NPY.write(folder, "users", exported.users(), new Names(Optional.empty(), USERS));
    List<VectorFloat<?>> items = new ArrayList<>();
    for (float[] row : npy(folder.resolve("items.npy"))) {
      items.add(vector(row));
    }
    List<float[]> users = npy(folder.resolve("users.npy"));
    int width = users.get(0).length;
    ListRandomAccessVectorValues values = new ListRandomAccessVectorValues(items, width);
    BuildScoreProvider scores = BuildScoreProvider.randomAccessScoreProvider(values, similarity);
    int found = 0;
    try (GraphIndexBuilder builder = new GraphIndexBuilder(scores, width, 16, 100, 1.2f, 1.2f)) {
      OnHeapGraphIndex index = builder.build(values);
      for (int user = 0; user < USERS; user++) {
        Set<Integer> best = best(score, user);
        SearchResult result =
            GraphSearcher.search(vector(users.get(user)), K, values, similarity, index, Bits.ALL);
        for (SearchResult.NodeScore node : result.getNodes()) {
          found += best.contains(node.node) ? 1 : 0;
        }
      }
    }
    System.getLogger(getClass().getName())
        .log(
            System.Logger.Level.INFO,
            "{0} {1}: recall@20 {2}",
            score,
            vectors,
            found / (double) (K * USERS));
    return found / (double) (K * USERS);
  }

  private static VectorFloat<?> vector(float[] row) {
    return VectorizationProvider.getInstance().getVectorTypeSupport().createFloatVector(row);
  }
}
