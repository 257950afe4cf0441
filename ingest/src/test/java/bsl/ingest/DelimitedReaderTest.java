package bsl.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.core.RandomStream;
import de.siegmar.fastcsv.reader.CsvReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DelimitedReaderTest {
  private static final Optional<Character> QUOTE = Optional.of('"');

  private static Records read(String text, String separator, Optional<Character> quote) {
    return read(text, separator, quote, 0);
  }

  private static Records read(
      String text, String separator, Optional<Character> quote, int columns) {
    return Records.of(text, lines -> new DelimitedReader(lines, separator, quote, columns));
  }

  @Test
  void fieldsStandBetweenSeparators() {
    assertThat(read("1::1193::5::978300760\n2::661:x::3::\n", "::", Optional.empty()).good())
        .containsExactly(List.of("1", "1193", "5", "978300760"), List.of("2", "661:x", "3", ""));
    assertThat(read("a\tb\r\n\r\n  \nc\td", "\t", Optional.empty()).good())
        .containsExactly(List.of("a", "b"), List.of("c", "d"));
  }

  @Test
  void aLineOfSeparatorsIsNotEmptyUnlessTheyAreBlanks() {
    for (String separator : List.of(",", "\t", "::")) {
      Records records =
          read("a-b\n--\n\nc-d\n".replace("-", separator), separator, Optional.empty(), 2);

      assertThat(records.good()).containsExactly(List.of("a", "b"), List.of("c", "d"));
      assertThat(records.problems())
          .singleElement()
          .asString()
          .startsWith("2: has 3 columns instead of 2: ");
    }
    assertThat(read("\t\t\n \t\n", ",", Optional.empty()).good()).isEmpty();
    assertThat(read("a b\n  \n", " ", Optional.empty(), 2).problems()).isEmpty();
  }

  @Test
  void blanksAroundFieldsAreLeftOutUnlessTheySeparate() {
    assertThat(read(" a , \"b \" ,c d\n", ",", QUOTE).good())
        .containsExactly(List.of("a", "b ", "c d"));
    assertThat(read("\"a\" | b |  | c\n", " | ", QUOTE).good())
        .containsExactly(List.of("a", "b", "", "c"));
    assertThat(read("a \t b\t\t c d \n", "\t", Optional.empty()).good())
        .containsExactly(List.of("a", "b", "", "c d"));
    assertThat(read("a b  c\n", " ", Optional.empty()).good())
        .containsExactly(List.of("a", "b", "", "c"));
  }

  @Test
  void quotedFieldsHaveSeparatorsQuotesAndLineBreaks() {
    Records records =
        read("\"a,1\",\"say \"\"hi\"\"\",\"x\ny\"\nb,it's 5\" long,\"\"\n", ",", QUOTE);

    assertThat(records.good())
        .containsExactly(List.of("a,1", "say \"hi\"", "x\ny"), List.of("b", "it's 5\" long", ""));
    assertThat(records.problems()).isEmpty();
  }

  @Test
  void withoutQuotesAQuoteIsACharacter() {
    assertThat(read("\"a\tb\n", "\t", Optional.empty()).good())
        .containsExactly(List.of("\"a", "b"));
  }

  @Test
  void aMalformedRecordIsNamedAndReadingGoesOnBehindIt() {
    Records records = read("a,b\n\"c\"x,d\ne\nf,g,h\n\"i,j\nk,l\nm,\"n\no\"\n", ",", QUOTE, 2);

    assertThat(records.good())
        .containsExactly(List.of("a", "b"), List.of("k", "l"), List.of("m", "n\no"));
    assertThat(records.problems())
        .containsExactly(
            "2: a closing quote is followed by 'x': '\"c\"x,d'",
            "3: has 1 column instead of 2: 'e'",
            "4: has 3 columns instead of 2: 'f,g,h'",
            "5: a closing quote is followed by 'n': '\"i,j'");
  }

  @Test
  void aQuoteThatIsNeverClosedCostsOneLine() {
    StringBuilder text = new StringBuilder("a,b\n\"c,d\n");
    for (int line = 0; line < 5000; line++) {
      text.append("e,").append(line).append('\n');
    }
    Records records = read(text.toString(), ",", QUOTE, 2);

    assertThat(records.good()).hasSize(5001).contains(List.of("e", "4999"), List.of("a", "b"));
    assertThat(records.problems()).containsExactly("2: a quote is never closed: '\"c,d'");
  }

  @Test
  void lineNumbersCountTheLinesOfQuotedFields() {
    Records records = read("\"a\nb\nc\",d\n\nonly\n", ",", QUOTE, 2);

    assertThat(records.problems()).containsExactly("5: has 1 column instead of 2: 'only'");
  }

  @Test
  void longLinesCrossBuffers() {
    StringBuilder text = new StringBuilder();
    List<List<String>> expected = new ArrayList<>();
    for (int line = 0; line < 50; line++) {
      String field = Character.toString('a' + line % 26).repeat(1 + 9973 * line);
      text.append(field).append(",\"").append(field).append("\n\"\n");
      expected.add(List.of(field, field + "\n"));
    }
    assertThat(read(text.toString(), ",", QUOTE).good()).isEqualTo(expected);
  }

  /** FastCSV reads the same from everything that RFC 4180 allows. */
  @Test
  void agreesWithAnotherLibrary() {
    Seeds.check(
        200,
        random -> {
          StringBuilder text = new StringBuilder();
          for (int line = 0; line < 30; line++) {
            int columns = 2 + random.nextInt(3);
            for (int c = 0; c < columns; c++) {
              text.append(c == 0 ? "" : ";").append(field(random));
            }
            text.append(random.nextInt(2) == 0 ? "\n" : "\r\n");
          }
          List<List<String>> expected =
              CsvReader.builder()
                  .fieldSeparator(';')
                  .allowExtraFields(true)
                  .allowMissingFields(true)
                  .ofCsvRecord(text.toString())
                  .stream()
                  .map(csv -> csv.getFields())
                  .toList();

          Records records = read(text.toString(), ";", QUOTE);
          assertThat(records.problems()).isEmpty();
          assertThat(records.good()).isEqualTo(expected);
        });
  }

  private static String field(RandomStream random) {
    String alphabet = "ab1.,;\"\n\r'é☃";
    StringBuilder inside = new StringBuilder();
    int length = random.nextInt(6);
    for (int c = 0; c < length; c++) {
      inside.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    String text = inside.toString().replace("\r", "\r\n");
    boolean plain = !text.matches("(?s).*[;\"\\r\\n].*") && random.nextInt(2) == 0;
    // A first field that is empty would make an empty line.
    return plain ? "x" + text : "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
