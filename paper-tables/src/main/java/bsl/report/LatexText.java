package bsl.report;

import static java.util.regex.Matcher.quoteReplacement;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text as LaTeX: relations as symbols, in statements Greek letters too, all else as it stands. */
final class LatexText {
  /** Symbols, indices and powers of formulas. */
  private static final Pattern FORMULA =
      Pattern.compile(
          // A name such as tau_ratio stands as it is.
          "(?<![A-Za-z_])(?<greek>tau|rho|eta)(?<mark>\\*|[12](?![0-9]))?(?![A-Za-z]|_[a-z])"
              + "|_(?<index>[A-Z]|(?<=(?:min|max)_)(?:tau|rho|eta))(?![A-Za-z])"
              + "|\\^(?<power>[0-9]+)");

  /** What stands for itself nowhere. */
  private static final Pattern CHARACTERS = Pattern.compile("<=|>=|[<>±\\\\~^&%$#_{}`]");

  private LatexText() {}

  /** A statement, in which formulas are set as such. */
  static String statement(String text) {
    Matcher formula = FORMULA.matcher(text);
    StringBuilder out = new StringBuilder();
    int from = 0;
    while (formula.find()) {
      out.append(plain(text.substring(from, formula.start()))).append(symbol(formula));
      from = formula.end();
    }
    return out.append(plain(text.substring(from))).toString();
  }

  /** A name or a number, of which every character stands for itself. */
  static String plain(String text) {
    return CHARACTERS.matcher(text).replaceAll(found -> quoteReplacement(escape(found.group())));
  }

  private static String symbol(Matcher formula) {
    if (formula.group("greek") != null) {
      String mark = formula.group("mark");
      String sub = mark == null ? "" : mark.equals("*") ? "^{*}" : "_{" + mark + "}";
      return "$\\" + formula.group("greek") + sub + "$";
    }
    String index = formula.group("index");
    return index == null
        ? "$^{" + formula.group("power") + "}$"
        : "$_{" + (index.length() > 1 ? "\\" : "") + index + "}$";
  }

  private static String escape(String special) {
    return switch (special) {
      case "<=" -> "$\\leq$";
      case ">=" -> "$\\geq$";
      case "±" -> "$\\pm$";
      case "<", ">" -> "$" + special + "$";
      case "\\" -> "\\textbackslash{}";
      case "~" -> "\\textasciitilde{}";
      case "^" -> "\\textasciicircum{}";
      // Code in running text has no place in a cell.
      case "`" -> "";
      default -> "\\" + special;
    };
  }
}
