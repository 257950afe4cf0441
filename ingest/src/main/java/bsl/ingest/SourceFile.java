package bsl.ingest;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A file to import.
 *
 * @param path where it lies
 * @param part the part of the data set that it is, if its pairs are split already
 */
public record SourceFile(Path path, Optional<Part> part) {
  /** A file whose pairs are to be split. */
  public static SourceFile toSplit(Path path) {
    return new SourceFile(path, Optional.empty());
  }

  /** A file that is one part of a data set. */
  public static SourceFile of(Part part, Path path) {
    return new SourceFile(path, Optional.of(part));
  }
}
