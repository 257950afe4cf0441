package bsl.run;

import java.util.stream.Collectors;

/**
 * Why a run could not be trained.
 *
 * @param spec the run
 * @param why the reason, on one line
 */
public record RunFailure(RunSpec spec, String why) {
  /** The run with the settings that have a say in it, and the reason. */
  public String text() {
    String settings =
        RelevantSettings.of(spec).entrySet().stream()
            .filter(e -> !e.getValue().equals(e.getKey().canonicalFallback().orElse(null)))
            .map(e -> e.getKey().key() + " " + e.getValue())
            .collect(Collectors.joining(", "));
    return spec.title() + " (" + settings + "): " + why;
  }
}
