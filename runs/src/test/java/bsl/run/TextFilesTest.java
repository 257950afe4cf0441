package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFilesTest {
  @TempDir Path folder;

  @Test
  void whatCannotBeWrittenToItsEndLeavesTheOldFile() throws IOException {
    Path file = Files.writeString(folder.resolve("old.csv"), "old");

    assertThatThrownBy(() -> writeAndFail(file, new IOException("no more")))
        .isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(() -> writeAndFail(file, new IllegalStateException("stopped")))
        .hasMessage("stopped");

    assertThat(file).hasContent("old");
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all).containsExactly(file);
    }
    TextFiles.writeFor(file, out -> out.write("new".getBytes()));
    assertThat(file).hasContent("new");
  }

  private static void writeAndFail(Path file, Exception problem) {
    TextFiles.writeFor(
        file,
        out -> {
          out.write("new".getBytes());
          if (problem instanceof IOException onDisk) {
            throw onDisk;
          }
          throw (RuntimeException) problem;
        });
  }

  @Test
  void twoThatWriteTheSameFileLeaveItWhole() throws Exception {
    Path file = folder.resolve("report.md");
    List<String> texts = List.of("a".repeat(100_000), "b".repeat(100_000));
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> written = new ArrayList<>();
      for (int k = 0; k < 100; k++) {
        String text = texts.get(k % 2);
        written.add(two.submit(() -> TextFiles.write(file, text)));
      }
      for (Future<?> each : written) {
        each.get();
        assertThat(Files.readString(file)).isIn(texts);
      }
    } finally {
      two.shutdownNow();
    }
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all).containsExactly(file);
    }
  }

  @Test
  void aFileThatIsReplacedKeepsItsPermissions() throws IOException {
    Path file = Files.writeString(folder.resolve("private.json"), "{}");
    assumeTrue(Files.getFileStore(file).supportsFileAttributeView("posix"));
    Set<PosixFilePermission> own = PosixFilePermissions.fromString("rw-------");
    Files.setPosixFilePermissions(file, own);

    TextFiles.write(file, "[]");

    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(own);
  }
}
