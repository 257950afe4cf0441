package bsl.cli;

import bsl.core.Split;
import bsl.data.DegreeQuantiles;
import bsl.data.PartOverlap;
import bsl.ingest.TimeScale;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The description of a data set for people and for machines. */
final class DescriptionText {
  private static final double[] TOPS = {0.01, 0.1, 0.2};

  private DescriptionText() {}

  /** For people. */
  static List<String> lines(DatasetDescription data) {
    Split split = data.split();
    List<String> lines = new ArrayList<>();
    lines.add(split.name());
    count(lines, "users", split.users());
    count(lines, "items", split.items());
    count(lines, "train pairs", split.train().size());
    split.validation().ifPresent(valid -> count(lines, "validation pairs", valid.size()));
    count(lines, "test pairs", split.test().size());
    lines.add(line("density", "%.4f%%", 100 * data.density()));
    count(lines, "duplicate pairs", data.duplicates());
    lines.add("");
    StringBuilder header =
        new StringBuilder(String.format(Locale.ROOT, "%-22s", "train pairs per"));
    for (double share : DegreeQuantiles.SHARES) {
      header.append(String.format(Locale.ROOT, "%8s", quantileName(share)));
    }
    lines.add(header + String.format(Locale.ROOT, "%10s", "mean"));
    lines.add(quantiles("user", data.users()));
    lines.add(quantiles("item", data.items()));
    for (double top : TOPS) {
      lines.add(
          String.format(
              Locale.ROOT,
              "the most popular %.0f%% of items have %.1f%% of the train pairs",
              100 * top,
              100 * data.items().shareOfTop(top)));
    }
    data.overlaps().forEach((title, overlap) -> overlap(lines, title, overlap));
    times(lines, data);
    imported(lines, data);
    noise(lines, data.noise());
    return lines;
  }

  private static String line(String what, String format, Object value) {
    return String.format(Locale.ROOT, "%-22s" + format, what, value);
  }

  private static void count(List<String> lines, String what, int count) {
    lines.add(line(what, "%,d", count));
  }

  private static String quantileName(double share) {
    return share == 0
        ? "least"
        : share == 1 ? "most" : String.format(Locale.ROOT, "%.0f%%", 100 * share);
  }

  private static String quantiles(String what, DegreeQuantiles degrees) {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-22s", what));
    for (double share : DegreeQuantiles.SHARES) {
      line.append(String.format(Locale.ROOT, "%,8d", degrees.quantile(share)));
    }
    return line + String.format(Locale.ROOT, "%10.1f", degrees.mean());
  }

  private static void overlap(List<String> lines, String title, PartOverlap overlap) {
    lines.add("");
    lines.add(title);
    lines.add(share("  pairs in both", overlap.pairsInEarlier(), overlap.pairs()));
    lines.add(share("  users unseen", overlap.unseenUsers(), overlap.users()));
    lines.add(share("  items unseen", overlap.unseenItems(), overlap.items()));
    lines.add(share("  pairs of the unseen", overlap.pairsOfUnseen(), overlap.pairs()));
  }

  private static String share(String what, long part, long all) {
    return String.format(
        Locale.ROOT,
        "%-22s%,d of %,d (%.2f%%)",
        what,
        part,
        all,
        all == 0 ? 0 : 100.0 * part / all);
  }

  private static void times(List<String> lines, DatasetDescription data) {
    lines.add("");
    if (data.times().isEmpty()) {
      lines.add(
          "times are not known, so nobody can say whether test pairs are older than train pairs");
      return;
    }
    Map<?, ?> times = data.times().get();
    TimeScale scale = scale(times);
    lines.add(
        line(
            "train",
            "%s",
            scale.show(number(times, "first_train"))
                + " to "
                + scale.show(number(times, "last_train"))));
    lines.add(
        line(
            "test",
            "%s",
            scale.show(number(times, "first_test"))
                + " to "
                + scale.show(number(times, "last_test"))));
    lines.add(
        "test pairs older than the last train pair of anybody: "
            + share(times, "test_pairs_before_last_train", "test_pairs"));
    lines.add(
        "users with a test pair older than a train pair of theirs: "
            + share(times, "users_with_test_before_train", "test_users"));
  }

  /** What the times are; records of earlier versions do not say it. */
  private static TimeScale scale(Map<?, ?> times) {
    return Optional.ofNullable(times.get("scale"))
        .flatMap(key -> TimeScale.find(key.toString()))
        .orElseGet(
            () -> TimeScale.of(Math.max(number(times, "last_train"), number(times, "last_test"))));
  }

  private static String share(Map<?, ?> times, String part, String all) {
    return share("", (long) number(times, part), (long) number(times, all)).strip();
  }

  private static double number(Map<?, ?> map, String key) {
    return map.get(key) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  private static void imported(List<String> lines, DatasetDescription data) {
    if (DatasetDescription.at(data.dataImport(), "sources") instanceof List<?> sources) {
      lines.add("");
      for (Object source : sources) {
        lines.add(
            "imported from "
                + DatasetDescription.at(source, "file")
                + ", SHA-256 "
                + DatasetDescription.at(source, "sha256"));
      }
    }
  }

  private static void noise(List<String> lines, Map<String, Object> noise) {
    if (!noise.isEmpty()) {
      lines.add("");
      lines.add(
          String.format(
              Locale.ROOT,
              "false positives: %s pairs were added to train of %s, rate %s, seed %s",
              noise.get("pairs_added"),
              noise.get("dataset"),
              noise.get("positive_noise"),
              noise.get("seed")));
    }
  }

  /** For machines. */
  static Map<String, Object> asMap(DatasetDescription data) {
    Split split = data.split();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("dataset", split.name());
    map.put("users", split.users());
    map.put("items", split.items());
    map.put("train_pairs", split.train().size());
    split.validation().ifPresent(valid -> map.put("validation_pairs", valid.size()));
    map.put("test_pairs", split.test().size());
    map.put("density", data.density());
    map.put("duplicates", data.duplicates());
    map.put("pairs_per_user", quantiles(data.users()));
    map.put("pairs_per_item", quantiles(data.items()));
    Map<String, Object> tops = new LinkedHashMap<>();
    for (double top : TOPS) {
      tops.put(Double.toString(top), data.items().shareOfTop(top));
    }
    map.put("share_of_popular_items", tops);
    data.overlaps().forEach((title, overlap) -> map.put(title.replace(' ', '_'), overlap));
    data.times().ifPresent(times -> map.put("times", times));
    map.put("changed_since_import", data.changed());
    map.put("data_import", data.dataImport());
    if (!data.noise().isEmpty()) {
      map.put("noise", data.noise());
    }
    return map;
  }

  private static Map<String, Object> quantiles(DegreeQuantiles degrees) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (double share : DegreeQuantiles.SHARES) {
      map.put(Double.toString(share), degrees.quantile(share));
    }
    map.put("mean", degrees.mean());
    return map;
  }
}
