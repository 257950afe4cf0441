package outside;

import bsl.core.Hyperparameter;
import bsl.core.HyperparameterValues;
import bsl.losses.LossKind;
import bsl.losses.NegativeScores;
import bsl.losses.PairwiseLoss;
import bsl.losses.PositiveSide;
import bsl.losses.RankingLoss;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A loss of another project that breaks where a system property says so: {@code always}, or the
 * first time, for which the property names a file to remember it by.
 */
public final class BreakingLoss implements LossKind {
  /** The property. */
  public static final String PROPERTY = "outside.breaks";

  @Override
  public String name() {
    return "breaking";
  }

  @Override
  public String description() {
    return "difference of scores, which breaks when asked to";
  }

  @Override
  public List<Hyperparameter> parameters() {
    return List.of();
  }

  @Override
  public RankingLoss create(HyperparameterValues values) {
    String when = System.getProperty(PROPERTY, "");
    if (when.equals("always") || (!when.isEmpty() && isFirst(Path.of(when)))) {
      throw new IllegalStateException("it breaks");
    }
    return new Differences();
  }

  private static boolean isFirst(Path file) {
    try {
      Files.createFile(file);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Differences extends PairwiseLoss {
    @Override
    protected double evaluatePair(PositiveSide positives, int pair, NegativeScores negatives) {
      float[] scores = negatives.values();
      double sum = 0;
      for (int j = 0; j < negatives.count(); j++) {
        int at = negatives.offset() + j;
        sum += (scores[at] - positives.score(pair)) / negatives.count();
        scores[at] = 1f / negatives.count();
      }
      positives.setGradient(pair, -1);
      return sum;
    }
  }
}
