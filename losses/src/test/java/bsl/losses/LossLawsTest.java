package bsl.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.RandomStream;
import bsl.losses.BilateralSoftmaxLoss.Mode;
import bsl.losses.PairwiseSoftmaxLoss.Activation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Laws of one pair's loss, on scores that nobody chose. */
class LossLawsTest {
  /** One pair: its positive and its negatives. */
  record Pair(float positive, List<Float> negatives) {
    Pair shifted(float by) {
      return new Pair(positive + by, negatives.stream().map(s -> s + by).toList());
    }

    Pair scaled(float by) {
      return new Pair(positive * by, negatives.stream().map(s -> s * by).toList());
    }

    Pair repeated(int times) {
      List<Float> all = new ArrayList<>();
      for (int t = 0; t < times; t++) {
        all.addAll(negatives);
      }
      return new Pair(positive, all);
    }

    Pair shuffled(long seed) {
      List<Float> all = new ArrayList<>(negatives);
      Collections.shuffle(all, new Random(seed));
      return new Pair(positive, all);
    }

    ScoreBatch batch() {
      ScoreBatch batch = new ScoreBatch(new int[] {0}, negatives.size());
      batch.setPositive(0, positive);
      for (int j = 0; j < negatives.size(); j++) {
        batch.setNegative(0, j, negatives.get(j));
      }
      return batch;
    }
  }

  private static double value(RankingLoss loss, Pair pair) {
    return pair.batch().evaluate(loss);
  }

  private static final int TRIES = 1000;
  private static final int MOST_NEGATIVES = 70;

  /** Scores are multiples of this, so that adding a shift to them does not round. */
  private static final double GRID = 0x1p-20;

  /** Cosines that rounding or the activations might treat as a case of their own. */
  private static final double[] SPECIAL = {-1, -1 + GRID, -0.5, 0, GRID, 0.2, 0.5, 1};

  /** A pair with up to 70 negatives. Some have equal scores, few negatives, or special values. */
  private static Pair cosines(RandomStream random) {
    int size = random.nextInt(8) == 0 ? 1 + random.nextInt(3) : 1 + random.nextInt(MOST_NEGATIVES);
    boolean special = random.nextInt(4) == 0;
    List<Float> negatives = new ArrayList<>();
    for (int j = 0; j < size; j++) {
      negatives.add(cosine(random, special));
    }
    return new Pair(cosine(random, special), negatives);
  }

  private static float cosine(RandomStream random, boolean special) {
    return onGrid(special ? SPECIAL[random.nextInt(SPECIAL.length)] : 2 * random.nextDouble() - 1);
  }

  private static float onGrid(double value) {
    return (float) (Math.rint(value / GRID) * GRID);
  }

  private static double between(double low, double high, RandomStream random) {
    return switch (random.nextInt(16)) {
      case 0 -> low;
      case 1 -> high;
      default -> low + (high - low) * random.nextDouble();
    };
  }

  private static final List<RankingLoss> ALL =
      List.of(
          new SoftmaxLoss(0.1),
          SoftmaxLoss.withPositive(0.1),
          BilateralSoftmaxLoss.codeForm(0.2, 1.2, Mode.MULTI),
          BilateralSoftmaxLoss.paperForm(0.2, 0.1, Mode.REWEIGHT),
          BilateralSoftmaxLoss.powerForm(0.2, 0.1, Mode.MULTI),
          new BprLoss(),
          new BinaryCrossEntropyLoss(0.1),
          new MeanSquaredErrorLoss(0.1),
          new MeanVarianceLoss(0.3, 1),
          new CosineContrastiveLoss(5, 0.1),
          new PairwiseSoftmaxLoss(Activation.TANH, 0.2),
          new PairwiseSoftmaxLoss(Activation.ATAN, 0.2),
          new PairwiseSoftmaxLoss(Activation.RELU, 0.2),
          new RenyiDivergenceLoss(1.5, -0.5, 2));

  /** Losses that see score differences only. */
  private static final List<RankingLoss> PAIRWISE =
      List.of(
          new SoftmaxLoss(0.2),
          SoftmaxLoss.withPositive(0.2),
          BilateralSoftmaxLoss.codeForm(0.2, 1, Mode.MULTI),
          BilateralSoftmaxLoss.paperForm(0.2, 0.1, Mode.MULTI),
          new BprLoss(),
          new PairwiseSoftmaxLoss(Activation.TANH, 0.2),
          new PairwiseSoftmaxLoss(Activation.ATAN, 0.2),
          new PairwiseSoftmaxLoss(Activation.RELU, 0.2));

