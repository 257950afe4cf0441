package bsl.run;

import java.util.Locale;

/** What the epoch to report is selected by. */
public enum Protocol {
  /**
   * The test set itself, as the authors did for yelp2018, gowalla and ml-1m; a data set's own
   * validation pairs where it has some. Comparable with the published numbers, and optimistic.
   */
  PAPER,
  /** Pairs held out of train; the test set is looked at once, at the end. */
  HELD_OUT;

  /** The name in settings and JSON. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
