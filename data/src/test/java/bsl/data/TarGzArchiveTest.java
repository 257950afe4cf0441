package bsl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarGzArchiveTest {
  private static final Map<String, String> MEMBERS =
      Map.of("train", "set/train.txt", "test", "set/test.txt");
  private static final long LIMIT = 1 << 20;

  @TempDir private Path folder;

  private static TestArchive whole() {
    return new TestArchive()
        .folder("set")
        .file("set/readme.txt", "read me")
        .file("set/train.txt", "0 1\n")
        .file("./set/test.txt", "0 2\n");
  }

  private Path write(byte[] archive) throws IOException {
    return Files.write(folder.resolve("set.tar.gz"), archive);
  }

  private Map<String, String> extract(byte[] archive) throws IOException {
    Map<String, String> found = new TreeMap<>();
    new TarGzArchive(write(archive), LIMIT)
        .extract(
            MEMBERS,
            (part, content) ->
                found.put(part, new String(content.readAllBytes(), StandardCharsets.US_ASCII)));
    return found;
  }

  private void refuses(TestArchive archive, String problem) {
    assertThatThrownBy(() -> extract(archive.bytes()))
        .isInstanceOf(DataFormatException.class)
        .hasMessageStartingWith(folder.resolve("set.tar.gz").toString())
        .hasMessageContaining(problem);
  }

  @Test
  void handsOverTheWantedMembers() throws IOException {
    assertThat(extract(whole().bytes())).isEqualTo(Map.of("train", "0 1\n", "test", "0 2\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil.txt",
        "set/../../evil.txt",
        "/etc/evil.txt",
        "..",
        "set\\..\\evil.txt",
        "C:/evil.txt"
      })
  void aPathThatLeadsElsewhereIsRefused(String name) {
    refuses(whole().file(name, "x"), "'" + name + "' leads out of the archive; refused");
  }

  @ParameterizedTest
  @ValueSource(
      bytes = {
        TarConstants.LF_SYMLINK,
        TarConstants.LF_LINK,
        TarConstants.LF_CHR,
        TarConstants.LF_BLK,
        TarConstants.LF_FIFO
      })
  void linksAndDevicesAreRefused(byte type) {
    refuses(
        whole().special("set/other", type, "/etc/passwd"),
        "'set/other' is a link or a device; refused");
    refuses(
        new TestArchive().special("set/train.txt", type, "/etc/passwd"),
        "'set/train.txt' is a link or a device; refused");
  }

  @Test
  void aBombIsRefusedWhetherItsMemberIsWantedOrNot() {
    refuses(whole().zeros("set/other.txt", 2 << 20), "unpacks to more than 1048576 bytes; refused");
    refuses(
        new TestArchive().zeros("set/train.txt", 2 << 20),
        "unpacks to more than 1048576 bytes; refused");
  }

  @Test
  void manyMembersWithinTheLimitAreABombAllTheSame() {
    TestArchive archive = new TestArchive();
    for (int k = 0; k < 4; k++) {
      archive.zeros("set/" + k, 1 << 18);
    }
    refuses(archive, "unpacks to more than 1048576 bytes; refused");
  }

  @Test
  void aMissingMemberIsNamed() {
    refuses(new TestArchive().file("set/train.txt", "0 1\n"), "has no member 'set/test.txt'");
  }

  @Test
  void aMemberThatComesTwiceIsAnError() {
    refuses(whole().file("set/train.txt", "0 9\n"), "has member 'set/train.txt' twice");
  }

  @Test
  void aDamagedArchiveIsAnError() throws IOException {
    byte[] whole = whole().bytes();

    assertThatThrownBy(() -> extract(Arrays.copyOf(whole, whole.length / 2)))
        .isInstanceOf(DataFormatException.class)
        .hasMessageStartingWith(folder.resolve("set.tar.gz") + ": is not a sound .tar.gz: ");
    assertThatThrownBy(() -> extract("<html>".getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(DataFormatException.class)
        .hasMessageStartingWith(folder.resolve("set.tar.gz") + ": is not a sound .tar.gz: ");
  }
}
