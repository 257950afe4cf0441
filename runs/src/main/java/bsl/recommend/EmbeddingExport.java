package bsl.recommend;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.ScoreFunction;
import bsl.core.kernel.RowKernels;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Embeddings as other programs need them: what they compare vectors by is not always what the
 * model's score is.
 */
public enum EmbeddingExport {
  /**
   * So that the inner product of a user and an item is the model's score. For cosines every vector
   * is divided by its norm; else they stay as they are.
   */
  SCORE,
  /** As they are, whatever the score is. */
  RAW,
  /** Divided by their norms, so that inner products are cosines. */
  UNIT,
  /**
   * With one more element, so that the nearest items by Euclidean distance or cosine are those of
   * the largest inner product: {@code sqrt(M^2 - |v|^2)} for an item v, where M is the largest norm
   * of an item, and 0 for users. All items then have norm M.
   *
   * @see <a href="https://doi.org/10.1145/2645710.2645741">Bachrach et al., RecSys 2014</a>
   */
  EXTENDED;

  /** Names that {@link #named} knows. */
  public static List<String> names() {
    return Arrays.stream(values()).map(v -> v.name().toLowerCase(Locale.ROOT)).toList();
  }

  /** The vectors of a name. */
  public static Optional<EmbeddingExport> named(String name) {
    return Arrays.stream(values())
        .filter(v -> v.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst();
  }

  /**
   * Vectors for all users and items.
   *
   * @param score the model's score
   */
  public Embeddings of(Embeddings model, ScoreFunction score) {
    return switch (this) {
      case RAW -> model;
      case UNIT -> new Embeddings(unit(model.users()), unit(model.items()));
      case SCORE -> score == ScoreFunction.COSINE ? UNIT.of(model, score) : model;
      case EXTENDED -> {
        Embeddings scored = SCORE.of(model, score);
        yield new Embeddings(extended(scored.users(), false), extended(scored.items(), true));
      }
    };
  }

  private static EmbeddingTable unit(EmbeddingTable table) {
    EmbeddingTable unit = table.copy();
    for (int r = 0; r < table.rows(); r++) {
      double norm = Math.max(Math.sqrt(table.squaredNorm(r)), RowKernels.SMALLEST_NORM);
      for (int d = table.offset(r); d < table.offset(r) + table.dimension(); d++) {
        unit.values()[d] = (float) (table.values()[d] / norm);
      }
    }
    return unit;
  }

  private static EmbeddingTable extended(EmbeddingTable table, boolean filled) {
    EmbeddingTable wide = new EmbeddingTable(table.rows(), table.dimension() + 1);
    double most = 0;
    for (int r = 0; r < table.rows(); r++) {
      most = Math.max(most, table.squaredNorm(r));
    }
    for (int r = 0; r < table.rows(); r++) {
      System.arraycopy(
          table.values(), table.offset(r), wide.values(), wide.offset(r), table.dimension());
      if (filled) {
        wide.values()[wide.offset(r) + table.dimension()] =
            (float) Math.sqrt(most - table.squaredNorm(r));
      }
    }
    return wide;
  }
}
