package bsl.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.core.RandomStream.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groupings of random keys against a map of lists. */
class GroupingTest {
  private static final int HIGHEST_KEY = 12;
  private static final int MOST_POSITIONS = 40;

  /** The same object serves batch after batch, as in training. */
  @Test
  void groupsPositionsByKeyInOrderOfAppearance() {
    for (long seed = 0; seed < 500; seed++) {
      RandomStream random = RandomStream.of(seed, Purpose.TEST);
      Grouping grouping = new Grouping();
      for (int batch = 0; batch < 5; batch++) {
        int[] keys = new int[random.nextInt(MOST_POSITIONS + 1)];
        int bound = 1 + random.nextInt(HIGHEST_KEY + 1);
        for (int p = 0; p < keys.length; p++) {
          keys[p] = random.nextInt(bound);
        }
        if (batch % 2 == 1) {
          Arrays.sort(keys);
        }
        grouping.reset(keys, keys.length);

        assertThat(groups(grouping)).as("seed %d, batch %d", seed, batch).isEqualTo(expected(keys));
      }
    }
  }

  @Test
  void distinctKeysAreGroupsOfTheirOwn() {
    Grouping grouping = new Grouping();
    for (int[] keys : new int[][] {{5, 2, 9, 0}, {}, {7, 3}}) {
      grouping.resetDistinct(keys, keys.length);

      assertThat(groups(grouping)).isEqualTo(expected(keys));
    }
  }

  /** Nothing of the batch that was refused is left. */
  @ParameterizedTest
  @ValueSource(strings = {"5 3 -1 5", "-1 2 3", "-1"})
  void keysBelowZeroAreRefused(String text) {
    int[] refused = Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
    Grouping grouping = new Grouping();

    assertThatThrownBy(() -> grouping.reset(refused, refused.length))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("keys must be at least 0: -1");
    int[] keys = {5, 3, 5, 2};
    grouping.reset(keys, keys.length);
    assertThat(groups(grouping)).isEqualTo(expected(keys));
  }

  private static List<Map.Entry<Integer, List<Integer>>> expected(int[] keys) {
    Map<Integer, List<Integer>> groups = new LinkedHashMap<>();
    for (int p = 0; p < keys.length; p++) {
      groups.computeIfAbsent(keys[p], key -> new ArrayList<>()).add(p);
    }
    return List.copyOf(groups.entrySet());
  }

  private static List<Map.Entry<Integer, List<Integer>>> groups(Grouping grouping) {
    List<Map.Entry<Integer, List<Integer>>> groups = new ArrayList<>();
    for (int g = 0; g < grouping.groups(); g++) {
      List<Integer> positions = new ArrayList<>();
      for (int k = grouping.begin(g); k < grouping.end(g); k++) {
        positions.add(grouping.position(k));
      }
      groups.add(Map.entry(grouping.key(g), positions));
    }
    return groups;
  }
}
