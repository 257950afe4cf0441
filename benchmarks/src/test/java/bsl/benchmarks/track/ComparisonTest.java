package bsl.benchmarks.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import bsl.benchmarks.track.Comparison.Verdict;
import bsl.benchmarks.track.JmhCall.Length;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The decision, by hand. */
final class ComparisonTest {
  /**
   * The half-width of the interval is the quantile of t with 4 degrees of freedom, 2.776, times the
   * standard error.
   */
  @ParameterizedTest
  @CsvSource({
    // change, standard error, verdict
    "0.85, 0.01, FELL", // 0.826 to 0.874
    "0.89, 0.03, FELL", // 0.819 to 0.967
    "0.85, 0.06, SAME", // to 1.004: within the noise
    "0.91, 0.001, SAME", // certain, but less than a tenth
    "0.901, 0.0001, SAME",
    "0.899, 0.0001, FELL",
    "1.099, 0.0001, SAME",
    "1.101, 0.0001, ROSE",
    "0.50, 0.20, FELL", // to 0.871
    "0.50, 0.26, SAME", // to 1.029
    "1.00, 0.01, SAME",
    "1.09, 0.001, SAME",
    "1.20, 0.01, ROSE", // from 1.167
    "1.20, 0.07, SAME", // from 0.988
  })
  void aFallIsOneIfItIsMoreThanNoiseAndMoreThanATenth(
      double change, double error, Verdict verdict) {
    assertThat(Comparison.verdict(new Estimate(Math.log(change), error * error, 4)))
        .isEqualTo(verdict);
  }

  @Test
  void eachRatioIsComparedWithItself() {
    HistoryPoint before = Points.point(1, 0.01, Map.of("a", 8.0, "b", 3.0, "gone", 1.0));
    HistoryPoint now = Points.point(2, 0.01, Map.of("a", 6.0, "b", 3.1, "new", 1.0));

    Comparison comparison = Comparison.of(Optional.of(before), now);

    assertThat(comparison.fell()).isTrue();
    assertThat(comparison.rows())
        .extracting(row -> row.now().or(row::before).orElseThrow().id(), Comparison.Row::verdict)
        .containsExactly(
            tuple("a", Verdict.FELL),
            tuple("b", Verdict.SAME),
            tuple("new", Verdict.NEW),
            tuple("gone", Verdict.GONE));
    Estimate change = comparison.rows().get(0).change().orElseThrow();
    assertThat(change.value()).isCloseTo(0.75, within(1e-12));
    // Three JVMs with a standard deviation of 1% at both points: 2 x 0.01^2 / 3.
    assertThat(change.variance()).isCloseTo(2e-4 / 3, within(1e-12));
    assertThat(change.degrees()).isCloseTo(4, within(1e-9));
  }

  @Test
  void theFirstPointOfAKindHasNothingToFallFrom() {
    Comparison comparison =
        Comparison.of(Optional.empty(), Points.point(1, 0.01, Map.of("a", 8.0)));

    assertThat(comparison.fell()).isFalse();
    assertThat(comparison.rows()).extracting(Comparison.Row::verdict).containsExactly(Verdict.NEW);
  }

  @Test
  void otherYardsticksMakeOtherRatios() {
    TrackedResult plain = Points.result("a", 8, 0.01);
    TrackedResult blas = new TrackedResult("a", "OpenBLAS", 1, plain.ours(), plain.yardstick());

    assertThat(blas.key()).isNotEqualTo(plain.key());
  }

  /** Else a default that is twice as large, or a better estimate of the work, would be a fall. */
  @Test
  void aRatioOfAnotherSettingIsAnotherRatio() {
    TrackedResult small = Points.result("a", 8, 0.01);
    Measurement more = with(small.ours(), Map.of("threads", "2"));
    Measurement finer = with(small.ours(), Map.of("threads", "1", "rows", "7"));
    Measurement older = with(small.ours(), Map.of());

    assertThat(of(small, 1, more, small.yardstick()).comparable(small)).isFalse();
    assertThat(small.comparable(of(small, 1, more, small.yardstick()))).isFalse();
    assertThat(of(small, 1, small.ours(), with(small.yardstick(), Map.of("threads", "2"))))
        .matches(other -> !other.comparable(small) && !small.comparable(other));
    assertThat(of(small, 2, small.ours(), small.yardstick()).comparable(small)).isFalse();
    assertThat(of(small, 1, small.yardstick(), small.yardstick()).comparable(small)).isFalse();
    // A parameter that is new was fixed before.
    assertThat(of(small, 1, finer, small.yardstick()).comparable(small)).isTrue();
    assertThat(small.comparable(of(small, 1, finer, small.yardstick()))).isTrue();
    assertThat(of(small, 1 + 1e-12, older, small.yardstick()).comparable(small)).isTrue();

    HistoryPoint before = Points.point(1, 0.01, Map.of("a", 8.0));
    HistoryPoint now =
        Points.point(2, 0.01, Map.of()).with(List.of(of(small, 0.5, more, small.yardstick())));
    assertThat(Comparison.of(Optional.of(before), now).rows())
        .extracting(Comparison.Row::verdict)
        .containsExactly(Verdict.NEW, Verdict.GONE);
  }

