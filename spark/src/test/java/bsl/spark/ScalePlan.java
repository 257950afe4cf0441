package bsl.spark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says how long a plan of runs takes on clusters of several sizes: the longest run first, each on
 * the core that is free first, with what {@link ScaleMain} has measured beside the training.
 */
final class ScalePlan {
  private static final Pattern RUN =
      Pattern.compile("run .*, about ([0-9.]+) (s|min|h) on one core");
  private static final int CORES_PER_WORKER = 2;

  private final List<Double> runs;
  private final double start;
  private final double perRun;
  private final double collecting;

  /**
   * @param runs seconds of each run on its core
   * @param start seconds until the first run begins
   * @param perRun seconds that a core is busy with a run beside training and evaluation
   * @param collecting seconds that the driver is busy with a run; it does one after the other
   */
  ScalePlan(List<Double> runs, double start, double perRun, double collecting) {
    this.runs = runs.stream().sorted(Comparator.reverseOrder()).toList();
    this.start = start;
    this.perRun = perRun;
    this.collecting = collecting;
  }

  /** Seconds that a core would take for all runs, and for nothing else. */
  double work() {
    return runs.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Seconds until the last run is in the driver's store, with so many runs at a time. */
  double seconds(int lanes) {
    PriorityQueue<Double> free = new PriorityQueue<>();
    for (int lane = 0; lane < lanes; lane++) {
      free.add(start);
    }
    List<Double> ends = new ArrayList<>();
    for (double run : runs) {
      double end = free.remove() + run + perRun;
      ends.add(end);
      free.add(end);
    }
    ends.sort(Comparator.naturalOrder());
    double driver = 0;
    for (double end : ends) {
      driver = Math.max(driver, end) + collecting;
    }
    return driver;
  }

  static List<Double> read(BufferedReader plan) throws IOException {
    List<Double> runs = new ArrayList<>();
    for (String line = plan.readLine(); line != null; line = plan.readLine()) {
      Matcher run = RUN.matcher(line);
      if (run.matches()) {
        int unit = run.group(2).equals("s") ? 1 : run.group(2).equals("min") ? 60 : 3600;
        runs.add(Double.parseDouble(run.group(1)) * unit);
      }
    }
    return runs;
  }

  /**
   * Arguments: seconds of {@code start}, {@code perRun} and {@code collecting}, and numbers of
   * workers. The plan, as {@code reproduce --dry-run} prints it, comes from standard input.
   */
  public static void main(String[] arguments) throws IOException {
    List<Double> runs =
        read(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
    ScalePlan plan =
        new ScalePlan(
            runs,
            Double.parseDouble(arguments[0]),
            Double.parseDouble(arguments[1]),
            Double.parseDouble(arguments[2]));
    System.out.printf(
        Locale.ROOT,
        "%d runs, %.1f h of one core, the longest %.2f h%nworkers,cores,hours,used%n",
        runs.size(),
        plan.work() / 3600,
        runs.stream().mapToDouble(Double::doubleValue).max().orElse(0) / 3600);
    for (String workers : List.of(arguments).subList(3, arguments.length)) {
      int cores = CORES_PER_WORKER * Integer.parseInt(workers);
      double seconds = plan.seconds(cores);
      System.out.printf(
          Locale.ROOT,
          "%s,%d,%.2f,%.1f%%%n",
          workers,
          cores,
          seconds / 3600,
          100 * plan.work() / (seconds * cores));
    }
  }
}
