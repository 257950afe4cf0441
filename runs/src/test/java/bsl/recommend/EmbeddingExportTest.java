package bsl.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.ScoreFunction;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What other programs compute from exported vectors is the order that the model has. */
class EmbeddingExportTest {
  private static final int ITEMS = 200;

  private final Embeddings model = new Embeddings(random(20, 5, 1), random(ITEMS, 5, 2));

  private static EmbeddingTable random(int rows, int dimension, int seed) {
    RandomStream random = RandomStream.of(seed, Purpose.TEST);
    EmbeddingTable table = new EmbeddingTable(rows, dimension);
    for (int r = 0; r < rows; r++) {
      double size = 0.1 + 3 * random.nextDouble();
      for (int d = 0; d < dimension; d++) {
        table.values()[table.offset(r) + d] = (float) (size * (2 * random.nextDouble() - 1));
      }
    }
    return table;
  }

  private static double product(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(d -> (double) a[d] * b[d]).sum();
  }

  private static double cosine(float[] a, float[] b) {
    return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
  }

  private static double squaredDistance(float[] a, float[] b) {
    return product(a, a) + product(b, b) - 2 * product(a, b);
  }

  private static List<Integer> best(IntToDoubleFunction score) {
    return IntStream.range(0, ITEMS)
        .boxed()
        .sorted(Comparator.comparing(item -> -score.applyAsDouble(item)))
        .limit(20)
        .toList();
  }

  @Test
  void innerProductsAreTheModelsScores() {
    Embeddings cosines = EmbeddingExport.SCORE.of(model, ScoreFunction.COSINE);
    Embeddings products = EmbeddingExport.SCORE.of(model, ScoreFunction.INNER_PRODUCT);
    for (int item = 0; item < ITEMS; item++) {
      float[] user = model.users().row(3);
      float[] row = model.items().row(item);
      assertThat(product(cosines.users().row(3), cosines.items().row(item)))
          .isCloseTo(cosine(user, row), within(1e-6));
      assertThat(products.items().row(item)).isEqualTo(row);
    }
  }

  @Test
  void nearestExtendedItemsAreThoseOfTheLargestInnerProduct() {
    Embeddings extended = EmbeddingExport.EXTENDED.of(model, ScoreFunction.INNER_PRODUCT);
    for (int user = 0; user < 20; user++) {
      float[] plain = model.users().row(user);
      float[] query = extended.users().row(user);
      List<Integer> expected = best(item -> product(plain, model.items().row(item)));

      assertThat(best(item -> -squaredDistance(query, extended.items().row(item))))
          .isEqualTo(expected);
      assertThat(best(item -> cosine(query, extended.items().row(item)))).isEqualTo(expected);
      // The order by cosine of the vectors as they are is another one.
      assertThat(best(item -> cosine(plain, model.items().row(item)))).isNotEqualTo(expected);
    }
  }
}
