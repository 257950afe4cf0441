package bsl.report;

import java.net.URI;
import java.net.URISyntaxException;

/** Paths of files as links: what means something in a link is escaped. */
final class UrlText {
  private UrlText() {}

  /** A path with {@code /} between its names as a link. */
  static String of(String path) {
    try {
      // A colon in the first name would end a scheme.
      int colon = path.indexOf(':');
      boolean scheme = colon >= 0 && path.indexOf('/') > colon;
      return new URI(null, null, scheme ? "./" + path : path, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("no path for a link: " + path, e);
    }
  }
}
