package bsl.report;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.TickUnits;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;

/** Axes with round numbers, as many decimals on each as its steps need, in any locale. */
final class FigureAxis {
  static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  static final Font TICK = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  private static final int[] STEPS = {1, 2, 5};

  /** Steps are from a millionth to five millions. */
  private static final int LARGEST_POWER = 6;

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

  /** A logarithmic axis with numbers at 1, 2 and 5 times the powers of ten. */
  static LogAxis logarithmic(String label) {
    return styled(new RoundLogAxis(label));
  }

  private static <T extends ValueAxis> T styled(T axis) {
    axis.setLabelFont(LABEL);
    axis.setTickLabelFont(TICK);
    return axis;
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
      List<NumberTick> ticks = new ArrayList<>();
      int from = (int) Math.floor(Math.log10(getRange().getLowerBound()));
      int to = (int) Math.ceil(Math.log10(getRange().getUpperBound()));
      for (int power = from; power <= to; power++) {
        for (int step : STEPS) {
          BigDecimal value = BigDecimal.valueOf(step).scaleByPowerOfTen(power);
          if (getRange().contains(value.doubleValue())) {
            ticks.add(
                new NumberTick(
                    value.doubleValue(),
                    value.toPlainString(),
                    TextAnchor.TOP_CENTER,
                    TextAnchor.TOP_CENTER,
                    0));
          }
        }
      }
      return ticks;
    }
  }
}
