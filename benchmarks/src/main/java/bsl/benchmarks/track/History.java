package bsl.benchmarks.track;

import bsl.data.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The stored points of a folder, in the order of their commits.
 *
 * @param folder where they are
 * @param points all of them, of any kind of machine
 */
record History(Path folder, List<HistoryPoint> points) {
  private static final int LEAST_DIGITS = 4;

  /**
   * Reads a folder; there need not be one. Hidden files are none of ours: editors and file systems
   * leave some with the ending of a point's.
   *
   * @throws BadInputException if one of its JSON files is no point
   */
  static History read(Path folder) {
    if (!Files.exists(folder)) {
      return new History(folder, List.of());
    }
    try (Stream<Path> files = Files.list(folder)) {
      return new History(
          folder,
          files
              .filter(f -> isPoint(f.getFileName().toString()))
              .map(PointFile::read)
              .sorted(HistoryPoint.ORDER)
              .toList());
    } catch (IOException e) {
      throw new BadInputException(folder + ": cannot be read: " + FileFailure.reason(folder, e));
    }
  }

  private static boolean isPoint(String name) {
    return name.endsWith(".json") && !name.startsWith(".");
  }

  /** Points of the same kind of machine and length, the point itself left out. */
  List<HistoryPoint> alike(HistoryPoint point) {
    return points.stream()
        .filter(p -> p.comparable(point) && HistoryPoint.ORDER.compare(p, point) != 0)
        .toList();
  }

  /** The last comparable point before another one, which need not be stored. */
  Optional<HistoryPoint> before(HistoryPoint point) {
    return earlier(point).reduce((first, second) -> second);
  }

  /** The first comparable point of all, if it is before another one. */
  Optional<HistoryPoint> firstBefore(HistoryPoint point) {
    return earlier(point).findFirst();
  }

  private Stream<HistoryPoint> earlier(HistoryPoint point) {
    // Measured again, a commit is compared with what came before it; changes are, with the commit.
    return alike(point).stream()
        .filter(p -> HistoryPoint.ORDER.compare(p, point) < 0)
        .filter(p -> point.changed() || !p.commit().equals(point.commit()));
  }

  /**
   * Two points, each by its file or by the first digits of its commit. Of commits that have been
   * measured several times, the latest two that can be compared.
   *
   * @return both, the second one last; the latest ones if none can be compared
   * @throws BadInputException if one of them is not there, or several commits begin like that
   */
  List<HistoryPoint> named(String first, String second) {
    List<HistoryPoint> firsts = named(first);
    List<HistoryPoint> seconds = named(second);
    for (int s = seconds.size() - 1; s >= 0; s--) {
      for (int f = firsts.size() - 1; f >= 0; f--) {
        boolean same = HistoryPoint.ORDER.compare(firsts.get(f), seconds.get(s)) == 0;
        if (!same && firsts.get(f).comparable(seconds.get(s))) {
          return List.of(firsts.get(f), seconds.get(s));
        }
      }
    }
    return List.of(firsts.get(firsts.size() - 1), seconds.get(seconds.size() - 1));
  }

  /** Points of a file or of a commit, in the order in which they were measured. */
  private List<HistoryPoint> named(String name) {
    Path file = TrackOptions.path(name);
    if (Files.isRegularFile(file)) {
      return List.of(PointFile.read(file));
    }
    List<HistoryPoint> found =
        name.length() < LEAST_DIGITS
            ? List.of()
            : points.stream().filter(p -> p.commit().startsWith(name)).toList();
    if (found.isEmpty()) {
      throw new BadInputException(
          name + " is neither a file nor the beginning of a commit with a point in " + folder);
    }
    if (found.stream().map(HistoryPoint::commit).distinct().count() > 1) {
      throw new BadInputException("several commits in " + folder + " begin with " + name);
    }
    return found;
  }
}
