package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

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
  void aByteOrderMarkIsNoPartOfTheText() throws IOException {
    for (String begin : new String[] {"", "\uFEFF"}) {
      try (JsonParser parser = parser((begin + "für: ü").getBytes(StandardCharsets.UTF_8))) {
        parser.nextToken();
        assertThat(parser.nextFieldName()).isEqualTo("für");
        assertThat(parser.nextTextValue()).isEqualTo("ü");
      }
    }
  }
}
