package bsl.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.losses.BilateralSoftmaxLoss.Mode;
import bsl.losses.PairwiseSoftmaxLoss.Activation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;

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

  @Provide
  Arbitrary<Pair> cosines() {
    Arbitrary<Float> cosine = Arbitraries.floats().between(-1f, 1f).ofScale(6);
    return Combinators.combine(cosine, cosine.list().ofMinSize(1).ofMaxSize(70)).as(Pair::new);
  }

  @Provide
  Arbitrary<RankingLoss> all() {
    return Arbitraries.of(
        new SoftmaxLoss(0.1),
        SoftmaxLoss.withPositive(0.1),
        BilateralSoftmaxLoss.codeForm(0.2, 1.2, Mode.MULTI),
        BilateralSoftmaxLoss.paperForm(0.2, 0.1, Mode.REWEIGHT),
        BilateralSoftmaxLoss.powerForm(0.2, 0.1, Mode.MULTI),
        new BprLoss(),
        new BinaryCrossEntropyLoss(0.1),
        new MeanSquaredErrorLoss(0.1),
        new CosineContrastiveLoss(5, 0.1),
        new PairwiseSoftmaxLoss(Activation.TANH, 0.2),
        new PairwiseSoftmaxLoss(Activation.ATAN, 0.2),
        new PairwiseSoftmaxLoss(Activation.RELU, 0.2),
        new RenyiDivergenceLoss(1.5, -0.5, 2));
  }

  /** Losses that see score differences only. */
  @Provide
  Arbitrary<RankingLoss> pairwise() {
    return Arbitraries.of(
        new SoftmaxLoss(0.2),
        SoftmaxLoss.withPositive(0.2),
        BilateralSoftmaxLoss.codeForm(0.2, 1, Mode.MULTI),
        BilateralSoftmaxLoss.paperForm(0.2, 0.1, Mode.MULTI),
        new BprLoss(),
        new PairwiseSoftmaxLoss(Activation.TANH, 0.2),
        new PairwiseSoftmaxLoss(Activation.ATAN, 0.2),
        new PairwiseSoftmaxLoss(Activation.RELU, 0.2));
  }

  /** Losses that average over negatives in one way or another. */
  @Provide
  Arbitrary<RankingLoss> averaging() {
    return Arbitraries.of(
        BilateralSoftmaxLoss.codeForm(0.2, 1.2, Mode.MULTI),
        BilateralSoftmaxLoss.paperForm(0.2, 0.1, Mode.REWEIGHT),
        new BprLoss(),
        new CosineContrastiveLoss(5, 0.1),
        new RenyiDivergenceLoss(1.5, -0.5, 2));
  }

  private static double tolerance(double value) {
    return 1e-5 * Math.max(1, Math.abs(value));
  }

  @Property
  void theOrderOfTheNegativesDoesNotMatter(
      @ForAll("all") RankingLoss loss, @ForAll("cosines") Pair pair, @ForAll long seed) {
    double value = value(loss, pair);

    assertThat(value(loss, pair.shuffled(seed))).isCloseTo(value, within(tolerance(value)));
  }

  @Property
  void onlyDifferencesOfScoresMatterToPairwiseLosses(
      @ForAll("pairwise") RankingLoss loss,
      @ForAll("cosines") Pair pair,
      @ForAll @FloatRange(min = -1, max = 1) float shift) {
    double value = value(loss, pair);

    assertThat(value(loss, pair.shifted(shift))).isCloseTo(value, within(tolerance(value)));
  }

  @Property
  void theirSlopesCancel(@ForAll("pairwise") RankingLoss loss, @ForAll("cosines") Pair pair) {
    ScoreBatch batch = pair.batch();
    batch.evaluate(loss);
    double sum = batch.positive(0);
    for (int j = 0; j < pair.negatives().size(); j++) {
      sum += batch.negative(0, j);
    }

    assertThat(sum).isCloseTo(0, within(1e-5 * Math.max(0.1, Math.abs(batch.positive(0)))));
  }

  @Property
  void repeatingAllNegativesChangesNoAverage(
      @ForAll("averaging") RankingLoss loss,
      @ForAll("cosines") Pair pair,
      @ForAll @IntRange(min = 2, max = 5) int times) {
    double value = value(loss, pair);

    assertThat(value(loss, pair.repeated(times))).isCloseTo(value, within(tolerance(value)));
  }

  @Property
  void repeatingAllNegativesAddsALogarithmToSoftmaxLoss(
      @ForAll("cosines") Pair pair, @ForAll @IntRange(min = 2, max = 5) int times) {
    double value = value(new SoftmaxLoss(0.1), pair);

    assertThat(value(new SoftmaxLoss(0.1), pair.repeated(times)))
        .isCloseTo(value + Math.log(times), within(tolerance(value)));
  }

  @Property
  void theTemperatureIsTheUnitOfTheScores(
      @ForAll("cosines") Pair pair, @ForAll @FloatRange(min = 0.1f, max = 10f) float unit) {
    double value = value(new SoftmaxLoss(0.2), pair);

    assertThat(value(new SoftmaxLoss(0.2 * unit), pair.scaled(unit)))
        .isCloseTo(value, within(tolerance(value)));
  }

  @Property
  void softmaxLossLiesBetweenTheMeanAndTheLargestDifference(@ForAll("cosines") Pair pair) {
    double tau = 0.1;
    int n = pair.negatives().size();
    double robust = tau * (value(new SoftmaxLoss(tau), pair) - Math.log(n));
    double mean = pair.negatives().stream().mapToDouble(Float::doubleValue).average().orElseThrow();

    assertThat(robust)
        .isBetween(
            mean - pair.positive() - 1e-5,
            Collections.max(pair.negatives()) - (double) pair.positive() + 1e-5);
  }
}
