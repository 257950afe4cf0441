package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
