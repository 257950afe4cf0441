package bsl.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.ingest.Logs.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each filter against the same thing done without cleverness. */
class FiltersTest {
  private static final int USERS = 12;
  private static final int ITEMS = 15;

  private static List<Event> byUserAndTime(List<Event> events) {
    return events.stream()
        .sorted(Comparator.comparing(Event::user).thenComparing(Event::time))
        .toList();
  }

  @Test
  void theLogHasInteractionsByUserInTheOrderOfTheFile() {
    Seeds.check(
        50,
        random -> {
          List<Event> events = Logs.random(random, USERS, ITEMS, 100, true);

          assertThat(Logs.events(Logs.log(events, USERS, ITEMS, true)))
              .isEqualTo(events.stream().sorted(Comparator.comparing(Event::user)).toList());
        });
  }

  @Test
  void timesPutAUsersInteractionsInOrderAndKeepTies() {
    Seeds.check(
        100,
        random -> {
          List<Event> events = Logs.random(random, 3, ITEMS, random.nextInt(300), true);

          assertThat(Logs.events(ChronologicalOrder.of(Logs.log(events, 3, ITEMS, true))))
              .isEqualTo(byUserAndTime(events));
        });
  }

  @ParameterizedTest
  @EnumSource(Duplicates.class)
  void oneOfSeveralInteractionsIsKept(Duplicates which) {
    Seeds.check(
        100,
        random -> {
          boolean parted = random.nextInt(2) == 0;
          List<Event> events = byUserAndTime(Logs.random(random, USERS, ITEMS, 150, parted));
          Map<List<Object>, Event> kept = new LinkedHashMap<>();
          for (Event event : events) {
            List<Object> key = new ArrayList<>(List.of(event.user(), event.item()));
            key.add(event.part());
            if (which == Duplicates.LAST) {
              kept.put(key, event);
            } else {
              kept.putIfAbsent(key, event);
            }
          }

          List<Event> left = Logs.events(which.dropFrom(Logs.log(events, USERS, ITEMS, true)));
          assertThat(left).containsExactlyInAnyOrderElementsOf(kept.values());
          assertThat(left).isEqualTo(byUserAndTime(left));
        });
  }

  private static List<Event> coreByRounds(List<Event> events, int perUser, int perItem) {
    List<Event> left = events;
    while (true) {
      Map<Integer, Long> users = degrees(left, Event::user);
      Map<Integer, Long> items = degrees(left, Event::item);
      List<Event> next =
          left.stream()
              .filter(e -> users.get(e.user()) >= perUser && items.get(e.item()) >= perItem)
              .toList();
      if (next.size() == left.size()) {
        return next;
      }
      left = next;
    }
  }

  private static Map<Integer, Long> degrees(List<Event> events, Function<Event, Integer> of) {
    return events.stream().collect(Collectors.groupingBy(of, Collectors.counting()));
  }

  @Test
  void theCoreIsWhatRoundsOfDroppingLeave() {
    int[] partial = {0};
    Seeds.check(
        300,
        random -> {
          List<Event> events = Logs.random(random, USERS, ITEMS, 20 + random.nextInt(80), false);
          InteractionLog log = Duplicates.FIRST.dropFrom(Logs.log(events, USERS, ITEMS, false));
          int perUser = 1 + random.nextInt(5);
          int perItem = 1 + random.nextInt(5);
          List<Event> expected = coreByRounds(Logs.events(log), perUser, perItem);
          partial[0] += !expected.isEmpty() && expected.size() < log.size() ? 1 : 0;

          assertThat(Logs.events(KCore.of(log, perUser, perItem))).isEqualTo(expected);
        });
    assertThat(partial[0] > 50 || System.getProperty("bsl.test.seed") != null)
        .as("cores that are neither all nor nothing")
        .isTrue();
  }

  /** A path loses an interaction at a time, from both ends. */
  @Test
  void aLongPathHasNoCoreOfTwo() {
    int length = 100_000;
    List<Event> path = new ArrayList<>();
    for (int k = 0; k < length; k++) {
      path.add(new Event(k, k, 0, null));
      path.add(new Event(k, k + 1, 0, null));
    }
    InteractionLog log = Logs.log(path, length, length + 1, false);

    assertThat(KCore.of(log, 2, 2).size()).isZero();
    assertThat(KCore.of(log, 2, 1).size()).isEqualTo(2 * length);
  }

  @Test
  void countsAreOfWhatIsLeft() {
    InteractionLog log =
        Logs.log(
            List.of(new Event(0, 1, 0, null), new Event(2, 1, 0, null), new Event(2, 3, 0, null)),
            4,
            5,
            false);

    assertThat(log.count("x")).isEqualTo(new StepCount("x", 3, 2, 2));
    assertThat(log.where(p -> p > 0).count("y")).isEqualTo(new StepCount("y", 2, 1, 2));
  }
}
