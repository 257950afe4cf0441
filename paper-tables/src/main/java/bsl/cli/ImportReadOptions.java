package bsl.cli;

import bsl.ingest.ReadOptions;
import bsl.run.InputException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How files that are imported are read. */
final class ImportReadOptions {
  @Option(
      names = "--sep",
      paramLabel = "SEP",
      description = "separator of delimited text, for example , :: '\\t' or tab; default guessed")
  private String separator;

  @Option(
      names = "--quote",
      paramLabel = "CHAR",
      description =
          "quote around fields, or none; default \" for commas, semicolons and where seen")
  private String quote;

  @Option(
      names = "--header",
      negatable = true,
      description = "the first line names the columns, or does not; default guessed")
  private Boolean header;

  @Option(
      names = "--skip-lines",
      paramLabel = "N",
      defaultValue = "0",
      description = "lines to leave out at the beginning of each file; default 0")
  private int skipLines;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      defaultValue = "UTF-8",
      description = "encoding of the text, for example ISO-8859-1; default UTF-8")
  private String encoding;

  @Option(
      names = "--user-column",
      paramLabel = "COL",
      description = "column of users: its name, or its number from 1; default guessed")
  private String user;

  @Option(names = "--item-column", paramLabel = "COL", description = "column of items")
  private String item;

  @Option(
      names = "--rating-column",
      paramLabel = "COL",
      description = "column of ratings; none does not read them")
  private String rating;

  @Option(
      names = "--time-column",
      paramLabel = "COL",
      description = "column of times: numbers, or dates of ISO 8601; none does not read them")
  private String time;

  @Option(
      names = "--skip-malformed",
      description = "count malformed lines and leave them out; default: the first is an error")
  private boolean skipMalformed;

  /**
   * The options.
   *
   * @throws InputException if one has a value that is not allowed
   */
  ReadOptions options() {
    if (skipLines < 0) {
      throw new InputException("--skip-lines '" + skipLines + "' is negative");
    }
    return new ReadOptions(
        Optional.ofNullable(separator).map(ImportReadOptions::separator),
        Optional.ofNullable(quote).map(ImportReadOptions::quote),
        Optional.ofNullable(header),
        skipLines,
        charset(encoding),
        Optional.ofNullable(user),
        Optional.ofNullable(item),
        Optional.ofNullable(rating),
        Optional.ofNullable(time),
        skipMalformed);
  }

  private static String separator(String text) {
    String separator = text.equals("tab") ? "\t" : text.replace("\\t", "\t");
    if (separator.isEmpty() || separator.matches("(?s).*[\\r\\n\"].*")) {
      throw new InputException("--sep '" + text + "' cannot separate fields");
    }
    return separator;
  }

  private static String quote(String text) {
    if (text.length() != 1 && !text.equals(ReadOptions.NO_QUOTE)) {
      throw new InputException("--quote '" + text + "' is neither one character nor none");
    }
    return text;
  }

  private static Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new InputException("--encoding '" + name + "' is not known to Java", e);
    }
  }
}
