package bsl.cli;

import bsl.core.CountText;
import bsl.data.FileFailure;
import bsl.run.FitFolder;
import bsl.run.InputException;
import bsl.run.OwnPreset;
import bsl.run.Presets;
import bsl.run.RunFolder;
import bsl.run.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Checks the store of runs, and the presets, this project's and the user's own. */
final class StoreHealth {
  private static final String OWN_PRESETS = "own presets";

  private StoreHealth() {}

  static List<HealthCheck> checks(Path runs) {
    return List.of(
        HealthCheck.of(
            "presets",
            () -> HealthCheck.ok("presets", String.join(", ", Presets.descriptions().keySet()))),
        HealthCheck.of(OWN_PRESETS, StoreHealth::ownPresets),
        HealthCheck.of("runs", () -> store(runs)));
  }

  /** The user's own presets, of which each is read. */
  private static HealthCheck ownPresets() {
    List<String> readable = new ArrayList<>();
    List<String> damaged = new ArrayList<>();
    for (String name : OwnPreset.names()) {
      try {
        readable.add(name + " (" + OwnPreset.contentsOf(name) + ")");
      } catch (InputException | UncheckedIOException e) {
        damaged.add(e.getMessage());
      }
    }
    String state =
        OwnPreset.folder() + ": " + (readable.isEmpty() ? "none" : String.join("; ", readable));
    if (!damaged.isEmpty()) {
      return HealthCheck.problem(
          OWN_PRESETS,
          state + "; " + damaged.size() + " cannot be used: " + String.join("; ", damaged),
          "correct, rename or delete these files; tune writes its own again");
    }
    return HealthCheck.ok(OWN_PRESETS, state);
  }

  private static HealthCheck store(Path runs) {
    if (!Files.exists(runs)) {
      return HealthCheck.ok("runs", runs + " is not there yet; the first training makes it");
    }
    List<Path> folders;
    try (Stream<Path> all = Files.list(runs)) {
      folders =
          all.filter(Files::isDirectory)
              .filter(folder -> !folder.getFileName().toString().startsWith("."))
              .sorted()
              .toList();
    } catch (IOException e) {
      return HealthCheck.problem(
          "runs",
          runs + ": cannot be read: " + FileFailure.reason(runs, e),
          "get permission, or name another store with --runs");
    }
    int finished = 0;
    int unfinished = 0;
    int training = 0;
    int fits = 0;
    List<String> damaged = new ArrayList<>();
    for (Path folder : folders) {
      RunFolder run = new RunFolder(folder);
      try {
        if (FitFolder.isFit(folder)) {
          fits++;
        } else if (run.holder().isPresent()) {
          training++;
        } else if (run.result().filter(RunResult::complete).isPresent()) {
          finished++;
        } else {
          unfinished++;
        }
      } catch (InputException | UncheckedIOException e) {
        damaged.add(e.getMessage());
      }
    }
    String state =
        runs
            + ": "
            + finished
            + " finished, "
            + unfinished
            + " unfinished or left by a search, "
            + training
            + " being trained"
            + (fits > 0 ? ", " + CountText.of(fits, "fit of a baseline", "fits of baselines") : "");
    if (!damaged.isEmpty()) {
      return HealthCheck.problem(
          "runs",
          state + ", " + damaged.size() + " damaged: " + damaged.get(0),
          "delete the folders of damaged runs; they are trained again when needed");
    }
    return HealthCheck.ok("runs", state);
  }
}
