package bsl.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text as LaTeX: Greek letters and relations as symbols, all else as it stands. */
final class LatexText {
  /** What does not stand for itself: a symbol, an index, a power, or a character of LaTeX's own. */
  private static final Pattern SPECIAL =
      Pattern.compile(
          "(?<![A-Za-z])(?<greek>tau|rho|eta)(?<mark>\\*|[12](?![0-9]))?(?![A-Za-z])"
              + "|_(?<index>[A-Z]|tau|rho|eta)(?![A-Za-z])"
              + "|\\^(?<power>[0-9]+)"
              + "|(?<relation><=|>=|<|>|±)"
              + "|(?<character>[\\\\~^&%$#_{}`])");

  private LatexText() {}

  /** A text with what has a meaning in LaTeX taken as it stands. */
  static String escaped(String text) {
    Matcher matcher = SPECIAL.matcher(text);
    StringBuilder out = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(out, Matcher.quoteReplacement(replacement(matcher)));
    }
    return matcher.appendTail(out).toString();
  }

  private static String replacement(Matcher matcher) {
    if (matcher.group("greek") != null) {
      String mark = matcher.group("mark");
      String sub = mark == null ? "" : mark.equals("*") ? "^{*}" : "_{" + mark + "}";
      return "$\\" + matcher.group("greek") + sub + "$";
    }
    if (matcher.group("index") != null) {
      String index = matcher.group("index");
      return "$_{" + (index.length() > 1 ? "\\" : "") + index + "}$";
    }
    if (matcher.group("power") != null) {
      return "$^{" + matcher.group("power") + "}$";
    }
    if (matcher.group("relation") != null) {
      return switch (matcher.group("relation")) {
        case "<=" -> "$\\leq$";
        case ">=" -> "$\\geq$";
        case "±" -> "$\\pm$";
        default -> "$" + matcher.group("relation") + "$";
      };
    }
    return switch (matcher.group("character")) {
      case "\\" -> "\\textbackslash{}";
      case "~" -> "\\textasciitilde{}";
      case "^" -> "\\textasciicircum{}";
      // Code in running text has no place in a cell.
      case "`" -> "";
      default -> "\\" + matcher.group("character");
    };
  }
}
