package bsl.core.data;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where data sets are kept: a folder per data set. */
public final class DataDirectory {
  private static final Path OWN = Path.of("data");
  private static final Path SHARED = Path.of("..", "shared", "data");

  private DataDirectory() {}

  /**
   * The data directory: the one asked for, else {@code $BSL_DATA}, else {@code ./data}, else {@code
   * ../shared/data} if it exists, else {@code ./data}, which need not exist.
   *
   * @param asked the directory asked for, or null
   */
  public static Path resolve(Path asked) {
    return resolve(asked, System.getenv("BSL_DATA"), Path.of(""));
  }

  static Path resolve(Path asked, String environment, Path working) {
    if (asked != null) {
      return asked;
    }
    if (environment != null && !environment.isBlank()) {
      return Path.of(environment);
    }
    Path own = working.resolve(OWN);
    Path shared = working.resolve(SHARED);
    return Files.isDirectory(own) || !Files.isDirectory(shared) ? own : shared;
  }
}
