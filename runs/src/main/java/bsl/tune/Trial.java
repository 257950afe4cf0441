package bsl.tune;

import bsl.run.RunSpec;
import bsl.run.SettingKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One setting of all that is searched.
 *
 * @param number counted from 1; trials of the same seed and space have the same numbers, however
 *     many there are
 * @param run the run that tries it
 * @param values the values of the settings that are searched
 * @param stays whether it comes to its end, whatever other trials come to
 */
public record Trial(int number, RunSpec run, Map<SettingKey, String> values, boolean stays) {
  /** Copies the map, in its order. */
  public Trial {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Whether it tries the settings of a run as they are. */
  public boolean tries(RunSpec base) {
    return run.equals(TrialDraws.asTrial(base));
  }
}
