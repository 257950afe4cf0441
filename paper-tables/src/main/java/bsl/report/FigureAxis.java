package bsl.report;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.TickUnits;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;

/** Axes with round numbers, as many decimals on each as its steps need, in any locale. */
final class FigureAxis {
  static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  static final Font TICK = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  private static final int[] STEPS = {1, 2, 5};

  /** Steps are from a millionth to five millions. */
  private static final int LARGEST_POWER = 6;

  /** Smaller numbers are written with an exponent. */
  private static final int LEAST_PLAIN_EXPONENT = -3;

  /** Over more decades a logarithmic axis has powers of ten alone. */
  private static final int MOST_DECADES = 3;

  private FigureAxis() {}

  /** An axis with equal steps. */
  static NumberAxis linear(String label) {
    NumberAxis axis = new NumberAxis(label);
    TickUnits units = new TickUnits();
    for (int power = -LARGEST_POWER; power <= LARGEST_POWER; power++) {
      DecimalFormat format = format(Math.max(0, -power));
      for (int step : STEPS) {
        double size = BigDecimal.valueOf(step).scaleByPowerOfTen(power).doubleValue();
        units.add(new NumberTickUnit(size, format));
      }
    }
    axis.setStandardTickUnits(units);
    axis.setAutoRangeIncludesZero(false);
    axis.setAutoRangeStickyZero(false);
    // Room between the numbers, so that there are not too many.
    axis.setTickLabelInsets(new RectangleInsets(7, 7, 7, 7));
    return styled(axis);
  }

  private static DecimalFormat format(int decimals) {
    DecimalFormat format = new DecimalFormat("0", DecimalFormatSymbols.getInstance(Locale.ROOT));
    format.setMinimumFractionDigits(decimals);
    format.setMaximumFractionDigits(decimals);
    return format;
  }

  /**
   * A logarithmic axis with numbers at 1, 2 and 5 times the powers of ten, or, if it is long, at
   * those powers.
   *
   * @param least the smallest positive value that is drawn, if there is one
   */
  static LogAxis logarithmic(String label, OptionalDouble least) {
    LogAxis axis = styled(new RoundLogAxis(label));
    // The library widens a range to 1e-8 at least, to both sides. That takes small values below 0,
    // which has no logarithm, and is nothing beside large ones.
    least.ifPresent(value -> axis.setAutoRangeMinimumSize(value / 100));
    return axis;
  }

  private static <T extends ValueAxis> T styled(T axis) {
    axis.setLabelFont(LABEL);
    axis.setTickLabelFont(TICK);
    return axis;
  }

  /** A number as short as it goes: 0.005, 20 or 2e-7. */
  static String text(BigDecimal value) {
    BigDecimal digits = value.stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    boolean plain = exponent >= LEAST_PLAIN_EXPONENT && exponent <= LARGEST_POWER;
    return plain
        ? value.toPlainString()
        : digits.movePointLeft(exponent).toPlainString() + "e" + exponent;
  }

  /** Numbers of a logarithmic axis: round ones, at least two. */
  static List<BigDecimal> ticks(Range range) {
    int from = (int) Math.floor(Math.log10(range.getLowerBound()));
    int to = (int) Math.ceil(Math.log10(range.getUpperBound()));
    List<BigDecimal> ticks = new ArrayList<>();
    for (int power = from; power <= to; power++) {
      for (int step : STEPS) {
        ticks.add(BigDecimal.valueOf(step).scaleByPowerOfTen(power));
      }
    }
    ticks.removeIf(value -> !range.contains(value.doubleValue()));
    if (range.getUpperBound() / range.getLowerBound() > Math.pow(10, MOST_DECADES)) {
      ticks.removeIf(value -> value.unscaledValue().intValue() != 1);
    }
    // A range that is less than a few steps has evenly spaced numbers.
    for (int power = to; ticks.size() < 2; power--) {
      ticks.clear();
      BigDecimal step = BigDecimal.ONE.scaleByPowerOfTen(power);
      BigDecimal value =
          BigDecimal.valueOf(range.getLowerBound()).divide(step, 0, RoundingMode.CEILING);
      while (value.multiply(step).doubleValue() <= range.getUpperBound()) {
        ticks.add(value.multiply(step));
        value = value.add(BigDecimal.ONE);
      }
    }
    return ticks;
  }

  /**
   * The library's own logarithmic axis puts numbers at roots of ten, and draws them as outlines.
   */
  private static final class RoundLogAxis extends LogAxis {
    private static final long serialVersionUID = 1;

    RoundLogAxis(String label) {
      super(label);
    }

    @Override
    protected List<NumberTick> refreshTicksHorizontal(
        Graphics2D graphics, Rectangle2D area, RectangleEdge edge) {
      FontMetrics metrics = graphics.getFontMetrics(getTickLabelFont());
      List<NumberTick> ticks = new ArrayList<>();
      double free = Double.NEGATIVE_INFINITY;
      for (BigDecimal value : ticks(getRange())) {
        String text = text(value);
        double middle = valueToJava2D(value.doubleValue(), area, edge);
        double half = metrics.stringWidth(text) / 2.0;
        boolean fits = middle - half >= free;
        if (fits) {
          free = middle + half + metrics.charWidth('0');
        }
        ticks.add(
            new NumberTick(
                value.doubleValue(),
                fits ? text : "",
                TextAnchor.TOP_CENTER,
                TextAnchor.TOP_CENTER,
                0));
      }
      return ticks;
    }
  }
}
