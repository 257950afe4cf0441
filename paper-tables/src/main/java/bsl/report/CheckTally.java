package bsl.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Says how many checks of one sort pass, for people. Numbers have a tolerance, statements hold or
 * do not, so they are counted apart.
 *
 * @param passed how many pass
 * @param all how many there are
 * @param what what those that pass are, for example {@code numbers within tolerance}
 */
public record CheckTally(long passed, long all, String what) {
  /** Numbers, then statements; without those that there are none of. */
  public static List<CheckTally> of(List<Check> checks) {
    List<CheckTally> tallies = new ArrayList<>();
    for (boolean statements : new boolean[] {false, true}) {
      List<Check> some =
          checks.stream()
              .filter(check -> (check.kind() == Check.Kind.STATEMENT) == statements)
              .toList();
      if (!some.isEmpty()) {
        long passed = some.stream().filter(Check::passes).count();
        String what = statements ? "statements as expected" : "numbers within tolerance";
        tallies.add(new CheckTally(passed, some.size(), what));
      }
    }
    return tallies;
  }

  /** For example {@code 3 of 4}. */
  String share() {
    return passed + " of " + all;
  }

  /** Whether all pass. */
  boolean complete() {
    return passed == all;
  }

  /** For example {@code 3 of 4 numbers within tolerance}. */
  @Override
  public String toString() {
    return share() + " " + what;
  }
}
