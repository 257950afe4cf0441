package bsl.tune;

import bsl.core.RandomStream;
import bsl.run.InputException;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import bsl.run.Settings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings that a search goes over, with the values that each may take. Immutable. */
public final class SearchSpace {
  /** So many draws decide whether a run ever reads a setting. */
  private static final int PROBES = 64;

  private final List<Dimension> dimensions;

  /**
   * @param dimensions one for each setting, at least one
   */
  public SearchSpace(List<Dimension> dimensions) {
    this.dimensions = List.copyOf(dimensions);
  }

  /** All settings, also those with a single value. */
  public List<Dimension> dimensions() {
    return dimensions;
  }

  /** The settings that have more than one value. */
  public List<Dimension> searched() {
    return dimensions.stream().filter(dimension -> !dimension.isFixed()).toList();
  }

  /** The same settings with those of another space, which come first where both have one. */
  SearchSpace with(SearchSpace stronger) {
    Map<SettingKey, Dimension> all = new LinkedHashMap<>();
    dimensions.forEach(dimension -> all.put(dimension.key(), dimension));
    stronger.dimensions.forEach(dimension -> all.put(dimension.key(), dimension));
    return new SearchSpace(List.copyOf(all.values()));
  }

  /** The same without some settings. */
  SearchSpace without(Collection<SettingKey> keys) {
    return new SearchSpace(dimensions.stream().filter(d -> !keys.contains(d.key())).toList());
  }

  /** How many combinations of values there are, if all settings have lists of values. */
  int combinations() {
    return dimensions.stream().mapToInt(Dimension::choices).reduce(1, Math::multiplyExact);
  }

  /** Whether all settings have lists of values, with no more combinations than a number. */
  boolean hasAtMost(int most) {
    double all = 1;
    for (Dimension dimension : dimensions) {
      all *= dimension.choices();
    }
    return all > 0 && all <= most;
  }

  /**
   * A combination of values, where all settings have lists of them.
   *
   * @param index from 0 on, below {@link #combinations}
   */
  Map<SettingKey, String> combination(int index) {
    Map<SettingKey, String> values = new LinkedHashMap<>();
    int rest = index;
    for (Dimension dimension : dimensions) {
      values.put(dimension.key(), dimension.choice(rest % dimension.choices()));
      rest /= dimension.choices();
    }
    return values;
  }

  /** Random values of all settings. */
  Map<SettingKey, String> draw(RandomStream random) {
    Map<SettingKey, String> values = new LinkedHashMap<>();
    dimensions.forEach(dimension -> values.put(dimension.key(), dimension.draw(random)));
    return values;
  }

  /**
   * Random values of about half of the settings, the others as a run has them: good settings are
   * more often found near good ones than by drawing all anew.
   *
   * @param run whose settings are kept; one whose value the space does not have is always drawn
   */
  Map<SettingKey, String> drawNear(RunSpec run, RandomStream random) {
    Map<SettingKey, String> values = new LinkedHashMap<>();
    for (Dimension dimension : dimensions) {
      String drawn = dimension.draw(random);
      String kept = run.text(dimension.key());
      boolean keep = random.nextInt(2) == 0 && dimension.contains(kept);
      values.put(dimension.key(), keep ? kept : drawn);
    }
    return values;
  }

  /** Replaces values by those that a run has, as far as the space has them. */
  void keepOf(RunSpec run, Map<SettingKey, String> values) {
    for (Dimension dimension : dimensions) {
      String kept = run.text(dimension.key());
      if (dimension.contains(kept)) {
        values.put(dimension.key(), kept);
      }
    }
  }

  /** A run with some of its settings replaced, all at once. */
  static RunSpec applied(RunSpec base, Map<SettingKey, String> values) {
    Settings replaced = new Settings();
    values.forEach((key, value) -> replaced.set(key, value, key.key()));
    Settings settings = base.asSettings("preset " + base.preset()).overriddenBy(replaced);
    return RunSpec.of(settings).startedFrom(base.preset());
  }

  /**
   * The settings that a run reads.
   *
   * @param base the run whose other settings are kept
   * @param strict whether to refuse settings that it does not read, or to leave them out
   * @throws InputException if a setting is refused, or none is searched
   */
  SearchSpace readBy(RunSpec base, boolean strict) {
    List<Dimension> read = new ArrayList<>();
    List<RunSpec> probes = probes(base);
    for (Dimension dimension : dimensions) {
      Optional<String> ignored = ignored(dimension.key(), probes);
      if (ignored.isEmpty()) {
        read.add(dimension);
      } else if (strict) {
        throw new InputException(dimension.origin() + ": " + dimension.key() + " " + ignored.get());
      }
    }
    SearchSpace space = new SearchSpace(read);
    if (space.searched().isEmpty()) {
      throw new InputException(
          dimensions.isEmpty()
              ? "there is nothing to search for " + base.title()
              : dimensions.get(0).origin()
                  + ": searches nothing, since every setting has a single value");
    }
    return space;
  }

  /** Why none of some runs reads a setting. */
  private static Optional<String> ignored(SettingKey key, List<RunSpec> probes) {
    Optional<String> first = Optional.empty();
    for (RunSpec probe : probes) {
      Optional<String> why = probe.whyIgnored(key);
      if (why.isEmpty()) {
        return why;
      }
      first = first.or(() -> why);
    }
    return first;
  }

  private List<RunSpec> probes(RunSpec base) {
    List<RunSpec> probes = new ArrayList<>();
    RandomStream random = RandomStream.of(0, RandomStream.Purpose.SEARCH, -1);
    InputException refusal = null;
    for (int probe = 0; probe < PROBES; probe++) {
      try {
        probes.add(applied(base, known(base, draw(random))));
      } catch (InputException e) {
        refusal = e;
      }
    }
    if (probes.isEmpty()) {
      throw new InputException(
          dimensions.get(0).origin() + ": no settings go together: " + refusal.getMessage(),
          refusal);
    }
    return probes;
  }

  /** Without settings that only other losses or backbones bring. */
  private static Map<SettingKey, String> known(RunSpec base, Map<SettingKey, String> values) {
    Map<SettingKey, String> known = new LinkedHashMap<>(values);
    known.keySet().retainAll(base.asSettings("run").keys());
    return known;
  }
}
