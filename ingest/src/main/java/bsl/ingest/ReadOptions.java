package bsl.ingest;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Says how files are to be read. What is left empty is guessed from the first lines.
 *
 * @param separator what separates the fields
 * @param quote what stands around fields that have separators; {@link #NO_QUOTE} for nothing
 * @param header whether the first line names the columns
 * @param skipLines lines before that
 * @param encoding encoding of the text
 * @param user column of users, by name or by number from 1
 * @param item column of items
 * @param rating column of ratings; {@link #NO_COLUMN} for none
 * @param time column of times; {@link #NO_COLUMN} for none
 * @param skipMalformed whether malformed lines are counted and left out instead of an error
 */
public record ReadOptions(
    Optional<String> separator,
    Optional<String> quote,
    Optional<Boolean> header,
    int skipLines,
    Charset encoding,
    Optional<String> user,
    Optional<String> item,
    Optional<String> rating,
    Optional<String> time,
    boolean skipMalformed) {
  /**
   * @throws IllegalArgumentException if the separator is empty, the quote is neither one character
   *     nor {@link #NO_QUOTE}, or the number of lines is negative
   */
  public ReadOptions {
    if (separator.filter(String::isEmpty).isPresent()) {
      throw new IllegalArgumentException("the separator is empty");
    }
    quote
        .filter(text -> text.length() != 1 && !text.equals(NO_QUOTE))
        .ifPresent(
            text -> {
              throw new IllegalArgumentException(
                  "quote '" + text + "' is neither one character nor " + NO_QUOTE);
            });
    if (skipLines < 0) {
      throw new IllegalArgumentException("skipped lines must be at least 0: " + skipLines);
    }
  }

  /** Says that fields have no quotes. */
  public static final String NO_QUOTE = "none";

  /** Says that there is no such column, or that it is not to be read. */
  public static final String NO_COLUMN = "none";

  /** Everything is guessed, and a malformed line is an error. */
  public static final ReadOptions GUESS =
      new ReadOptions(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0,
          StandardCharsets.UTF_8,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false);
}
