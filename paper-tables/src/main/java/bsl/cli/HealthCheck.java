package bsl.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the doctor found out about one thing.
 *
 * @param about the thing, e.g. {@code vector kernels}
 * @param status how it is
 * @param state what is there, in one line
 * @param advice what to do about it, in one line; empty if nothing
 */
record HealthCheck(String about, Status status, String state, String advice) {
  HealthCheck {
    // Names of files and ids may have line breaks.
    state = state.replaceAll("\\R", " ");
  }

  /** How something is. */
  enum Status {
    /** As it should be. */
    OK,
    /** Works, but not as well as it could. */
    WARNING,
    /** Something will fail. */
    PROBLEM;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Finds something out. */
  @FunctionalInterface
  interface Check {
    HealthCheck run() throws Exception;
  }

  static HealthCheck ok(String about, String state) {
    return new HealthCheck(about, Status.OK, state, "");
  }

  static HealthCheck warning(String about, String state, String advice) {
    return new HealthCheck(about, Status.WARNING, state, advice);
  }

  static HealthCheck problem(String about, String state, String advice) {
    return new HealthCheck(about, Status.PROBLEM, state, advice);
  }

  /** Runs a check; what it throws is a problem of that thing and does not end the others. */
  static HealthCheck of(String about, Check check) {
    try {
      return check.run();
    } catch (Exception | LinkageError | InternalError | OutOfMemoryError e) {
      String why = e.getMessage() == null ? e.toString() : e.getMessage();
      return problem(about, why.lines().findFirst().orElse(why), "see the message");
    }
  }

  Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("about", about);
    map.put("status", status.text());
    map.put("state", state);
    map.put("advice", advice);
    return map;
  }
}
