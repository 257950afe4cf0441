package bsl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdFileTest {
  @TempDir Path folder;

  @Test
  void idsComeBackWhateverIsInThem() throws IOException {
    List<String> ids =
        List.of(
            "A1", "0007", "with blank", "tab\there", "line\nbreak\r", "back\\slash\\n", "é☃", " ");
    Path file = Files.write(folder.resolve("ids"), IdFile.bytes(ids.size(), ids::get));

    IdFile read = IdFile.read(file, ids.size()).orElseThrow();
    assertThat(read.ids()).isEqualTo(ids);
    assertThat(Files.readAllLines(file)).hasSize(ids.size() + 1).contains("0\tA1", "1\t0007");
    for (int number = 0; number < ids.size(); number++) {
      assertThat(read.id(number)).isEqualTo(ids.get(number));
      assertThat(read.number(ids.get(number))).contains(number);
    }
    assertThat(read.number("7")).isEmpty();
  }

  @Test
  void namesTheFileThatCannotBeRead() throws IOException {
    Path file = Files.createDirectory(folder.resolve("users.tsv"));

    assertThatThrownBy(() -> IdFile.read(file, 3))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + ": cannot be read: ");
  }

  @Test
  void aFileThatIsNotThereIsNone() throws IOException {
    assertThat(IdFile.read(folder.resolve("absent"), 3)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'0\ta\n1\tb\n'|:1: the first line is not 'index', a tab and 'id'",
        "'index\tid\n0\ta\n'|: has 1 id, and the data set has 2",
        "'index\tid\n0\ta\n2\tb\n'|:3: '2\tb' is not '1', a tab and an id",
        "'index\tid\n0\ta\n1\ta\n'|:3: id 'a' comes again",
      })
  void aMalformedFileIsNamed(String text, String problem) throws IOException {
    Path file = Files.writeString(folder.resolve("ids"), text);

    assertThatThrownBy(() -> IdFile.read(file, 2))
        .isInstanceOf(DataFormatException.class)
        .hasMessage(file + problem);
  }

  @Test
  void aFileThatIsNoTextIsNamedWithTheLine() throws IOException {
    Path file = folder.resolve("ids");
    Files.write(file, "index\tid\n0\ta\n1\t\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> IdFile.read(file, 2))
        .isInstanceOf(DataFormatException.class)
        .hasMessage(file + ":3: is not text in UTF-8");
  }
}
