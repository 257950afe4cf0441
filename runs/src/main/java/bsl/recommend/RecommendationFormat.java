package bsl.recommend;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** In which form recommendations are written to a file. */
public enum RecommendationFormat {
  /** Comma-separated values after RFC 4180, a line per recommendation. */
  CSV("csv"),
  /**
   * Values with tabs between, a line per recommendation. Tabs, line breaks and backslashes in ids
   * are written as in {@link bsl.data.IdFile}.
   */
  TSV("tsv"),
  /** JSON lines: an object per user. */
  JSON_LINES("jsonl", "ndjson");

  private static final String GZIP = ".gz";

  private final List<String> endings;

  RecommendationFormat(String... endings) {
    this.endings = List.of(endings);
  }

  /** Names that {@link #named} knows. */
  public static List<String> names() {
    return Arrays.stream(values()).map(format -> format.endings.get(0)).toList();
  }

  /** The format of a name, which is the ending of its files. */
  public static Optional<RecommendationFormat> named(String name) {
    return Arrays.stream(values()).filter(format -> format.endings.contains(name)).findFirst();
  }

  /** The format that a file's name ends in; {@code .gz} behind it does not count. */
  public static Optional<RecommendationFormat> ofFile(String name) {
    String plain = name.toLowerCase(Locale.ROOT);
    if (plain.endsWith(GZIP)) {
      plain = plain.substring(0, plain.length() - GZIP.length());
    }
    int dot = plain.lastIndexOf('.');
    return dot < 0 ? Optional.empty() : named(plain.substring(dot + 1));
  }

  /** Whether a file's name says that it is compressed. */
  public static boolean isCompressed(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(GZIP);
  }
}
