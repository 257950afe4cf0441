package bsl.cli;

import bsl.report.Figure;
import bsl.report.Figure.Kind;
import bsl.report.Figure.Series;
import bsl.tune.Dimension;
import bsl.tune.Standing;
import bsl.tune.TuningResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/** Plots of a search: the metric of the trials against each setting that was searched. */
final class TunePlots {
  /** How far trials have come; each has a marker of its own. */
  private static final List<String> STAGES =
      List.of("", "a ninth of the epochs", "a third", "all epochs");

  private static final OptionalDouble NO_PLACE = OptionalDouble.empty();

  private TunePlots() {}

  /** One plot for each setting; none if no trial has come to a rung. */
  static List<Figure> of(TuningResult result) {
    List<Standing> trials = result.trials().stream().filter(t -> t.epochs() > 0).toList();
    List<Figure> figures = new ArrayList<>();
    if (!trials.isEmpty()) {
      for (Dimension dimension : result.searched()) {
        figures.add(
            dimension.isNumeric()
                ? points(dimension, trials, result.metric())
                : bars(dimension, trials, result.metric()));
      }
    }
    return figures;
  }

  private static Figure points(Dimension dimension, List<Standing> trials, String metric) {
    OptionalDouble ofZero = dimension.isLogarithmic() ? placeOfZero(dimension, trials) : NO_PLACE;
    List<Series> series = new ArrayList<>();
    for (int stage = STAGES.size() - 1; stage > 0; stage--) {
      int which = stage;
      List<Standing> there = trials.stream().filter(t -> t.stage() == which).toList();
      if (!there.isEmpty()) {
        double[] x =
            there.stream()
                .mapToDouble(t -> number(dimension, t))
                .map(value -> value == 0 ? ofZero.orElse(0) : value)
                .toArray();
        double[] y = there.stream().mapToDouble(Standing::value).toArray();
        series.add(Series.of(STAGES.get(stage), x, y));
      }
    }
    String key = dimension.key().key();
    boolean log =
        dimension.isLogarithmic()
            && series.stream().allMatch(s -> Arrays.stream(s.x()).allMatch(v -> v > 0));
    return Figure.of(
        key,
        metric + " of the trials by " + key,
        ofZero.isPresent() ? key + " (0 at the left edge)" : key,
        metric + " on held-out pairs",
        log ? Kind.MARKERS_LOG_X : Kind.MARKERS,
        series);
  }

  /** Where 0 goes on a logarithmic axis, which a preset may have: a decade below the others. */
  private static OptionalDouble placeOfZero(Dimension dimension, List<Standing> trials) {
    double[] values = trials.stream().mapToDouble(t -> number(dimension, t)).toArray();
    OptionalDouble smallest = Arrays.stream(values).filter(value -> value > 0).min();
    boolean any = Arrays.stream(values).anyMatch(value -> value == 0);
    return any && smallest.isPresent() ? OptionalDouble.of(smallest.getAsDouble() / 10) : NO_PLACE;
  }

  private static double number(Dimension dimension, Standing trial) {
    return Double.parseDouble(trial.trial().values().get(dimension.key()));
  }

  private static Figure bars(Dimension dimension, List<Standing> trials, String metric) {
    List<String> values =
        trials.stream()
            .map(t -> t.trial().values().get(dimension.key()))
            .distinct()
            .sorted()
            .toList();
    double[] best = new double[values.size()];
    for (int v = 0; v < best.length; v++) {
      String value = values.get(v);
      best[v] =
          trials.stream()
              .filter(t -> t.trial().values().get(dimension.key()).equals(value))
              .max(Comparator.comparingDouble(Standing::value))
              .map(Standing::value)
              .orElse(Double.NaN);
    }
    String key = dimension.key().key();
    return Figure.bars(
        key,
        metric + " of the best trial by " + key,
        key,
        metric + " on held-out pairs",
        values,
        List.of(Series.bars("best trial", best)));
  }
}
