package bsl.ingest;

import bsl.core.RandomStream;
import java.util.ArrayList;
import java.util.List;

/** Interactions as a list, which is what brute force works on. */
final class Logs {
  /** An interaction. */
  record Event(int user, int item, double time, Part part) {}

  private Logs() {}

  /** Random interactions; times have ties. */
  static List<Event> random(RandomStream random, int users, int items, int size, boolean parted) {
    List<Event> events = new ArrayList<>();
    for (int k = 0; k < size; k++) {
      // Squares make some users and items more frequent.
      int user = (int) (users * Math.pow(random.nextDouble(), 2));
      int item = (int) (items * Math.pow(random.nextDouble(), 2));
      Part part = parted ? Part.values()[random.nextInt(3)] : null;
      events.add(new Event(user, item, random.nextInt(20), part));
    }
    return events;
  }

  static InteractionLog log(List<Event> events, int users, int items, boolean timed) {
    boolean parted = events.stream().allMatch(event -> event.part() != null);
    PairTable table = new PairTable(timed, parted);
    try {
      for (Event event : events) {
        table.add(
            event.user(), event.item(), event.time(), parted ? event.part().code() : (byte) 0);
      }
    } catch (ImportException e) {
      throw new AssertionError(e);
    }
    return table.byUser(users, items, false);
  }

  static List<Event> events(InteractionLog log) {
    List<Event> events = new ArrayList<>();
    for (int u = 0; u < log.users(); u++) {
      for (int p = log.begin(u); p < log.end(u); p++) {
        events.add(
            new Event(
                u,
                log.item(p),
                log.isTimed() ? log.time(p) : 0,
                log.isParted() ? Part.of(log.part(p)) : null));
      }
    }
    return events;
  }
}
