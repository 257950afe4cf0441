package bsl.ingest;

import bsl.core.CountText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What to do with malformed lines: the first is an error, or they are counted. */
final class MalformedLines {
  private static final int MOST_EXAMPLES = 5;

  private final boolean skip;
  private final List<String> examples = new ArrayList<>();
  private long count;

  /**
   * @param skip whether to count them
   */
  MalformedLines(boolean skip) {
    this.skip = skip;
  }

  /**
   * Meets one.
   *
   * @throws ImportException if they are not to be counted
   */
  void meet(Path file, long line, String problem) throws ImportException {
    ImportException malformed = new ImportException(file, line, problem);
    if (!skip) {
      throw malformed;
    }
    count++;
    if (examples.size() < MOST_EXAMPLES) {
      examples.add(malformed.getMessage());
    }
  }

  /** How many there were. */
  long count() {
    return count;
  }

  /** What a message of a failure ends with: how many were left out, and one of them. */
  String afterwards() {
    return count == 0
        ? ""
        : "; "
            + CountText.of(count, "malformed line was", "malformed lines were")
            + " left out, for example "
            + examples.get(0);
  }

  /** The first few, with file, line and value. */
  List<String> examples() {
    return List.copyOf(examples);
  }
}
