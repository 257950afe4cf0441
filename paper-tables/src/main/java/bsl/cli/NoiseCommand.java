package bsl.cli;

import bsl.core.CountText;
import bsl.core.Interactions;
import bsl.core.Split;
import bsl.core.ValueRange;
import bsl.data.Checksum;
import bsl.data.DatasetCatalog;
import bsl.data.DatasetWriter;
import bsl.data.IdFile;
import bsl.data.PartDigests;
import bsl.noise.PositiveNoise;
import bsl.run.InputException;
import bsl.run.JsonFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bsl noise}: writes a data set with false positives in its train pairs. */
@Command(
    name = "noise",
    mixinStandardHelpOptions = true,
    description = {
      "Write a data set with false positives among its train pairs, as a data set of its own.",
      "Its train pairs are those that 'train --positive-noise R --seed S' sees under protocol paper."
    })
final class NoiseCommand implements Callable<Integer> {
  @Mixin private DataOptions data;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      required = true,
      description = "data set to start from")
  private String dataset;

  @Option(
      names = "--positive",
      paramLabel = "R",
      required = true,
      description = "draws per train pair of each user, from 0 to 1")
  private String positive;

  @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "default 1")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "folder of the new data set; its name is the data set's")
  private Path out;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    double rate = rate();
    Path folder = out.toAbsolutePath().normalize();
    if (folder.getFileName() == null || folder.getParent() == null) {
      throw new InputException("--out '" + out + "' has no name for a data set");
    }
    Split clean = data.load(dataset);
    Interactions noise = new PositiveNoise(rate, seed).drawnFor(clean.train());
    Interactions train = PositiveNoise.added(clean.train(), noise);
    Split noisy =
        new Split(folder.getFileName().toString(), train, clean.validation(), clean.test());
    requireWritable(noisy);
    int hits = hits(noise, clean.test());
    DatasetWriter.write(
        noisy, folder.getParent(), notes(clean, record(clean, noisy, rate, noise.size(), hits)));
    command
        .commandLine()
        .getOut()
        .println(
            String.format(
                Locale.ROOT,
                "%s: %s added to %,d (%.2f%%), %,d of them test pairs",
                out,
                CountText.grouped(noise.size(), "pair"),
                clean.train().size(),
                100.0 * noise.size() / clean.train().size(),
                hits));
    return ExitCode.DONE;
  }

  /** The share as a setting is read: a Java literal such as {@code 0.5d} is none. */
  private double rate() {
    if (!ValueRange.share().allows(positive)) {
      throw new InputException("--positive '" + positive + "' is not a number from 0 to 1");
    }
    double rate = Double.parseDouble(positive);
    if (rate == 0 && positive.replaceFirst("[eE].*", "").matches(".*[1-9].*")) {
      throw new InputException("--positive '" + positive + "' is too small for a number");
    }
    return rate;
  }

  private void requireWritable(Split noisy) {
    DatasetWriter.problem(noisy)
        .ifPresent(
            problem -> {
              throw new InputException(
                  "--out '" + out + "': the data set would not load as it is: " + problem);
            });
  }

  /** The record of the noise, and the ids of users and items if the data set keeps them. */
  private Map<String, byte[]> notes(Split clean, Map<String, Object> record) throws IOException {
    Map<String, byte[]> notes = new LinkedHashMap<>();
    Optional<IdFile> users = data.userIds(clean);
    Optional<IdFile> items = data.itemIds(clean);
    users.ifPresent(ids -> notes.put(IdFile.USERS, IdFile.bytes(clean.users(), ids::id)));
    items.ifPresent(ids -> notes.put(IdFile.ITEMS, IdFile.bytes(clean.items(), ids::id)));
    Map<String, String> digests = new LinkedHashMap<>();
    notes.forEach((file, bytes) -> digests.put(file, Checksum.sha256Of(bytes)));
    record.put("ids", digests);
    notes.put(DatasetCatalog.NOISE_RECORD, JsonFiles.bytes(record));
    return notes;
  }

  /** Added pairs that are test pairs. */
  private static int hits(Interactions noise, Interactions test) {
    int hits = 0;
    for (int user = 0; user < noise.users(); user++) {
      for (int item : noise.itemsOf(user)) {
        hits += test.contains(user, item) ? 1 : 0;
      }
    }
    return hits;
  }

  private Map<String, Object> record(Split clean, Split noisy, double rate, int added, int hits) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("dataset", dataset);
    record.put("train_digest", clean.train().digest());
    record.put("positive_noise", rate);
    record.put("seed", seed);
    record.put("pairs_added", added);
    record.put("test_pairs_hit", hits);
    record.put("noisy_train_digest", noisy.train().digest());
    PartDigests.put(record, noisy);
    Map<String, Object> origin = data.importOf(dataset);
    if (!origin.isEmpty()) {
      record.put("data_import", origin);
    }
    Map<String, Object> before = data.noiseOf(dataset);
    if (!before.isEmpty()) {
      record.put("noise", before);
    }
    return record;
  }
}