  /** Losses that average over negatives in one way or another. */
  private static final List<RankingLoss> AVERAGING =
      List.of(
          BilateralSoftmaxLoss.codeForm(0.2, 1.2, Mode.MULTI),
          BilateralSoftmaxLoss.paperForm(0.2, 0.1, Mode.REWEIGHT),
          new BprLoss(),
          new CosineContrastiveLoss(5, 0.1),
          new RenyiDivergenceLoss(1.5, -0.5, 2));

  private static double tolerance(double value) {
    return 1e-5 * Math.max(1, Math.abs(value));
  }

  /** Every loss of a list, each on every pair. */
  private static void check(List<RankingLoss> losses, Law law) {
    Seeds.check(
        TRIES,
        random -> {
          Pair pair = cosines(random);
          for (RankingLoss loss : losses) {
            law.check(loss, pair, random);
          }
        });
  }

  private interface Law {
    void check(RankingLoss loss, Pair pair, RandomStream random);
  }

  @Test
  void theOrderOfTheNegativesDoesNotMatter() {
    check(
        ALL,
        (loss, pair, random) -> {
          double value = value(loss, pair);

          assertThat(value(loss, pair.shuffled(random.nextLong())))
              .as("%s", loss)
              .isCloseTo(value, within(tolerance(value)));
        });
  }

  @Test
  void onlyDifferencesOfScoresMatterToPairwiseLosses() {
    check(
        PAIRWISE,
        (loss, pair, random) -> {
          double value = value(loss, pair);

          assertThat(value(loss, pair.shifted(onGrid(between(-1, 1, random)))))
              .as("%s", loss)
              .isCloseTo(value, within(tolerance(value)));
        });
  }

  @Test
  void theSlopesOfPairwiseLossesCancel() {
    check(
        PAIRWISE,
        (loss, pair, random) -> {
          ScoreBatch batch = pair.batch();
          batch.evaluate(loss);
          double sum = batch.positive(0);
          for (int j = 0; j < pair.negatives().size(); j++) {
            sum += batch.negative(0, j);
          }

          assertThat(sum)
              .as("%s", loss)
              .isCloseTo(0, within(1e-5 * Math.max(0.1, Math.abs(batch.positive(0)))));
        });
  }

  @Test
  void repeatingAllNegativesChangesNoAverage() {
    check(
        AVERAGING,
        (loss, pair, random) -> {
          double value = value(loss, pair);

          assertThat(value(loss, pair.repeated(2 + random.nextInt(4))))
              .as("%s", loss)
              .isCloseTo(value, within(tolerance(value)));
        });
  }

  @Test
  void repeatingAllNegativesAddsALogarithmToSoftmaxLoss() {
    check(
        List.of(new SoftmaxLoss(0.1)),
        (loss, pair, random) -> {
          int times = 2 + random.nextInt(4);
          double value = value(loss, pair);

          assertThat(value(loss, pair.repeated(times)))
              .isCloseTo(value + Math.log(times), within(tolerance(value)));
        });
  }

  @Test
  void theTemperatureIsTheUnitOfTheScores() {
    check(
        List.of(new SoftmaxLoss(0.2)),
        (loss, pair, random) -> {
          float unit = (float) between(0.1, 10, random);
          double value = value(loss, pair);

          assertThat(value(new SoftmaxLoss(0.2 * unit), pair.scaled(unit)))
              .isCloseTo(value, within(tolerance(value)));
        });
  }

  @Test
  void softmaxLossLiesBetweenTheMeanAndTheLargestDifference() {
    double tau = 0.1;
    check(
        List.of(new SoftmaxLoss(tau)),
        (loss, pair, random) -> {
          int n = pair.negatives().size();
          double robust = tau * (value(loss, pair) - Math.log(n));
          double mean =
              pair.negatives().stream().mapToDouble(Float::doubleValue).average().orElseThrow();

          assertThat(robust)
              .isBetween(
                  mean - pair.positive() - 1e-5,
                  Collections.max(pair.negatives()) - (double) pair.positive() + 1e-5);
        });
  }
}
