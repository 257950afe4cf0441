package bsl.data;

import java.nio.file.Path;

/** Says where data sets are kept: in one directory, with a folder per data set. */
public final class DataDirectory {
  private static final Path OWN = Path.of("work", "data");

  private DataDirectory() {}

  /**
   * The data directory: the one asked for, else {@code $BSL_DATA}, else {@code ./work/data}. It
   * need not exist.
   *
   * @param asked the directory asked for, or null
   */
  public static Path resolve(Path asked) {
    return resolve(asked, System.getenv("BSL_DATA"));
  }

  static Path resolve(Path asked, String environment) {
    if (asked != null) {
      return asked;
    }
    return environment == null || environment.isBlank() ? OWN : Path.of(environment);
  }
}
