package bsl.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksumTest {
  @TempDir private Path folder;

  /** Values of {@code git hash-object} and {@code sha256sum}. */
  @Test
  void isWhatGitAndSha256sumSay() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "0 1\n1 2\n");
    Path empty = Files.createFile(folder.resolve("empty.txt"));

    assertThat(Checksum.gitBlob("").of(file)).isEqualTo("b3d4a161b71a9cd14452be43e5744e3135823ffb");
    assertThat(Checksum.sha256("").of(file))
        .isEqualTo("8ba65ee1bbe8297e30cab4c5fc9b62a8caa0dbe7b89298edf1da2609beb24ae1");
    assertThat(Checksum.gitBlob("").of(empty))
        .isEqualTo("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
  }
}
