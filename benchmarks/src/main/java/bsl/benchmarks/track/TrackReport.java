package bsl.benchmarks.track;

import bsl.benchmarks.track.Comparison.Row;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says in Markdown how a point compares with the one before it, and with the first one. */
final class TrackReport {
  private static final int DIGITS = 3;

  private TrackReport() {}

  /**
   * The report.
   *
   * @param point what it is about
   * @param before the point that decides
   * @param first the first point of its kind, which shows what many small changes add up to
   */
  static String of(
      HistoryPoint point, Optional<HistoryPoint> before, Optional<HistoryPoint> first) {
    StringBuilder out = new StringBuilder();
    out.append("# Benchmarks at ").append(named(point)).append("\n\n");
    out.append(point.kind()).append(" (").append(point.jdk()).append(").\n");
    out.append(
        before
            .map(p -> "Compared with " + named(p) + ".")
            .orElse("There is no earlier point of this kind of machine."));
    out.append("\n\n");
    Comparison comparison = Comparison.of(before, point);
    out.append(table(comparison, first)).append('\n');
    out.append(verdict(comparison)).append('\n');
    return out.toString();
  }

  private static String named(HistoryPoint point) {
    return point.shortCommit()
        + ", measured on "
        + point.measured().atOffset(ZoneOffset.UTC).toLocalDate();
  }

  private static String table(Comparison comparison, Optional<HistoryPoint> first) {
    MarkdownTable table =
        new MarkdownTable(
            "speed of",
            "over that of",
            "ratio",
            "95%",
            "before",
            "change",
            "95%",
            "since first",
            "");
    for (Row row : comparison.rows()) {
      TrackedResult any = row.now().or(row::before).orElseThrow();
      Optional<Estimate> sinceFirst =
          row.now().flatMap(now -> first.flatMap(p -> p.like(now)).map(f -> change(now, f)));
      table.add(
          any.id(),
          any.yardstickName(),
          row.now().map(r -> number(r.ratio().value())).orElse(""),
          row.now().map(r -> range(r.ratio().range())).orElse(""),
          row.before().map(r -> number(r.ratio().value())).orElse(""),
          row.change().map(c -> percent(c.value())).orElse(""),
          row.change()
              .map(c -> percent(c.range().low()) + " to " + percent(c.range().high()))
              .orElse(""),
          sinceFirst.map(c -> percent(c.value())).orElse(""),
          mark(row.verdict()));
    }
    return table.toString();
  }

  private static Estimate change(TrackedResult now, TrackedResult then) {
    return now.ratio().over(then.ratio());
  }

  private static String mark(Comparison.Verdict verdict) {
    return verdict == Comparison.Verdict.SAME ? "" : verdict.name().toLowerCase(Locale.ROOT);
  }

  private static String verdict(Comparison comparison) {
    List<String> fallen =
        comparison.rows().stream()
            .filter(row -> row.verdict() == Comparison.Verdict.FELL)
            .flatMap(row -> row.now().stream())
            .map(TrackedResult::key)
            .toList();
    return fallen.isEmpty()
        ? "Nothing fell by more than its noise and a tenth."
        : "Fell by more than its noise and a tenth: " + String.join("; ", fallen) + ".";
  }

  /** Three significant digits, without an exponent; more of them before the point. */
  static String number(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(DIGITS));
    int before = rounded.precision() - rounded.scale();
    return rounded.setScale(Math.max(0, DIGITS - before), RoundingMode.HALF_UP).toPlainString();
  }

  private static String range(Estimate.Range range) {
    return number(range.low()) + " to " + number(range.high());
  }

  private static String percent(double factor) {
    return String.format(Locale.ROOT, "%+.1f%%", 100 * (factor - 1));
  }
}
