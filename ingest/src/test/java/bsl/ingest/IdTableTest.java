package bsl.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdTableTest {
  private static int number(IdTable table, String id) throws ImportException {
    table.beginBatch();
    table.add(("<" + id + ">").toCharArray(), 1, 1 + id.length());
    table.numberBatch();
    return table.number(0);
  }

  @Test
  void idsAreNumberedInTheOrderInWhichTheyCome() throws ImportException {
    IdTable table = new IdTable();
    Map<String, Integer> expected = new LinkedHashMap<>();
    RandomStream random = RandomStream.of(1, Purpose.TEST);
    for (int k = 0; k < 200_000; k++) {
      int value = random.nextInt(50_000);
      String id = k % 2 == 0 ? Integer.toString(value) : "A☃" + Integer.toHexString(value);
      int next = expected.size();
      assertThat(number(table, id)).isEqualTo(expected.computeIfAbsent(id, any -> next));
    }

    assertThat(table.size()).isEqualTo(expected.size());
    expected.forEach((id, number) -> assertThat(table.id(number)).isEqualTo(id));
  }

  /** Around the lengths at which ids are kept in another way, in one byte and in two. */
  @Test
  void idsOfAllLengthsAreApart() throws ImportException {
    IdTable table = new IdTable();
    List<String> ids = new ArrayList<>();
    for (String character : List.of("a", "\0", "\u00ff", "\u0100", "\ud83d\ude00")) {
      for (int length = 1; length <= 40; length++) {
        ids.add(character.repeat(length));
        ids.add("b" + character.repeat(length));
        ids.add(character.repeat(length) + "b");
      }
    }
    assertThat(ids).doesNotHaveDuplicates();
    for (int round = 0; round < 2; round++) {
      for (int k = 0; k < ids.size(); k++) {
        assertThat(number(table, ids.get(k))).isEqualTo(k);
      }
    }
    assertThat(table.size()).isEqualTo(ids.size());
    for (int k = 0; k < ids.size(); k++) {
      assertThat(table.id(k)).isEqualTo(ids.get(k));
    }
  }

  /** The same ids one by one and in batches, in which new ones come again and long ones stand. */
  @Test
  void batchesChangeNoNumber() throws ImportException {
    IdTable alone = new IdTable();
    IdTable batches = new IdTable();
    RandomStream random = RandomStream.of(2, Purpose.TEST);
    for (int round = 0; round < 400; round++) {
      int size = 1 + random.nextInt(IdTable.BATCH);
      List<Integer> expected = new ArrayList<>();
      batches.beginBatch();
      for (int k = 0; k < size; k++) {
        int value = random.nextInt(1 + 20 * round);
        String id = (value % 5 == 0 ? "an id with many characters " : "id") + value;
        expected.add(number(alone, id));
        batches.add(id.toCharArray(), 0, id.length());
      }
      batches.numberBatch();
      for (int k = 0; k < size; k++) {
        assertThat(batches.number(k)).isEqualTo(expected.get(k));
      }
    }
    assertThat(batches.size()).isEqualTo(alone.size()).isGreaterThan(1000);
  }

  @Test
  void idsOfOneHashAreApart() throws ImportException {
    IdTable table = new IdTable();
    // Shorter ids are not hashed.
    String beginning = "x".repeat(16);

    assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
    assertThat(number(table, beginning + "Aa")).isZero();
    assertThat(number(table, beginning + "BB")).isEqualTo(1);
    assertThat(number(table, beginning + "Aa")).isZero();
    assertThat(number(table, beginning + "A")).isEqualTo(2);
  }
}
