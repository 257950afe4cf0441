package bsl.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the test vectors of FIPS 180-4 and against the tool {@code sha256sum}. */
class Sha256Test {
  private static final String OF_NOTHING =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  private static final String OF_A_MILLION_TIMES_A =
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

  @Test
  void agreesWithThePublishedVectors() {
    assertThat(Sha256.of("")).isEqualTo(OF_NOTHING);
    assertThat(Sha256.of("abc")).isEqualTo(OF_ABC);
  }

  /** printf 'na\303\257ve' | sha256sum */
  @Test
  void textsCountAsUtf8() {
    assertThat(Sha256.of("na\u00efve"))
        .isEqualTo(new Sha256().add("na\u00efve".getBytes(StandardCharsets.UTF_8)).hex())
        .isEqualTo("f86fd89de87a848a45bfe77708d91a5d2ff48b8e4a4b98af5165af82692f8928");
  }

  @Test
  void piecesDoNotMatterAndAnInstanceBeginsAnew() {
    Sha256 sha = new Sha256().add("a").add(new byte[] {'b', 'c'});

    assertThat(sha.hex()).isEqualTo(OF_ABC);
    assertThat(sha.hex()).isEqualTo(OF_NOTHING);
  }

  @Test
  void filesLongerThanTheBufferAreReadToTheirEnd(@TempDir Path folder) throws IOException {
    byte[] bytes = new byte[1_000_000];
    Arrays.fill(bytes, (byte) 'a');
    Path file = Files.write(folder.resolve("a"), bytes);

    assertThat(Sha256.of(file)).isEqualTo(OF_A_MILLION_TIMES_A);
    assertThatThrownBy(() -> Sha256.of(folder.resolve("missing")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
