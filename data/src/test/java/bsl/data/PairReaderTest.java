package bsl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bsl.core.Interactions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PairReaderTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"a.txt", "a.txt.gz"})
  void readsAnItemListPerUser(String name) throws IOException {
    assertThat(read(name, PairFormat.ADJACENCY, "0 5 3\n2 7\n"))
        .containsExactly("0 3", "0 5", "2 7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.txt", "a.txt.gz"})
  void readsAPairPerLine(String name) throws IOException {
    assertThat(read(name, PairFormat.PAIRS, "2 7\n0 5\n0 3\n"))
        .containsExactly("0 3", "0 5", "2 7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 1 2\n3 4",
        "0 1 2\r\n3 4\r\n",
        "0 1 2\r\n3 4\r",
        "0\t1\t2\n3\t4\n",
        "\n\n0 1 2\n\n \t \n3 4\n\n",
        "  0   1 \t 2  \n3 4 \n",
        "3 4\n0 2 1\n",
        "0 1\n3 4\n0 2\n",
        "00 01 2\n3 0004\n",
        "0 0000000000000000001 2\n3 00000000000000000000000000000000000000000000000004\n"
      })
  void layoutDoesNotMatter(String text) throws IOException {
    assertThat(read("a.txt", PairFormat.ADJACENCY, text)).containsExactly("0 1", "0 2", "3 4");
  }

  @Test
  void aLoneUserHasNoItemsButCounts() throws IOException {
    PairList pairs = reader("a.txt", PairFormat.ADJACENCY, "0 1\n7\n", 0, 0, 0).read();

    assertThat(pairs.size()).isEqualTo(1);
    assertThat(pairs.users()).isEqualTo(8);
    assertThat(pairs.items()).isEqualTo(2);
  }

  @Test
  void repeatedPairsAreAllReturned() throws IOException {
    PairList pairs = reader("a.txt", PairFormat.ADJACENCY, "0 1 1\n0 1\n", 0, 0, 0).read();

    assertThat(pairs.size()).isEqualTo(3);
    assertThat(pairs.toInteractions(0, 0).size()).isEqualTo(1);
  }

  @Test
  void anEmptyFileHasNoPairs() throws IOException {
    assertThat(read("a.txt", PairFormat.ADJACENCY, "")).isEmpty();
    assertThat(read("a.txt.gz", PairFormat.PAIRS, "")).isEmpty();
  }

  /** Tokens and line ends then stand on every possible side of the reader's buffer ends. */
  @Test
  void readsFilesLargerThanAnyBuffer() throws IOException {
    List<String> expected = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int user = 0; user < 9_000; user++) {
      text.append(user);
      for (int item = user % 7; item < 200; item += 31) {
        text.append(' ').append(item);
        expected.add(user + " " + item);
      }
      text.append('\n');
    }
    assertThat(text.length()).isGreaterThan(3 << 16);

    assertThat(read("a.txt", PairFormat.ADJACENCY, text.toString())).isEqualTo(expected);
    assertThat(read("a.txt.gz", PairFormat.ADJACENCY, text.toString())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "x 1|1: user 'x' is not a whole number",
        "0 1x|1: item '1x' is not a whole number",
        "0 1,2|1: item '1,2' is not a whole number",
        "0 1.5|1: item '1.5' is not a whole number",
        "0 +1|1: item '+1' is not a whole number",
        "0 1e3|1: item '1e3' is not a whole number",
        "0 -|1: item '-' is not a whole number",
        "0 -1|1: item '-1' is negative",
        "-12 1|1: user '-12' is negative",
        "0 0000000000000000001x|1: item '0000000000000000001x' is not a whole number",
        "000x 1|1: user '000x' is not a whole number",
        "0 10|1: item '10' is beyond the highest allowed, 9",
        "5 1|1: user '5' is beyond the highest allowed, 4",
        "0 4294967296|1: item '4294967296' is beyond the highest allowed, 9",
        "0 18446744073709551617|1: item '18446744073709551617' is beyond the highest allowed, 9",
      })
  void namesTheLineAndTheValue(String wrong, String message) throws IOException {
    PairReader reader = reader("a.txt", PairFormat.ADJACENCY, wrong + "\n", 0, 5, 10);

    assertFails(reader, "a.txt:" + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.txt", "a.txt.gz"})
  void countsLinesFromOneBlankOnesIncluded(String name) throws IOException {
    assertFails(
        reader(name, PairFormat.ADJACENCY, "0 1\r\n\r\n\n1 2\n2 3 oops 4\n", 0, 0, 0),
        name + ":5: item 'oops' is not a whole number");
  }

  @Test
  void theLastLineIsCheckedEvenIfUnfinished() throws IOException {
    assertFails(
        reader("a.txt", PairFormat.PAIRS, "0 1\n1 -3", 0, 0, 0), "a.txt:2: item '-3' is negative");
  }

  @Test
  void idsOfAnyLengthAreRefusedNotWrappedAround() throws IOException {
    String thirty = "100000000000000000000000000007";
    assertFails(
        reader("a.txt", PairFormat.ADJACENCY, "0 " + thirty + "\n", 0, 0, 0),
        "a.txt:1: item '" + thirty + "' is beyond the highest allowed, 16777215");
    assertFails(
        reader("b.txt", PairFormat.ADJACENCY, "0 -" + thirty + "\n", 0, 0, 0),
        "b.txt:1: item '-" + thirty + "' is negative");
    assertFails(
        reader("c.txt", PairFormat.ADJACENCY, "0 " + "9".repeat(1_000_000) + "\n", 0, 0, 0),
        "c.txt:1: item '" + "9".repeat(40) + "...' is beyond the highest allowed, 16777215");
    assertFails(
        reader("d.txt", PairFormat.ADJACENCY, "0 -" + "9".repeat(100) + "\n", 0, 0, 0),
        "d.txt:1: item '-" + "9".repeat(39) + "...' is negative");
  }

  @Test
  void theHighestIdIsFineAndOneMoreIsNot() throws IOException {
    PairList pairs = reader("a.txt", PairFormat.PAIRS, "0 16777215\n", 0, 0, 0).read();
    assertThat(pairs.items()).isEqualTo(1 << 24);

    assertFails(
        reader("b.txt", PairFormat.PAIRS, "16777216 0\n", 0, 0, 0),
        "b.txt:1: user '16777216' is beyond the highest allowed, 16777215");
  }

  @ParameterizedTest
  @CsvSource({"7, 0", "7 8 9, 2"})
  void aPairIsTwoNumbers(String wrong, int items) throws IOException {
    assertFails(
        reader("a.txt", PairFormat.PAIRS, "0 1\n" + wrong + "\n", 0, 0, 0),
        "a.txt:2: user '7' is followed by " + items + " items instead of one");
  }

  @Test
  void itemIdsMayBeginAtAnOffset() throws IOException {
    PairList pairs = reader("a.txt", PairFormat.PAIRS, "0 100\n3 109\n", 100, 4, 10).read();
    assertThat(lines(pairs)).containsExactly("0 0", "3 9");

    assertFails(
        reader("b.txt", PairFormat.PAIRS, "0 100\n3 99\n", 100, 4, 10),
        "b.txt:2: item '99' is below the first item, 100");
    assertFails(
        reader("c.txt", PairFormat.PAIRS, "0 110\n", 100, 4, 10),
        "c.txt:1: item '110' is beyond the highest allowed, 109");
  }

  @Test
  void whatCannotBePrintedIsShownAsAnEscape() throws IOException {
    assertFails(
        reader("a.txt", PairFormat.ADJACENCY, "0 1\n0 1\u00a02\n", 0, 0, 0),
        "a.txt:2: item '1\u00a02' is not a whole number");
    assertFails(
        reader("b.txt", PairFormat.ADJACENCY, "0 \u00e9\n", 0, 0, 0),
        "b.txt:1: item '\u00e9' is not a whole number");
    assertFails(
        reader("c.txt", PairFormat.ADJACENCY, "\ufeff0 1\n", 0, 0, 0),
        "c.txt:1: user '\\ufeff0' is not a whole number");
    assertFails(
        reader("d.txt", PairFormat.ADJACENCY, "0 1\u0000\u001b[2J\n", 0, 0, 0),
        "d.txt:1: item '1\\u0000\\u001b[2J' is not a whole number");
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws IOException {
    Path file = Files.write(folder.resolve("a.txt"), new byte[] {'0', ' ', (byte) 0xff, '\n'});

    assertFails(
        new PairReader(file, PairFormat.ADJACENCY, 0, 0, 0),
        "a.txt:1: item '\ufffd' is not a whole number");
  }

  @Test
  void aCarriageReturnInsideALineIsRefused() throws IOException {
    assertFails(
        reader("a.txt", PairFormat.ADJACENCY, "0 1\r1 2\n", 0, 0, 0),
        "a.txt:1: a carriage return stands inside the line");
  }

  @Test
  void messagesAreTheSameWhereDigitsAreOthers() throws IOException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertFails(
          reader("a.txt", PairFormat.ADJACENCY, "0 12x\n", 0, 0, 0),
          "a.txt:1: item '12x' is not a whole number");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aCutCompressedFileIsNotTakenForAWholeOne() throws IOException {
    byte[] whole = TextFiles.gzip("0 1\n1 2\n2 3\n".getBytes(StandardCharsets.US_ASCII));
    for (int length = 0; length < whole.length; length++) {
      Path file = Files.write(folder.resolve("a.txt.gz"), Arrays.copyOf(whole, length));

      assertThatExceptionOfType(DataFormatException.class)
          .as("%d of %d bytes", length, whole.length)
          .isThrownBy(() -> new PairReader(file, PairFormat.ADJACENCY, 0, 0, 0).read())
          .withMessageMatching(".*a\\.txt\\.gz:[1-4]: the compressed file is cut short");
    }
  }

  @Test
  void aCompressedFileThatIsNoneIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt.gz"), "0 1\n1 2\n");

    assertFails(
        new PairReader(file, PairFormat.ADJACENCY, 0, 0, 0),
        "a.txt.gz:1: the compressed file is damaged (Input is not in the .gz format.)");
  }

  @Test
  void nothingMayFollowACompressedFile() throws IOException {
    byte[] whole = TextFiles.gzip("0 1\n1 2\n2 3\n".getBytes(StandardCharsets.US_ASCII));
    Path file = Files.write(folder.resolve("a.txt.gz"), Arrays.copyOf(whole, whole.length + 3));

    assertFails(
        new PairReader(file, PairFormat.ADJACENCY, 0, 0, 0),
        "a.txt.gz:4: the compressed file is damaged (Unexpected data after a valid .gz stream.)");
  }

  @Test
  void aDamagedCompressedFileIsRefused() throws IOException {
    byte[] bytes = TextFiles.gzip("0 1\n1 2\n2 3\n".getBytes(StandardCharsets.US_ASCII));
    bytes[bytes.length - 8] ^= 1;
    Path file = Files.write(folder.resolve("a.txt.gz"), bytes);

    assertThatExceptionOfType(DataFormatException.class)
        .isThrownBy(() -> new PairReader(file, PairFormat.ADJACENCY, 0, 0, 0).read())
        .withMessageContaining("a.txt.gz:4: the compressed file is damaged");
  }

  @Test
  void aMissingFileIsNamed() {
    assertFails(
        new PairReader(folder.resolve("a.txt"), PairFormat.ADJACENCY, 0, 0, 0),
        "a.txt: no such file");
  }

  private PairReader reader(
      String name, PairFormat format, String text, int offset, int users, int items)
      throws IOException {
    return new PairReader(
        TextFiles.write(folder.resolve(name), text), format, offset, users, items);
  }

  private List<String> read(String name, PairFormat format, String text) throws IOException {
    return lines(reader(name, format, text, 0, 0, 0).read());
  }

  private static List<String> lines(PairList pairs) {
    Interactions interactions = pairs.toInteractions(0, 0);
    int[] users = interactions.pairUsers();
    List<String> lines = new ArrayList<>();
    for (int p = 0; p < interactions.size(); p++) {
      lines.add(users[p] + " " + interactions.itemAt(p));
    }
    return lines;
  }

  private void assertFails(PairReader reader, String message) {
    assertThatExceptionOfType(DataFormatException.class)
        .isThrownBy(reader::read)
        .withMessage(folder + folder.getFileSystem().getSeparator() + message);
  }
}
