package bsl.report;

/** Text as HTML. */
final class HtmlText {
  private HtmlText() {}

  /** Text with what stands between backquotes as code. */
  static String inline(String text) {
    return escaped(text).replaceAll("`([^`]*)`", "<code>$1</code>");
  }

  /** Text as it stands, in an element or an attribute. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
