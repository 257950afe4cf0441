package bsl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8TextTest {
  private static String of(byte[] bytes) {
    return Utf8Text.of(bytes, line -> new IllegalArgumentException("line " + line));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\r\nb", "é 🎬 \n", " \uFEFF"})
  void textComesBack(String text) {
    assertThat(of(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
    assertThat(of(("\uFEFF" + text).getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
  }

  @Test
  void theFirstLineThatIsMalformedIsNamed() {
    byte[] latin = "a\n\né\né\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> of(latin)).hasMessage("line 3");
    byte[] cut = {'a', '\n', (byte) 0xc3};
    assertThatThrownBy(() -> of(cut)).hasMessage("line 2");
  }
}
