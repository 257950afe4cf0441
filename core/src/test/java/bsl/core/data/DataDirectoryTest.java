package bsl.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path root;
  private Path working;

  @BeforeEach
  void makeWorkingDirectory() throws IOException {
    working = Files.createDirectory(root.resolve("project"));
  }

  @Test
  void whatIsAskedForGoesFirst() throws IOException {
    Files.createDirectory(working.resolve("data"));
    Path asked = root.resolve("asked");

    assertThat(DataDirectory.resolve(asked, "/elsewhere", working)).isEqualTo(asked);
    assertThat(DataDirectory.resolve(asked)).isEqualTo(asked);
  }

  @Test
  void theEnvironmentGoesBeforeFolders() throws IOException {
    Files.createDirectory(working.resolve("data"));

    assertThat(DataDirectory.resolve(null, "/elsewhere", working)).isEqualTo(Path.of("/elsewhere"));
  }

  @Test
  void ownFolderGoesBeforeTheSharedOne() throws IOException {
    Files.createDirectory(working.resolve("data"));
    Files.createDirectories(root.resolve("shared/data"));

    assertThat(DataDirectory.resolve(null, null, working)).isEqualTo(working.resolve("data"));
    assertThat(DataDirectory.resolve(null, " ", working)).isEqualTo(working.resolve("data"));
  }

  @Test
  void sharedFolderIsTakenWhereItIsTheOnlyOne() throws IOException {
    Path shared = Files.createDirectories(root.resolve("shared/data"));

    assertThat(DataDirectory.resolve(null, null, working).toRealPath())
        .isEqualTo(shared.toRealPath());
  }

  @Test
  void ownFolderIsNamedWhereThereIsNone() throws IOException {
    assertThat(DataDirectory.resolve(null, "", working)).isEqualTo(working.resolve("data"));

    Files.createDirectories(root.resolve("shared"));
    Files.createFile(root.resolve("shared/data"));
    assertThat(DataDirectory.resolve(null, null, working)).isEqualTo(working.resolve("data"));
  }
}
