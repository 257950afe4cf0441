package bsl.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text as LaTeX: relations as symbols, in statements Greek letters too, all else as it stands. */
final class LatexText {
  /** Symbols, indices and powers of formulas. */
  private static final String FORMULA =
      "(?<![A-Za-z])(?<greek>tau|rho|eta)(?<mark>\\*|[12](?![0-9]))?(?![A-Za-z])"
          + "|_(?<index>[A-Z]|tau|rho|eta)(?![A-Za-z])"
          + "|\\^(?<power>[0-9]+)";

  /** What stands for itself nowhere. */
  private static final String CHARACTERS =
      "(?<relation><=|>=|<|>|±)|(?<character>[\\\\~^&%$#_{}`])";

  private static final Pattern IN_STATEMENTS = Pattern.compile(FORMULA + "|" + CHARACTERS);

  /** Names have no formulas in them, whatever they look like. */
  private static final Pattern IN_NAMES =
      Pattern.compile("(?<greek>(?!))(?<mark>)|(?<index>(?!))|(?<power>(?!))|" + CHARACTERS);

  private LatexText() {}

  /** A statement, in which formulas are set as such. */
  static String escaped(String text) {
    return escaped(text, IN_STATEMENTS);
  }

  /** A name or a number, of which every character stands for itself. */
  static String plain(String text) {
    return escaped(text, IN_NAMES);
  }

  private static String escaped(String text, Pattern special) {
    Matcher matcher = special.matcher(text);
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
