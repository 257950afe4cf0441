package bsl.ingest;

import bsl.core.CountText;
import java.util.List;
import java.util.Optional;

/**
 * Says how files have their records.
 *
 * @param kind delimited text or JSON lines
 * @param separator what separates the fields of delimited text; empty for JSON lines
 * @param quote what stands around fields that have separators, if anything does
 * @param header whether the first line names the columns
 * @param skipLines lines before the header or the first record
 * @param names names of the columns or keys; numbers from 1 where there is no header
 */
public record Layout(
    Kind kind,
    String separator,
    Optional<Character> quote,
    boolean header,
    int skipLines,
    List<String> names) {

  /** How records are written. */
  public enum Kind {
    /** A record per line, its fields between separators. */
    DELIMITED("delimited text"),
    /** A JSON object per line. */
    JSON_LINES("JSON lines");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    /** Name for people. */
    public String title() {
      return title;
    }
  }

  /** The layout in words, for example {@code delimited text, separator '::', no header}. */
  public String describe() {
    if (kind == Kind.JSON_LINES) {
      return kind.title();
    }
    return kind.title()
        + ", separator "
        + separatorName()
        + quote.map(q -> ", quote " + q).orElse(", no quotes")
        + (header ? ", with a header" : ", no header")
        + (skipLines > 0 ? ", " + CountText.of(skipLines, "line") + " skipped" : "");
  }

  private String separatorName() {
    return switch (separator) {
      case "\t" -> "tab";
      case " " -> "blank";
      default -> "'" + separator.replace("\t", "\\t") + "'";
    };
  }
}
