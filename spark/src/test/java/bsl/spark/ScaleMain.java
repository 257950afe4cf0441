package bsl.spark;

import bsl.core.Split;
import bsl.data.DataDirectory;
import bsl.data.DatasetCatalog;
import bsl.data.FileFailure;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import bsl.run.InputException;
import bsl.run.Presets;
import bsl.run.RunEngine;
import bsl.run.RunEngineKind;
import bsl.run.RunFiles;
import bsl.run.RunResult;
import bsl.run.RunScheduler;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import bsl.run.SettingKey;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Measures what a cluster costs beside the training, with runs of one epoch. The script {@code
 * spark/scale} calls it several times.
 *
 * <p>It prints a line for each number of runs: the data set, its train pairs and the bytes that are
 * sent of it; the number of runs; seconds until workers are there; seconds of a first run for each
 * core, with sending and loading; seconds of all runs after that; of these, what one core would
 * train and evaluate; and milliseconds in which the driver puts one run into its store.
 */
final class ScaleMain {
  private ScaleMain() {}

  /** Arguments: data set ({@code tiny} is made), numbers of runs, and Spark's settings. */
  public static void main(String[] arguments) throws IOException {
    Map<String, String> conf = new LinkedHashMap<>();
    List<Integer> counts = new ArrayList<>();
    for (String word : List.of(arguments).subList(1, arguments.length)) {
      int equals = word.indexOf('=');
      if (equals < 0) {
        counts.add(Integer.parseInt(word));
      } else {
        conf.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    Path folder = Files.createTempDirectory("bsl-scale-");
    String problem = null;
    try {
      measure(arguments[0], counts, conf, new RunStore(folder.resolve("runs"), ScaleMain::load));
    } catch (InputException e) {
      problem = e.getMessage();
    } catch (UncheckedIOException e) {
      problem = FileFailure.message(e);
    } finally {
      delete(folder);
    }
    if (problem != null) {
      System.err.println("spark/scale: " + problem);
      System.exit(2);
    }
  }

  private static void measure(
      String dataset, List<Integer> counts, Map<String, String> conf, RunStore store)
      throws IOException {
    Split split = store.split(runs(dataset, 1, 1).get(0));
    long sent = sentBytes(split);
    RunEngineKind.Options options =
        new RunEngineKind.Options(
            Optional.empty(), conf, false, Optional.empty(), false, System.err::println);
    long start = System.nanoTime();
    try (RunEngine engine = new SparkEngine(options)) {
      int seed = 1;
      int lanes = engine.lanes();
      double starting = secondsSince(start);
      start = System.nanoTime();
      train(engine, store, runs(dataset, seed, lanes));
      double first = secondsSince(start);
      seed += lanes;
      for (int count : counts) {
        List<RunSpec> runs = runs(dataset, seed, count);
        start = System.nanoTime();
        Map<RunSpec, RunResult> results = train(engine, store, runs);
        double all = secondsSince(start);
        double own =
            results.values().stream().mapToDouble(r -> r.trainSeconds() + r.evalSeconds()).sum();
        RunStore again = store.in(store.folder().resolveSibling("again"));
        System.out.printf(
            Locale.ROOT,
            "%s,%d,%d,%d,%.2f,%.2f,%.2f,%.2f,%.1f%n",
            dataset,
            split.train().size(),
            sent,
            count,
            starting,
            first,
            all,
            own,
            1000 * collecting(store, runs, again) / count);
        seed += count;
      }
    }
  }

  private static Map<RunSpec, RunResult> train(
      RunEngine engine, RunStore store, List<RunSpec> runs) {
    return new RunScheduler(store, engine, true)
        .run(runs, spec -> false, new RunScheduler.Listener() {}, () -> false);
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static List<RunSpec> runs(String dataset, int firstSeed, int count) {
    RunSpec run = Presets.spec("fast", dataset, "mf", "bsl").with(SettingKey.EPOCHS, 1);
    List<RunSpec> runs = new ArrayList<>();
    for (int seed = firstSeed; seed < firstSeed + count; seed++) {
      runs.add(run.with(SettingKey.SEED, seed));
    }
    return runs;
  }

  private static Split load(String dataset) {
    try {
      return dataset.equals(SyntheticPreset.TINY.title())
          ? SyntheticDatasets.make(SyntheticPreset.TINY, 1)
          : DatasetCatalog.load(dataset, DataDirectory.resolve(null)).split();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts runs into a store once more, as the driver does with those that come back. */
  private static double collecting(RunStore from, List<RunSpec> runs, RunStore to) {
    long start = System.nanoTime();
    for (RunSpec run : runs) {
      RunFiles.ofFinished(from.folder(run), false).putInto(to, run);
    }
    return secondsSince(start);
  }

  private static long sentBytes(Split split) throws IOException {
    AtomicLong bytes = new AtomicLong();
    OutputStream counting =
        new OutputStream() {
          @Override
          public void write(int one) {
            bytes.incrementAndGet();
          }

          @Override
          public void write(byte[] some, int offset, int length) {
            bytes.addAndGet(length);
          }
        };
    try (ObjectOutputStream out = new ObjectOutputStream(counting)) {
      out.writeObject(new SentData(split, Map.of()));
    }
    return bytes.get();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
