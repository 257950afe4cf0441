package bsl.cli;

import bsl.run.InputException;
import bsl.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Looks at where results are to go before hours are spent on them. */
final class OutputFolder {
  private OutputFolder() {}

  /**
   * Checks that a folder can be written to, or made, and is neither a run's nor a data set's. Makes
   * nothing.
   *
   * @throws InputException if it cannot, or is one
   */
  static void require(Path folder) {
    requireWritable(folder);
    new RunFolder(folder).requireNoDataset();
    if (RunFolder.isRun(folder)) {
      throw new InputException(folder + ": is the folder of a run; choose another");
    }
  }

  /**
   * Checks that a folder can be written to, or made, whatever it holds. Makes nothing.
   *
   * @throws InputException if it cannot
   */
  static void requireWritable(Path folder) {
    whyUnusable(folder)
        .ifPresent(
            why -> {
              throw new InputException(folder + ": cannot be written: " + why);
            });
  }

  /** Why a folder can be neither written to nor made, if that is so. */
  static Optional<String> whyUnusable(Path folder) {
    Path there = nearest(folder);
    if (!Files.isDirectory(there)) {
      return Optional.of(there + " is not a folder");
    }
    return Files.isWritable(there) ? Optional.empty() : Optional.of("no permission");
  }

  /** What is there of a path: itself, or else the lowest folder above it that exists. */
  static Path nearest(Path path) {
    Path there = path.toAbsolutePath();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return there;
  }
}
