package bsl.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class GroupingTest {
  private final Grouping grouping = new Grouping();

  /** The same object serves batch after batch, as in training. */
  @Property
  void groupsPositionsByKeyInOrderOfAppearance(
      @ForAll @Size(max = 5) List<@Size(max = 40) List<@IntRange(max = 12) Integer>> batches) {
    for (List<Integer> batch : batches) {
      int[] keys = batch.stream().mapToInt(Integer::intValue).toArray();
      Map<Integer, List<Integer>> expected = new LinkedHashMap<>();
      for (int p = 0; p < keys.length; p++) {
        expected.computeIfAbsent(keys[p], k -> new ArrayList<>()).add(p);
      }
      grouping.reset(keys, keys.length);

      Map<Integer, List<Integer>> actual = new LinkedHashMap<>();
      for (int g = 0; g < grouping.groups(); g++) {
        List<Integer> positions = new ArrayList<>();
        for (int k = grouping.begin(g); k < grouping.end(g); k++) {
          positions.add(grouping.position(k));
        }
        actual.put(grouping.key(g), positions);
      }
      assertThat(new ArrayList<>(actual.entrySet()))
          .isEqualTo(new ArrayList<>(expected.entrySet()));
    }
  }
}
