package bsl.tune;

import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.run.InputException;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Draws the trials of a search, one after the other and each once. The first is the run that the
 * search starts from, as far as the space has its settings; all of it if trials are near it. Each
 * has a random stream of its own, so that more trials begin with the same ones.
 */
final class TrialDraws {
  /** So often a trial is drawn anew that was there before or whose settings do not go together. */
  private static final int MOST_ATTEMPTS = 200;

  /** Up to so many combinations are gone through for those that no draw has come to. */
  private static final int MOST_COMBINATIONS = 1_000_000;

  private final RunSpec base;
  private final SearchSpace space;
  private final boolean near;
  private final Function<RunSpec, Object> identity;
  private final List<Trial> drawn = new ArrayList<>();
  private final Set<Object> known = new HashSet<>();
  private boolean exhausted;
  private int passed;

  /**
   * @param base the run whose other settings are kept
   * @param space what is searched
   * @param near whether a trial keeps about half of the run's settings, instead of drawing all, and
   *     the run itself comes to its end
   * @param identity tells runs apart that have other results
   */
  TrialDraws(RunSpec base, SearchSpace space, boolean near, Function<RunSpec, Object> identity) {
    this.base = base;
    this.space = space;
    this.near = near;
    this.identity = identity;
  }

  /**
   * Trials one after the other.
   *
   * @param from how many to pass over
   * @param count how many to return
   * @return fewer if the space has no more
   * @throws InputException if no settings of the space go together
   */
  List<Trial> trials(int from, int count) {
    while (drawn.size() < from + count && !exhausted) {
      Optional<Trial> next = next(drawn.size() + 1);
      next.ifPresent(drawn::add);
      exhausted = next.isEmpty();
    }
    int end = Math.min(drawn.size(), from + count);
    return from >= end ? List.of() : List.copyOf(drawn.subList(from, end));
  }

  private Optional<Trial> next(int number) {
    if (number == 1 && near) {
      Map<SettingKey, String> values = new LinkedHashMap<>();
      space.dimensions().forEach(d -> values.put(d.key(), base.text(d.key())));
      return added(number, values, true);
    }
    InputException refusal = null;
    boolean possible = false;
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      RandomStream random = RandomStream.of(base.seed(), Purpose.SEARCH, number, attempt);
      Map<SettingKey, String> values = near ? space.drawNear(base, random) : space.draw(random);
      if (number == 1) {
        space.keepOf(base, values);
      }
      try {
        Optional<Trial> trial = added(number, values, false);
        if (trial.isPresent()) {
          return trial;
        }
        possible = true;
      } catch (InputException e) {
        refusal = e;
      }
    }
    if (!possible && drawn.isEmpty()) {
      throw refusal;
    }
    return possible && space.hasAtMost(MOST_COMBINATIONS) ? undrawn(number) : Optional.empty();
  }

  /** The next combination of values that no draw has come to: draws find the last ones slowly. */
  private Optional<Trial> undrawn(int number) {
    int all = space.combinations();
    while (passed < all) {
      try {
        Optional<Trial> trial = added(number, space.combination(passed++), false);
        if (trial.isPresent()) {
          return trial;
        }
      } catch (InputException e) {
        // Values that do not go together are passed over.
      }
    }
    return Optional.empty();
  }

  private Optional<Trial> added(int number, Map<SettingKey, String> values, boolean stays) {
    RunSpec run = asTrial(SearchSpace.applied(base, values));
    return known.add(identity.apply(run))
        ? Optional.of(new Trial(number, run, searched(values), stays))
        : Optional.empty();
  }

  private Map<SettingKey, String> searched(Map<SettingKey, String> values) {
    Map<SettingKey, String> searched = new LinkedHashMap<>();
    space.searched().forEach(d -> searched.put(d.key(), values.get(d.key())));
    return searched;
  }

  /** The run as the search trains it: evaluated at the rungs, on held-out pairs, never stopped. */
  static RunSpec asTrial(RunSpec run) {
    return run.with(SettingKey.PROTOCOL, "held-out")
        .with(SettingKey.EVALUATE_EVERY, Rungs.evaluateEvery(run.epochs()))
        .with(SettingKey.PATIENCE, run.epochs());
  }
}
