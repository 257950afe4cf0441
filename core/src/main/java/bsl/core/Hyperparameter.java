package bsl.core;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Describes one parameter of a loss or of a model, so that it can be set by name: on a command
 * line, in a file, from code.
 *
 * @param name lower-case words with underscores, for example {@code tau_ratio}
 * @param fallback the value where none is given; allowed by the range
 * @param range the values it may have
 * @param description what it does, in one line without a full stop
 */
public record Hyperparameter(String name, String fallback, ValueRange range, String description) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

  /**
   * Checks name and default.
   *
   * @throws IllegalArgumentException if the name is not of that form or the default not allowed
   */
  public Hyperparameter {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "parameter '" + name + "' is not lower-case words with underscores" + hint(name));
    }
    if (!range.allows(fallback)) {
      throw new IllegalArgumentException(
          "default '" + fallback + "' of hyper-parameter " + name + " " + range.refusal(fallback));
    }
  }

  private static String hint(String name) {
    String better = name.toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    return NAME.matcher(better).matches() ? "; write '" + better + "'" : "";
  }
}
