package bsl.report;

import java.nio.file.Path;

/** Reports as files have them, with the same imprint in all. */
public final class Rendered {
  /** The imprint of every report in tests. */
  public static final Imprint IMPRINT =
      new Imprint("quick", "fast", "0123456789abcdef", "2024-05-31");

  private Rendered() {}

  /** A report as Markdown. */
  public static String markdown(Report report) {
    return MarkdownRenderer.render(report, IMPRINT);
  }

  /** A page that lies in a folder. */
  static String html(HtmlPage page, String folder) {
    return page.render(Path.of(folder), IMPRINT);
  }
}
