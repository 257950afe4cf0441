package bsl.benchmarks.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is followed exists, and is measured once. */
final class TrackedSetTest {
  private static final Pattern BENCHMARK = Pattern.compile("bsl\\.benchmarks\\.(\\w+)\\.(\\w+)");

  /** Qualified names of all benchmarks, from the list that JMH's processor makes. */
  private static List<String> benchmarks() throws IOException {
    List<String> names = new ArrayList<>();
    try (BufferedReader list =
        new BufferedReader(
            new InputStreamReader(
                TrackedSet.class.getResourceAsStream("/META-INF/BenchmarkList"),
                StandardCharsets.UTF_8))) {
      for (String line = list.readLine(); line != null; line = list.readLine()) {
        // JMH S n CLASS S n GENERATED S n METHOD ...
        String[] words = line.split(" +");
        names.add(words[3] + "." + words[9]);
      }
    }
    assertThat(names).isNotEmpty().allMatch(BENCHMARK.asMatchPredicate());
    return names;
  }

  @Test
  void everyCallFindsBenchmarks() throws IOException {
    List<String> all = benchmarks();

    assertThat(TrackedSet.calls())
        .allSatisfy(
            call ->
                assertThat(all.stream().filter(Pattern.compile(call.include()).asPredicate()))
                    .as(call.title())
                    .isNotEmpty());
  }

  @Test
  void everyRatioIsOfBenchmarksThatAreRunWithItsParameters() throws IOException {
    List<String> all = benchmarks();
    for (TrackedRatio ratio : TrackedSet.ratios("OpenBLAS")) {
      for (TrackedRatio.Selector selector : List.of(ratio.ours(), ratio.yardstick())) {
        String name = "bsl.benchmarks." + selector.benchmark();
        assertThat(all).as(ratio.id()).contains(name);
        long calls =
            TrackedSet.calls().stream()
                .filter(call -> Pattern.compile(call.include()).matcher(name).find())
                .filter(call -> passes(call, selector.params()))
                .count();
        assertThat(calls).as(ratio.id() + ": " + selector).isEqualTo(1);
      }
    }
  }

  /** Whether the call does not rule a parameter out; what it does not name has a default. */
  private static boolean passes(JmhCall call, Map<String, String> params) {
    return params.entrySet().stream()
        .allMatch(
            wanted ->
                call.params().stream()
                    .filter(p -> p.startsWith(wanted.getKey() + "="))
                    .allMatch(p -> List.of(p.split("[=,]")).contains(wanted.getValue())));
  }

  @Test
  void everyRatioHasANameOfItsOwn() {
    assertThat(TrackedSet.ratios("OpenBLAS"))
        .extracting(ratio -> ratio.id() + ratio.yardstickName())
        .doesNotHaveDuplicates();
  }

  /**
   * Calls of the yardstick that do the work of one call, from what the benchmarks say of their
   * data: 6,022 users and 3,043 items, tiles of 48 x 1,024, a user of 64 positives and 4,096
   * negatives, about 790,000 train pairs, a layer of 1,249,063.
   */
  @Test
  void aRatioIsForAsMuchWorkOnBothSides() {
    Map<String, Double> works =
        TrackedSet.ratios("OpenBLAS").stream()
            .filter(ratio -> ratio.work() != 1)
            .collect(Collectors.toMap(TrackedRatio::id, TrackedRatio::work));

    assertThat(works)
        .hasSize(7)
        .containsEntry("loss of a tile: bsl", 48.0)
        .containsEntry("loss of a tile: bpr", 48.0)
        .containsEntry("loss of a user: bsl", 4.0)
        .containsEntry("loss of a user: bpr", 256.0)
        .containsEntry("epoch over pairs", 49_375.0);
    assertThat(works.get("step of LightGCN")).isCloseTo(0.48036, within(1e-5));
    assertThat(works.get("full ranking")).isCloseTo(372.822, within(1e-3));
  }
}
