package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlSourceTest {
  private static JsonParser parser(byte[] bytes) throws IOException {
    return YamlSource.parser(new ByteArrayInputStream(bytes), "mine.yaml");
  }

  @Test
  void bytesThatAreNoTextAreNamedWithTheirLine() {
    byte[] latin = "tau: 0.1\n# für\ntau_ratio: 1\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> parser(latin))
        .isInstanceOf(InputException.class)
        .hasMessage("mine.yaml:2: is not text in UTF-8");
    byte[] cut = new byte[] {'t', 'a', 'u', '\n', '\n', (byte) 0xc3};
    assertThatThrownBy(() -> parser(cut)).hasMessage("mine.yaml:3: is not text in UTF-8");
  }

  @Test
  void aCharacterThatYamlHasNotIsNamedWithItsLine() {
    assertThatThrownBy(
            () -> parser("tau: 0.1\nepochs: 2 \u0007\n".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(InputException.class)
        .hasMessage("mine.yaml:2: has the character U+0007");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheText() throws IOException {
    for (String begin : new String[] {"", "\uFEFF"}) {
      try (JsonParser parser = parser((begin + "für: ü").getBytes(StandardCharsets.UTF_8))) {
        parser.nextToken();
        assertThat(parser.nextFieldName()).isEqualTo("für");
        assertThat(parser.nextTextValue()).isEqualTo("ü");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tau: 1\n? [a, b]\n: 1\n", "tau: 1\n? {a: b}\n: 1\n"})
  void aKeyThatIsNoNameIsSaidToBeNone(String text) throws IOException {
    try (JsonParser parser = parser(text.getBytes(StandardCharsets.UTF_8))) {
      assertThatThrownBy(
              () -> {
                while (parser.nextToken() != null) {}
              })
          .isInstanceOfSatisfying(
              JsonProcessingException.class,
              e ->
                  assertThat(YamlSource.malformed("mine.yaml", e))
                      .hasMessage("mine.yaml:2: is not YAML: a key is to be a name"));
    }
  }
}
