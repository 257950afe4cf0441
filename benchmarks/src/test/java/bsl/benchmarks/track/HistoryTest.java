package bsl.benchmarks.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryTest {
  @TempDir Path folder;

  private final HistoryPoint first = Points.point(1, 0.01, Map.of("a", 1.0));
  private final HistoryPoint second = Points.point(2, 0.01, Map.of("a", 2.0));
  private final HistoryPoint third = Points.point(3, 0.01, Map.of("a", 3.0));
  private final HistoryPoint elsewhere = elsewhere(Points.point(4, 0.01, Map.of("a", 4.0)));

  private static HistoryPoint elsewhere(HistoryPoint point) {
    return new HistoryPoint(
        point.commit(),
        point.changed(),
        point.committed(),
        point.measured(),
        new Machine("Another CPU", 2, 512, "Linux amd64", 17),
        point.jdk(),
        point.length(),
        point.load(),
        point.results());
  }

  /** A second measurement of the same commit. */
  private static HistoryPoint again(HistoryPoint point) {
    return new HistoryPoint(
        point.commit(),
        false,
        point.committed(),
        point.measured().plusSeconds(3600),
        point.machine(),
        point.jdk(),
        point.length(),
        point.load(),
        point.results());
  }

  @BeforeEach
  void store() {
    PointFile.write(third, folder);
    PointFile.write(elsewhere, folder);
    PointFile.write(first, folder);
  }

  @Test
  void pointsAreInTheOrderOfTheirCommits() {
    assertThat(History.read(folder).points())
        .extracting(HistoryPoint::commit)
        .containsExactly(first.commit(), third.commit(), elsewhere.commit());
  }

  @Test
  void thePointBeforeIsTheLastOneOfTheSameKind() {
    History history = History.read(folder);

    assertThat(history.before(third).orElseThrow().commit()).isEqualTo(first.commit());
    // An older commit that is measured later finds its place.
    assertThat(history.before(second).orElseThrow().commit()).isEqualTo(first.commit());
    assertThat(history.before(again(third)).orElseThrow().commit()).isEqualTo(first.commit());
    assertThat(history.before(first)).isEmpty();
    assertThat(history.before(elsewhere)).isEmpty();
  }

  @Test
  void pointsHaveTheNamesOfTheirFilesAndCommits() {
    History history = History.read(folder);

    String file = folder.resolve(PointFile.name(first)).toString();
    assertThat(history.named(file, "3333"))
        .extracting(HistoryPoint::commit)
        .containsExactly(first.commit(), third.commit());
    assertThatThrownBy(() -> history.named("5555", file))
        .hasMessageContaining("5555 is neither a file");
    assertThatThrownBy(() -> history.named(file, "3")).hasMessageContaining("3 is neither a file");
  }

  @Test
  void ofACommitThatWasMeasuredOnTwoMachinesThePointThatCanBeComparedIsTaken() {
    PointFile.write(elsewhere(again(first)), folder);
    History history = History.read(folder);

    assertThat(history.named("1111", "3333"))
        .extracting(HistoryPoint::machine)
        .containsOnly(third.machine());
    assertThat(history.named("1111", "4444"))
        .extracting(HistoryPoint::machine)
        .containsOnly(elsewhere.machine());
    // A single point is no pair.
    assertThat(history.named("3333", "3333"))
        .extracting(HistoryPoint::measured)
        .containsOnly(third.measured());
  }

  @Test
  void aCommitThatWasMeasuredTwiceIsComparedWithItself() {
    PointFile.write(again(third), folder);

    assertThat(History.read(folder).named("3333", "3333"))
        .extracting(HistoryPoint::measured)
        .containsExactly(third.measured(), again(third).measured());
  }

  /** Two commits of a script can have one time, and two machines can begin at one. */
  @Test
  void pointsOfTwoCommitsWithTheSameTimesAreTwo() {
    HistoryPoint twin = at(third, Points.point(5, 0.01, Map.of("a", 5.0)));
    PointFile.write(twin, folder);
    History history = History.read(folder);

    assertThat(history.alike(third))
        .extracting(HistoryPoint::commit)
        .containsExactly(first.commit(), twin.commit());
    assertThat(history.named("3333", "5555"))
        .extracting(HistoryPoint::commit)
        .containsExactly(third.commit(), twin.commit());
  }

  /** A point with the times of another one. */
  private static HistoryPoint at(HistoryPoint times, HistoryPoint point) {
    return new HistoryPoint(
        point.commit(),
        point.changed(),
        times.committed(),
        times.measured(),
        point.machine(),
        point.jdk(),
        point.length(),
        point.load(),
        point.results());
  }

  @Test
  void hiddenFilesAreNoPoints() throws IOException {
    Files.writeString(folder.resolve("._20240531T120000Z-1111111111.json"), "no JSON");

    assertThat(History.read(folder).points()).hasSize(3);
  }

  @Test
  void thereNeedNotBeAFolder() {
    assertThat(History.read(folder.resolve("none")).points()).isEmpty();
  }
}
