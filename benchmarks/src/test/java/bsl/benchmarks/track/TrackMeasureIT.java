package bsl.benchmarks.track;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way from a jar to a stored point and an exit code, with a stand-in for JMH. */
final class TrackMeasureIT {
  private static final List<JmhCall> CALLS =
      TrackedSet.calls().stream().filter(c -> c.include().matches(".*(Scoring|Graph).*")).toList();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  @TempDir Path home;
  private int runs;

  private int measure(int day, double speed, String... more) throws IOException {
    out.reset();
    err.reset();
    Clock clock = Clock.fixed(Instant.parse("2024-06-10T00:00:00Z").plusSeconds(runs++), UTC);
    String[] arguments = {
      "--home",
      home.toString(),
      "--jar",
      jar(speed).toString(),
      "--commit",
      String.valueOf(day).repeat(40),
      "--committed",
      "2024-06-0" + day + "T02:00:00+02:00"
    };
    String[] all = new String[arguments.length + more.length];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return new Track(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            clock,
            CALLS)
        .run(all);
  }

  /** A jar that finds scores of this speed, and plain ones of 100 a second. */
  private Path jar(double speed) throws IOException {
    return jar("[" + result("KERNELS", speed) + "," + result("PLAIN_LOOP", 100) + "]");
  }

  private Path jar(String results) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeJmh.class.getName());
    Path file = home.resolve("fake.jar");
    String type = FakeJmh.class.getName().replace('.', '/') + ".class";
    try (OutputStream to = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(to, manifest);
        InputStream code = FakeJmh.class.getResourceAsStream("/" + type)) {
      jar.putNextEntry(new JarEntry(type));
      jar.write(code.readAllBytes());
      jar.putNextEntry(new JarEntry(FakeJmh.RESULTS));
      jar.write(results.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  private static String result(String library, double speed) {
    return String.format(
        Locale.ROOT,
        "{\"benchmark\": \"bsl.benchmarks.ScoringProductBenchmark.score\", \"mode\": \"thrpt\","
            + " \"params\": {\"library\": \"%s\", \"negatives\": \"1024\"}, \"primaryMetric\":"
            + " {\"scoreUnit\": \"ops/s\", \"rawData\": [[%f], [%f]]}}",
        library,
        speed * 0.999,
        speed * 1.001);
  }

  private String output() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String messages() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private Path history() {
    return home.resolve("history");
  }

  @Test
  void aPointIsStoredAndTheNextOneComparedWithIt() throws IOException {
    assertThat(measure(1, 1_000)).isEqualTo(Track.OK);
    assertThat(output())
        .contains("There is no earlier point", "| tile: score | plain loop | 10.0 |");
    assertThat(messages())
        .contains("measuring 1 of 2: products of a tile")
        .contains("not measured: step of LightGCN, over plain loop");
    HistoryPoint stored = PointFile.read(history().resolve("20240610T000000Z-1111111111.json"));
    assertThat(stored.committed()).isEqualTo("2024-06-01T00:00:00Z");
    assertThat(stored.results()).hasSize(1);

    assertThat(measure(3, 950)).isEqualTo(Track.OK);
    assertThat(measure(4, 700)).isEqualTo(Track.FELL);
    assertThat(output()).contains("Compared with 3333333333", "| -26.3% |", "| -30.0% | fell |");

    // An older commit, measured later.
    assertThat(measure(2, 990)).isEqualTo(Track.OK);
    assertThat(output()).contains("Compared with 1111111111");
    assertThat(History.read(history()).points())
        .extracting(HistoryPoint::shortCommit)
        .containsExactly("1111111111", "2222222222", "3333333333", "4444444444");
  }

  @Test
  void changesThatAreInNoCommitAreComparedAndNotStored() throws IOException {
    measure(1, 1_000);

    assertThat(measure(1, 500, "--changed")).isEqualTo(Track.FELL);
    assertThat(output()).contains("# Benchmarks at 1111111111+", "Compared with 1111111111,");
    assertThat(messages()).contains("not stored");
    assertThat(History.read(history()).points()).hasSize(1);
  }

  @Test
  void aBusyMachineIsSaidToBeOne() throws IOException {
    measure(1, 1_000, "--load", "0.5");
    assertThat(messages()).doesNotContain("busy");

    measure(3, 1_000, "--load", "0.51");
    assertThat(messages()).contains("the machine was busy in the minute before (load 0.51)");
    assertThat(History.read(history()).points())
        .extracting(HistoryPoint::load)
        .containsExactly(0.5, 0.51);
  }

  @Test
  void aQuickLookStaysOutOfTheHistory() throws IOException {
    assertThat(measure(1, 1_000, "--quick")).isEqualTo(Track.OK);

    assertThat(history()).doesNotExist();
    assertThat(History.read(home.resolve("target/track/quick")).points()).hasSize(1);
  }

  /** A point without results could not be compared with anything. */
  @Test
  void whereNothingWasMeasuredNothingIsStored() throws IOException {
    Path jar = jar("[" + result("KERNELS", 1_000) + "]");

    assertThat(measureWith(jar)).isEqualTo(Track.BAD_INPUT);
    assertThat(messages()).contains("nothing was measured; JMH's output says why");
    assertThat(output()).isEmpty();
    assertThat(History.read(history()).points()).isEmpty();
  }

  @Test
  void aBenchmarkThatWasStillWarmingUpIsNamed() throws IOException {
    assertThat(measureWith(jar("[" + result("KERNELS", 9) + "," + result("PLAIN_LOOP", 9) + "]")))
        .isEqualTo(Track.OK);
    assertThat(messages()).doesNotContain("still warming up");

    String slow = result("KERNELS", 9).replaceFirst("\\[\\[.*?]", "[[5, 9]");
    assertThat(measureWith(jar("[" + slow + "," + result("PLAIN_LOOP", 9) + "]")))
        .isEqualTo(Track.OK);
    assertThat(messages())
        .contains(
            "still warming up, so slower than it is: ScoringProductBenchmark.score"
                + " {library=KERNELS, negatives=1024}")
        .doesNotContain("library=PLAIN_LOOP");
  }

  private int measureWith(Path jar) throws IOException {
    Path once = Files.move(jar, home.resolve("once-" + runs + ".jar"));
    return measure(1, 1, "--jar", once.toString());
  }
}
