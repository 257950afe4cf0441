package bsl.paper;

import bsl.eval.Evidence;
import bsl.eval.Interval;
import bsl.eval.SeedSample;
import bsl.report.Leaning;
import bsl.report.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One test that a claim rests on: an effect should lie above a threshold.
 *
 * <p>It <i>holds</i> if the effect is significantly above the threshold, and it <i>does not
 * hold</i> if it is significantly below. Otherwise it is <i>undecided</i>. It is undecided in any
 * case with fewer than {@link Evidence#ENOUGH_SEEDS} seeds, or if something is lacking.
 *
 * @param text the numbers that were compared, for people
 * @param evidence the effect, positive where it speaks for the claim
 * @param threshold what the effect should lie above: 0 for "better than", a share for "better by so
 *     much", minus the margin for "at least as good as"
 * @param scale what it is multiplied by when it is shown to people
 * @param pattern how it is shown then
 * @param lack what is missing for a test; empty if nothing is
 */
record Hypothesis(
    String text,
    Evidence evidence,
    double threshold,
    double scale,
    String pattern,
    Optional<String> lack) {
  /** A test rejects if its corrected p-value is at most this. */
  static final double LEVEL = 0.05;

  private static final double CONFIDENCE = 1 - LEVEL;

  /**
   * An effect of which there is a number per seed, in units of its own, is above 0.
   *
   * @return empty if a number was not measured
   */
  static List<Hypothesis> perSeed(String text, double[] bySeed, String pattern) {
    return Arrays.stream(bySeed).allMatch(Double::isFinite)
        ? List.of(new Hypothesis(text, SeedSample.of(bySeed), 0, 1, pattern, Optional.empty()))
        : List.of();
  }

  /** The same with something said before its numbers. */
  Hypothesis named(String before) {
    return new Hypothesis(before + text, evidence, threshold, scale, pattern, lack);
  }

  /** Whether there is enough to decide by. */
  boolean decidable() {
    return lack.isEmpty() && evidence.decides();
  }

  /** The p-value of the threshold; 1 if there is too little to test. */
  double pValue() {
    return lack.isEmpty() ? evidence.pValue(threshold) : 1;
  }

  boolean above() {
    return evidence.effect() > threshold;
  }

  /**
   * The verdict.
   *
   * @param corrected the p-value, corrected for the other tests of the family
   */
  Verdict verdict(double corrected) {
    if (!decidable() || corrected > LEVEL) {
      return Verdict.UNDECIDED;
    }
    return Verdict.of(above());
  }

  /**
   * To which side the effect leans. To say "at least as good" of something worse than the reference
   * takes more than one look. So an effect between minus the margin and 0 leans to neither side.
   */
  Leaning leaning() {
    double effect = evidence.effect();
    if (threshold < 0 ? effect >= 0 : effect > threshold) {
      return Leaning.FOR;
    }
    return effect < threshold ? Leaning.AGAINST : Leaning.NEITHER;
  }

  private Optional<Interval> interval() {
    return lack.isEmpty() ? evidence.bounds(CONFIDENCE) : Optional.empty();
  }

  /** Lower end of the interval of the effect; NaN if there is none. */
  double low() {
    return interval().map(Interval::low).orElse(Double.NaN);
  }

  /** Upper end of the interval of the effect; NaN if there is none. */
  double high() {
    return interval().map(Interval::high).orElse(Double.NaN);
  }

  /** The effect. */
  double effect() {
    return evidence.effect();
  }

  /** The numbers, the effect and its interval, for people. */
  String shown() {
    String over = evidence instanceof SeedSample ? "over seeds " : "";
    String of = evidence.decides() ? ", 95% interval " + over : ", over users ";
    String interval =
        interval().map(it -> of + shown(it.low()) + " to " + shown(it.high())).orElse("");
    return text + " (" + shown(effect()) + interval + ")";
  }

  private String shown(double value) {
    return String.format(Locale.ROOT, pattern, value * scale);
  }
}
