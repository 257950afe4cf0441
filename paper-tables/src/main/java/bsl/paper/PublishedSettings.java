package bsl.paper;

import bsl.run.RunSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Says which runs cannot be set beside published numbers, because a preset of the user's own has
 * something that no published run had.
 */
public final class PublishedSettings {
  /** Elements of the published embeddings. */
  private static final int DIMENSION = 64;

  private PublishedSettings() {}

  /**
   * What a run has that the published runs had not: noise, or embeddings of another size; empty if
   * it can be set beside them.
   */
  public static List<String> unlike(RunSpec spec) {
    List<String> unlike = new ArrayList<>(noise(spec));
    if (spec.dimension() != DIMENSION) {
      unlike.add("dimension " + spec.dimension());
    }
    return unlike;
  }

  /** The noise alone, for numbers that were published of embeddings of several sizes. */
  static List<String> noise(RunSpec spec) {
    List<String> noise = new ArrayList<>();
    if (spec.positiveNoise() > 0) {
      noise.add("positive_noise " + spec.positiveNoise());
    }
    if (spec.negativeNoiseOnTest()) {
      noise.add("negative_noise " + spec.negativeNoise());
    }
    return noise;
  }

  /** Whether a run can be set beside published numbers. */
  static boolean comparable(RunSpec spec) {
    return unlike(spec).isEmpty();
  }

  /** A sentence that names the runs of cells that are unlike; empty if there are none. */
  static String note(List<Cell> cells) {
    String titles =
        cells.stream()
            .map(Cell::first)
            .filter(run -> !comparable(run))
            .map(run -> run.title() + " (" + String.join(", ", unlike(run)) + ")")
            .distinct()
            .collect(Collectors.joining(", "));
    return titles.isEmpty()
        ? ""
        : "Not comparable with the published numbers, which are left out: " + titles + ".";
  }
}
