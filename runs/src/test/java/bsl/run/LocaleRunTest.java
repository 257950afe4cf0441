package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files and folders are the same whatever the JVM's locale, although some locales have digits of
 * their own, write a comma for the point, or have another lower case of I.
 */
class LocaleRunTest {
  private static final Locale BEFORE = Locale.getDefault();

  @TempDir Path folder;

  @AfterEach
  void restore() {
    Locale.setDefault(BEFORE);
  }

  private static RunSpec spec() {
    Settings settings = new Settings();
    for (String assignment :
        List.of("dataset=parity", "batch_size=100", "negatives=10", "epochs=12", "l2=1e-4")) {
      settings.setAssignment(assignment);
    }
    return RunSpec.of(settings);
  }

  /** Trains with a checkpoint per epoch, is interrupted, and goes on; says what lay there when. */
  private Map<String, String> files(String name) throws IOException {
    RunSpec spec = spec();
    RunStore store =
        new RunStore(folder.resolve(name), any -> TrainingRunTest.parity(40, 30, 6, 3));
    RunFolder run = new RunFolder(store.folder(spec));
    int[] steps = {25};
    new TrainingRun(spec, store.data(spec), "none", 1, run, 0)
        .execute(false, RunListener.SILENT, () -> steps[0]-- <= 0);
    Map<String, String> files = new TreeMap<>();
    read(folder.resolve(name), "interrupted ", files);
    RunResult resumed =
        new TrainingRun(spec, store.data(spec), "none", 1, run, 0)
            .execute(true, RunListener.SILENT, () -> false);
    read(folder.resolve(name), "finished ", files);

    assertThat(store.finished(spec)).contains(resumed);
    assertThat(run.curve()).hasSize(12);
    return files;
  }

  private static void read(Path root, String when, Map<String, String> files) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        files.put(when + root.relativize(file), withoutTimes(file.getFileName().toString(), text));
      }
    }
  }

  private static String withoutTimes(String file, String text) {
    if (file.equals("curve.csv")) {
      return text.replaceAll("(?m)^(\\d+,-?\\d+\\.\\d+),\\d+\\.\\d{3},", "$1,TIME,");
    }
    return file.endsWith(".json")
        ? text.replaceAll(
            "(\"[a-z_]*(seconds|per_epoch|heap_bytes)\" : )-?\\d+(\\.\\d+)?(E-?\\d+)?", "$1TIME")
        : text;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"fa-IR-u-nu-arabext", "ar-EG-u-nu-arab", "th-TH-u-nu-thai", "de-DE", "tr-TR"})
  void namesAndBytesAreThoseOfTheRootLocale(String tag) throws IOException {
    Locale.setDefault(Locale.ROOT);
    Map<String, String> expected = files("root");
    Locale.setDefault(Locale.forLanguageTag(tag));

    Map<String, String> files = files("other");

    assertThat(files.keySet()).isEqualTo(expected.keySet());
    assertThat(files).isEqualTo(expected);
    assertThat(files.keySet()).anyMatch(name -> name.contains("/checkpoint-0000"));
    assertThat(files.values().toString()).contains("TIME").doesNotContain("_seconds\" : 0");
  }

  @Test
  void theLocalesOfTheTestDoDiffer() {
    assertThat(String.format(Locale.forLanguageTag("fa-IR-u-nu-arabext"), "%d", 12))
        .isNotEqualTo("12");
    assertThat(String.format(Locale.forLanguageTag("de-DE"), "%.1f", 0.5)).isEqualTo("0,5");
    assertThat("I".toLowerCase(Locale.forLanguageTag("tr-TR"))).isNotEqualTo("i");
  }
}
