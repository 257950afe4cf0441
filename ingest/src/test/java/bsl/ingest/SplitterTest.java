package bsl.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.ingest.Logs.Event;
import bsl.ingest.SplitOptions.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitterTest {
  private static final int USERS = 40;
  private static final int ITEMS = 30;

  private static List<Event> split(List<Event> events, SplitOptions options) {
    try {
      InteractionLog log = ChronologicalOrder.of(Logs.log(events, USERS, ITEMS, true));
      return Logs.events(Splitter.split(log, options));
    } catch (ImportException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Event> of(List<Event> events, int user) {
    return events.stream().filter(event -> event.user() == user).toList();
  }

  private static long count(List<Event> events, Part part) {
    return events.stream().filter(event -> event.part() == part).count();
  }

  /** Numbers of pairs by hand: n pairs, then test, then validation. */
  @ParameterizedTest
  @CsvSource({
    "0.2, 0.1, 1, 0, 0",
    "0.2, 0.1, 2, 1, 0",
    "0.2, 0.1, 3, 1, 1",
    "0.2, 0.1, 10, 2, 1",
    "0.2, 0.1, 19, 3, 1",
    "0.2, 0.1, 20, 4, 2",
    "0.1, 0.1, 30, 3, 3",
    "1, 1, 1, 0, 0",
    "1, 1, 2, 1, 0",
    "1, 1, 30, 1, 1",
    "5, 0, 4, 3, 0",
    "2, 2, 4, 2, 1",
  })
  void eachUserGivesItsShareAndKeepsATrainPair(
      double test, double valid, int n, int testPairs, int validPairs) {
    List<Event> events = IntStream.range(0, n).mapToObj(k -> new Event(3, k, k, null)).toList();
    for (Kind kind : List.of(Kind.RANDOM, Kind.LEAVE_LAST)) {
      List<Event> parts = split(events, SplitOptions.of(kind, test, valid, 1));

      assertThat(count(parts, Part.TEST)).as("test " + kind).isEqualTo(testPairs);
      assertThat(count(parts, Part.VALID)).as("validation " + kind).isEqualTo(validPairs);
    }
  }

  @Test
  void theLastInteractionsAreLeftOut() {
    Seeds.check(
        50,
        random -> {
          List<Event> events = Logs.random(random, USERS, ITEMS, 400, false);
          List<Event> parts = split(events, SplitOptions.of(Kind.LEAVE_LAST, 2, 1, 1));
          for (int u = 0; u < USERS; u++) {
            List<Event> own = of(parts, u);
            for (int k = 0; k < own.size(); k++) {
              int fromEnd = own.size() - 1 - k;
              Part expected =
                  k == 0 || fromEnd > 2 ? Part.TRAIN : fromEnd < 2 ? Part.TEST : Part.VALID;
              assertThat(own.get(k).part()).as(own + " " + k).isEqualTo(expected);
            }
          }
        });
  }

  @Test
  void aRandomSplitFollowsItsSeedAndNoOtherUser() {
    Seeds.check(
        20,
        random -> {
          List<Event> events = Logs.random(random, USERS, ITEMS, 800, false);
          SplitOptions options = SplitOptions.of(Kind.RANDOM, 0.2, 0.1, random.nextInt(1000));
          List<Event> parts = split(events, options);
          List<Event> withoutUserTwo =
              split(events.stream().filter(e -> e.user() != 2).toList(), options);

          assertThat(split(events, options)).isEqualTo(parts);
          assertThat(split(events, SplitOptions.of(Kind.RANDOM, 0.2, 0.1, options.seed() + 1)))
              .isNotEqualTo(parts);
          assertThat(of(withoutUserTwo, 1)).isEqualTo(of(parts, 1));
          assertThat(of(withoutUserTwo, 5)).isEqualTo(of(parts, 5));
        });
  }

  /** Each place of ten is drawn for test about as often as each other. */
  @Test
  void aRandomSplitPrefersNoPlace() {
    int users = 40_000;
    PairTable table = new PairTable(false, false);
    try {
      for (int u = 0; u < users; u++) {
        for (int k = 0; k < 10; k++) {
          table.add(u, k, 0, (byte) 0);
        }
      }
      InteractionLog parts =
          Splitter.split(table.byUser(users, 10, false), SplitOptions.of(Kind.RANDOM, 0.2, 0.1, 1));
      int[] drawn = new int[10];
      for (int p = 0; p < parts.size(); p++) {
        drawn[parts.item(p)] += parts.part(p) == Part.TEST.code() ? 1 : 0;
      }

      // Mean 8000, standard deviation 80.
      assertThat(IntStream.of(drawn).boxed())
          .allSatisfy(count -> assertThat(count).isBetween(7_600, 8_400));
    } catch (ImportException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void onePointInTimeLeavesNothingOfTheFutureInTrain() {
    Seeds.check(
        100,
        random -> {
          List<Event> events = Logs.random(random, USERS, ITEMS, 300, false);
          List<Event> parts = split(events, SplitOptions.of(Kind.TIME, 0.2, 0.1, 1));

          double lastTrain = latest(parts, Part.TRAIN);
          double firstValid = earliest(parts, Part.VALID);
          double lastValid = latest(parts, Part.VALID);
          double firstTest = earliest(parts, Part.TEST);
          assertThat(lastTrain).isLessThan(firstValid).isLessThan(firstTest);
          assertThat(lastValid).isLessThan(firstTest);
          // A fifth, and what has the same time; without that time it would be less.
          assertThat(count(parts, Part.TEST)).isGreaterThanOrEqualTo(60);
          assertThat(
                  parts.stream().filter(e -> e.part() == Part.TEST && e.time() > firstTest).count())
              .isLessThan(60);
          // Three tenths, likewise.
          assertThat(count(parts, Part.VALID) + count(parts, Part.TEST)).isGreaterThanOrEqualTo(90);
          assertThat(
                  parts.stream()
                      .filter(e -> e.part() != Part.TRAIN && e.time() > firstValid)
                      .count())
              .isLessThan(90);
          assertThat(count(parts, Part.TRAIN) + count(parts, Part.VALID) + count(parts, Part.TEST))
              .isEqualTo(300);
        });
  }

  private static double latest(List<Event> events, Part part) {
    return events.stream()
        .filter(e -> e.part() == part)
        .mapToDouble(Event::time)
        .max()
        .orElse(Double.NEGATIVE_INFINITY);
  }

  private static double earliest(List<Event> events, Part part) {
    return events.stream()
        .filter(e -> e.part() == part)
        .mapToDouble(Event::time)
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  private static SplitOptions from(String test, String valid) {
    return new SplitOptions(
        Kind.TIME, Amount.NONE, Amount.NONE, 0, Optional.of(test), Optional.ofNullable(valid));
  }

  @Test
  void aPointInTimeMayBeNamed() {
    List<Event> events =
        List.of(
            new Event(0, 0, 1_433_030_400e3, null), // 2015-05-31
            new Event(0, 1, 1_435_622_400e3, null), // 2015-06-30, in milliseconds
            new Event(0, 2, 1_438_300_800e3, null)); // 2015-07-31

    assertThat(split(events, from("2015-07-01", "2015-06-30")).stream().map(Event::part))
        .containsExactly(Part.TRAIN, Part.VALID, Part.TEST);
    assertThat(split(events, from("1435622400000", null)).stream().map(Event::part))
        .containsExactly(Part.TRAIN, Part.TEST, Part.TEST);
  }

  @Test
  void whatIsNoPointInTimeIsRefused() {
    InteractionLog log =
        Logs.log(List.of(new Event(0, 0, 5, null), new Event(0, 1, 6, null)), 1, 2, true);
    InteractionLog timeless =
        Logs.log(List.of(new Event(0, 0, 5, null), new Event(0, 1, 6, null)), 1, 2, false);

    assertThatThrownBy(() -> Splitter.split(log, from("soon", null)))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("--test-from 'soon'");
    assertThatThrownBy(() -> Splitter.split(log, from("5", "6")))
        .hasMessageContaining("--val-from '6' is after --test-from '5'");
    assertThatThrownBy(() -> Splitter.split(timeless, SplitOptions.of(Kind.TIME, 0.2, 0.1, 1)))
        .hasMessageContaining("needs a column of times");
  }

  @Test
  void timesSayWhetherTestPairsAreOlderThanTrainPairs() {
    InteractionLog log =
        Logs.log(
            List.of(
                new Event(0, 0, 1, Part.TRAIN),
                new Event(0, 1, 5, Part.TRAIN),
                new Event(0, 2, 4, Part.TEST),
                new Event(1, 0, 2, Part.TRAIN),
                new Event(1, 1, 3, Part.TEST),
                new Event(1, 2, 9, Part.TEST),
                new Event(2, 2, 0, Part.VALID)),
            3,
            3,
            true);

    assertThat(TimeSummary.of(log))
        .isEqualTo(new TimeSummary(TimeScale.NUMBERS, 1, 5, 3, 9, 3, 2, 2, 1));
  }

  @Test
  void amountsAreSharesOrNumbers() {
    assertThat(new Amount(0.1).of(30)).isEqualTo(3);
    assertThat(new Amount(0.1).of(5)).isEqualTo(1);
    assertThat(new Amount(3).of(5)).isEqualTo(3);
    assertThat(Amount.NONE.of(5)).isZero();
    assertThat(new Amount(0.25)).hasToString("0.25");
    assertThat(new Amount(2)).hasToString("2");
    for (double value : new double[] {-1, 1.5, Double.NaN, 1e12}) {
      assertThatThrownBy(() -> new Amount(value)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
