package bsl.report;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Running text.
 *
 * @param text plain text, in which `code` stands between backquotes
 */
public record Paragraph(String text) implements Block {
  /** Parts of a text one after another, with a blank in between. Empty parts are left out. */
  public static Paragraph of(String... parts) {
    return new Paragraph(
        Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(" ")));
  }
}