  private static TrackedResult of(
      TrackedResult result, double work, Measurement ours, Measurement yardstick) {
    return new TrackedResult(result.id(), result.yardstickName(), work, ours, yardstick);
  }

  private static Measurement with(Measurement measurement, Map<String, String> params) {
    return new Measurement(
        measurement.benchmark(),
        new TreeMap<>(params),
        measurement.mode(),
        measurement.unit(),
        measurement.forks(),
        Map.of());
  }

  @Test
  void otherMachinesAndLengthsAreNotComparable() {
    HistoryPoint point = Points.point(1, 0.01, Map.of("a", 8.0));
    HistoryPoint quick =
        new HistoryPoint(
            point.commit(),
            point.changed(),
            point.committed(),
            point.measured(),
            point.machine(),
            point.jdk(),
            Length.QUICK,
            point.load(),
            point.results());

    assertThatThrownBy(() -> Comparison.of(Optional.of(quick), point))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("cannot be compared", "quick", "full");
  }

  @Test
  void aRatioIsForTheSameWork() {
    TrackedResult same = Points.result("a", 2, 0.01);
    TrackedResult more = new TrackedResult("a", "plain loop", 48, same.ours(), same.yardstick());

    // In the time of one call of the yardstick there are two of ours, each worth 48.
    assertThat(more.ratio().value()).isCloseTo(96, within(1e-9));
    assertThat(more.ratio().variance()).isEqualTo(same.ratio().variance());
  }

  @Test
  void speedIsWhatIsComparedInAnyMode() {
    TrackedResult twice = Points.result("a", 2, 0.01);
    Measurement time = twice.ours();
    Measurement throughput =
        new Measurement(
            time.benchmark(),
            time.params(),
            "thrpt",
            "ops/ms",
            List.of(new double[] {2}, new double[] {2}),
            Map.of());

    double ratio =
        new TrackedResult("a", "plain loop", 1, throughput, twice.yardstick()).ratio().value();

    assertThat(twice.ratio().value()).isCloseTo(2, within(1e-12));
    assertThat(ratio).isCloseTo(2, within(1e-12));
  }

  /** Two operations a millisecond, and a millisecond an operation, in whatever unit it is told. */
  @ParameterizedTest
  @CsvSource({
    "avgt, 5e5, ns/op",
    "avgt, 500, us/op",
    "ss, 0.5, ms/op",
    "avgt, 5e-4, s/op",
    "thrpt, 2e-6, ops/ns",
    "thrpt, 2, ops/ms",
    "thrpt, 2000, ops/s",
    "thrpt, 120000, ops/min"
  })
  void unitsOfTimeMayDiffer(String mode, double number, String unit) {
    Measurement time = Points.result("a", 1, 0.01).yardstick();
    double[] numbers = {number, number};
    Measurement ours =
        new Measurement("X.y", time.params(), mode, unit, List.of(numbers), Map.of());

    assertThat(new TrackedResult("a", "plain loop", 1, ours, time).ratio().value())
        .isCloseTo(2, within(1e-12));
  }

  @Test
  void aUnitThatIsUnknownIsNamed() {
    Measurement odd =
        new Measurement(
            "X.y", new TreeMap<>(), "avgt", "ells/op", List.of(new double[] {1, 1}), Map.of());

    assertThatThrownBy(odd::speed)
        .isInstanceOf(BadInputException.class)
        .hasMessage("unknown unit 'ells/op' of X.y in mode avgt");
  }

  @Test
  void fasterAndFasterIterationsAreNotSettled() {
    assertThat(measured("avgt", new double[] {150, 110, 100}).settled()).isFalse();
    assertThat(measured("avgt", new double[] {120, 90, 100}).settled()).isTrue();
    assertThat(measured("avgt", new double[] {100, 150}).settled()).isTrue();
    assertThat(measured("thrpt", new double[] {70, 100}).settled()).isFalse();
    assertThat(measured("thrpt", new double[] {100, 70}).settled()).isTrue();
    // The mean over JVMs: factors of 1.4 and 1.
    assertThat(measured("ss", new double[] {140, 100}, new double[] {100, 100}).settled()).isTrue();
  }

  private static Measurement measured(String mode, double[]... forks) {
    return new Measurement("X.y", new TreeMap<>(), mode, "us/op", List.of(forks), Map.of());
  }
}
