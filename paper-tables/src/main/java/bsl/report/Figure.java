package bsl.report;

import java.util.List;
import java.util.Optional;

/**
 * Holds a chart as data. {@link FigureRenderer} draws it.
 *
 * @param name sets its files apart from those of other figures of the same report; may be empty
 * @param title one line on what it shows
 * @param x what goes to the right, with its unit
 * @param y what goes up, with its unit
 * @param kind how it is drawn
 * @param categories what the bars of a bar chart stand for, from left to right; empty for others
 * @param series what is drawn
 * @param bounds what the axes show, for charts that are compared; if empty, what the series need
 */
public record Figure(
    String name,
    String title,
    String x,
    String y,
    Kind kind,
    List<String> categories,
    List<Series> series,
    Optional<Bounds> bounds)
    implements Block {
  /**
   * What the axes of a chart show.
   *
   * @param fromX left end
   * @param toX right end
   * @param fromY lower end
   * @param toY upper end
   */
  public record Bounds(double fromX, double toX, double fromY, double toY) {}

  /** How a chart is drawn. */
  public enum Kind {
    /** Points joined by lines. */
    LINES,
    /** Lines over a logarithmic x axis. */
    LINES_LOG_X,
    /** Bars, side by side within a category. */
    BARS,
    /** Many small points alone. */
    POINTS,
    /** Points alone, each with its series' marker. */
    MARKERS,
    /** The same over a logarithmic x axis. */
    MARKERS_LOG_X
  }

  /**
   * A line, a colour of bars, or a cloud of points.
   *
   * @param name what it is
   * @param x positions to the right; for bars 0, 1, ...
   * @param y positions up; NaN leaves a gap
   * @param error half-widths of error bars, empty for none
   * @param pale whether it belongs to the series before it, in a pale shade of whose colour its
   *     bars are drawn
   */
  public record Series(String name, double[] x, double[] y, double[] error, boolean pale) {
    /**
     * Checks that the arrays go together.
     *
     * @throws IllegalArgumentException if they do not
     */
    public Series {
      if (x.length != y.length || (error.length != 0 && error.length != y.length)) {
        throw new IllegalArgumentException("series " + name + " has arrays of unequal length");
      }
    }

    /** Without error bars. */
    public static Series of(String name, double[] x, double[] y) {
      return of(name, x, y, new double[0]);
    }

    /** With error bars, as for the record. */
    public static Series of(String name, double[] x, double[] y, double[] error) {
      return new Series(name, x, y, error, false);
    }

    /** Bars, one per category. */
    public static Series bars(String name, double[] y) {
      return bars(name, y, new double[0]);
    }

    /** Bars with error bars. */
    public static Series bars(String name, double[] y, double[] error) {
      double[] x = new double[y.length];
      for (int i = 0; i < x.length; i++) {
        x[i] = i;
      }
      return of(name, x, y, error);
    }

    /** The same, as a pale companion of the series before it. */
    public Series asCompanion() {
      return new Series(name, x, y, error, true);
    }
  }

  /** A chart without categories. */
  public static Figure of(
      String name, String title, String x, String y, Kind kind, List<Series> series) {
    return new Figure(name, title, x, y, kind, List.of(), series, Optional.empty());
  }

  /** A chart of bars. */
  public static Figure bars(
      String name, String title, String x, String y, List<String> categories, List<Series> series) {
    return new Figure(name, title, x, y, Kind.BARS, categories, series, Optional.empty());
  }

  /** The same chart under another name and title. */
  public Figure renamed(String otherName, String otherTitle) {
    return new Figure(otherName, otherTitle, x, y, kind, categories, series, bounds);
  }

  /** The same chart with axes that show just this. */
  public Figure within(Bounds shown) {
    return new Figure(name, title, x, y, kind, categories, series, Optional.of(shown));
  }
}
