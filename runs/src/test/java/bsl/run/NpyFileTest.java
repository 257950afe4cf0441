package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.core.EmbeddingTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpyFileTest {
  @TempDir Path folder;

  private static EmbeddingTable table() {
    EmbeddingTable table = new EmbeddingTable(3, 5);
    table.initialiseXavierUniform(1, 0);
    table.values()[table.offset(0)] = -0f;
    table.values()[table.offset(0) + 1] = Float.MIN_VALUE;
    return table;
  }

  @Test
  void readsBackTheSameBits() throws IOException {
    Path file = folder.resolve("t.npy");
    NpyFile.write(file, table());
    EmbeddingTable read = NpyFile.read(file);

    assertThat(read.rows()).isEqualTo(3);
    assertThat(read.dimension()).isEqualTo(5);
    assertThat(Arrays.equals(read.values(), table().values())).isTrue();
  }

  @Test
  void isLaidOutAsTheNumPyFormatSays() throws IOException {
    Path file = folder.resolve("t.npy");
    NpyFile.write(file, table());
    byte[] bytes = Files.readAllBytes(file);

    assertThat(Arrays.copyOf(bytes, 8))
        .isEqualTo(new byte[] {(byte) 0x93, 78, 85, 77, 80, 89, 1, 0});
    int headerLength = ByteBuffer.wrap(bytes, 8, 2).order(ByteOrder.LITTLE_ENDIAN).getShort();
    assertThat((10 + headerLength) % 64).isZero();
    String header = new String(bytes, 10, headerLength, StandardCharsets.US_ASCII);
    assertThat(header)
        .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 5), }")
        .endsWith("\n");
    assertThat(bytes).hasSize(10 + headerLength + 3 * 5 * 4);
    assertThat(
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getFloat(10 + headerLength + 20))
        .isEqualTo(table().row(1)[0]);
  }

  @Test
  void namesTheFileThatCannotBeRead() throws IOException {
    Path file = Files.createDirectory(folder.resolve("t.npy"));

    assertThatThrownBy(() -> NpyFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + ": cannot be read: ");
  }

  @Test
  void refusesWhatIsCutShort() throws IOException {
    Path file = folder.resolve("t.npy");
    NpyFile.write(file, table());
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));

    assertThatThrownBy(() -> NpyFile.read(file))
        .isInstanceOf(InputException.class)
        .hasMessage(file + ": is cut short");
  }

  @Test
  void refusesWhatIsTooLong() throws IOException {
    Path file = folder.resolve("t.npy");
    NpyFile.write(file, table());
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));

    assertThatThrownBy(() -> NpyFile.read(file)).hasMessageContaining("is longer than its 3 rows");
  }

  /** Without a row, a file of any length has as many columns as its header says. */
  @ParameterizedTest
  @ValueSource(strings = {"(0, 5)", "(0, 999999999)", "(0, 536870911)"})
  void refusesATableWithoutRows(String shape) throws IOException {
    Path file = folder.resolve("t.npy");
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }\n";
    String start = "\u0093NUMPY\u0001\u0000" + (char) header.length() + "\u0000";
    Files.writeString(file, start + header, StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> NpyFile.read(file))
        .isInstanceOf(InputException.class)
        .hasMessage(file + ": has no rows");
  }

  @Test
  void refusesOtherFiles() throws IOException {
    Path file = Files.writeString(folder.resolve("t.npy"), "hello");

    assertThatThrownBy(() -> NpyFile.read(file)).hasMessageContaining("is not a NumPy file");
    assertThatThrownBy(() -> NpyFile.read(folder.resolve("absent.npy")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no such file");
  }
}
