package bsl.run;

import bsl.core.Interactions;
import bsl.core.Split;
import bsl.data.DatasetCatalog;
import bsl.noise.PositiveNoise;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The pairs that a run trains on, selects its epoch by and reports on, as its protocol cuts them.
 *
 * @param train pairs to train on, noise included; as in the authors' noisy files, noise is not
 *     ranked in evaluation, not even where it hits a test pair
 * @param noise those of them that are injected false positives
 * @param validation pairs to select the epoch by; the test pairs themselves where {@code
 *     selectsOnTest}
 * @param test pairs to report on
 * @param selectsOnTest whether the epoch is selected on the test set
 * @param digests content digests of the parts of the data set before any cutting, by part
 * @param deviations how the data set differs from the one the catalogue knows by that name, a line
 *     per difference; empty if it does not, or if the catalogue does not list it
 * @param dataImport where the data set comes from, see {@link DataImport#recordOf}; empty if it has
 *     no record
 */
public record RunData(
    Interactions train,
    Interactions noise,
    Interactions validation,
    Interactions test,
    boolean selectsOnTest,
    Map<String, String> digests,
    List<String> deviations,
    Map<String, Object> dataImport) {
  /** The part of {@link #digests} that says how many users and items there are. */
  static final String SHAPE = "shape";

  /** Data without a record of where they come from. */
  public RunData(
      Interactions train,
      Interactions noise,
      Interactions validation,
      Interactions test,
      boolean selectsOnTest,
      Map<String, String> digests,
      List<String> deviations) {
    this(train, noise, validation, test, selectsOnTest, digests, deviations, Map.of());
  }

  /**
   * The same data with the record of where they come from.
   *
   * @param record see {@link DataImport#recordOf}
   */
  public RunData importedFrom(Map<String, Object> record) {
    return new RunData(train, noise, validation, test, selectsOnTest, digests, deviations, record);
  }

  /**
   * Cuts a data set.
   *
   * @param split the data set as loaded
   * @param spec the run, of which protocol, held-out fraction, positive noise and seed count
   * @throws InputException if there is nothing to train, select or test on
   */
  public static RunData of(Split split, RunSpec spec) {
    return of(split, spec, digestsOf(split), deviationsOf(split));
  }

  /**
   * Content digests of the parts of a data set, by part. Where the pairs do not say how many users
   * and items there are, because the last ones have none, the numbers are a part, too.
   */
  static Map<String, String> digestsOf(Split split) {
    Map<String, String> digests = new LinkedHashMap<>();
    digests.put("train", split.train().digest());
    split.validation().ifPresent(v -> digests.put("validation", v.digest()));
    digests.put("test", split.test().digest());
    if (!hasPairsOfLast(split)) {
      digests.put(SHAPE, split.users() + " users and " + split.items() + " items");
    }
    return digests;
  }

  private static boolean hasPairsOfLast(Split split) {
    List<Interactions> parts = new ArrayList<>(List.of(split.train(), split.test()));
    split.validation().ifPresent(parts::add);
    return split.users() > 0
        && parts.stream().anyMatch(part -> part.degree(split.users() - 1) > 0)
        && parts.stream().anyMatch(part -> hasItem(part, split.items() - 1));
  }

  private static boolean hasItem(Interactions pairs, int item) {
    return IntStream.range(0, pairs.size()).anyMatch(p -> pairs.itemAt(p) == item);
  }

  /** How a data set differs from what the catalogue knows by its name, a line per difference. */
  static List<String> deviationsOf(Split split) {
    return DatasetCatalog.entry(split.name())
        .map(known -> known.differences(split))
        .orElse(List.of());
  }

  static RunData of(
      Split split, RunSpec spec, Map<String, String> digests, List<String> deviations) {
    requirePairs(split.name(), "train", split.train());
    requirePairs(split.name(), "test", split.test());
    boolean selectsOnTest = split.validation().isEmpty() && spec.protocol() == Protocol.PAPER;
    Split cut =
        selectsOnTest || split.validation().isPresent()
            ? split
            : split.holdOut(spec.heldOutFraction(), spec.seed());
    Interactions validation = selectsOnTest ? cut.test() : cut.validation().orElseThrow();
    if (validation.size() == 0 && split.validation().isEmpty()) {
      throw new InputException(
          "held_out_fraction "
              + spec.heldOutFraction()
              + " holds out no pair of any user of data set "
              + split.name());
    }
    requirePairs(split.name(), "validation", validation);
    Interactions noise = new PositiveNoise(spec.positiveNoise(), spec.seed()).drawnFor(cut.train());
    Interactions train = PositiveNoise.added(cut.train(), noise);
    return new RunData(train, noise, validation, cut.test(), selectsOnTest, digests, deviations);
  }

  /** Why pairs are never held out of a data set, for messages; nothing if they can be. */
  public static Optional<String> whyNothingIsHeldOut(Split split) {
    return split
        .validation()
        .map(
            pairs ->
                SettingKey.HELD_OUT_FRACTION.key()
                    + " has no effect: data set "
                    + split.name()
                    + " has validation pairs");
  }

  private static void requirePairs(String name, String part, Interactions pairs) {
    if (pairs.size() == 0) {
      throw new InputException("data set " + name + " has no " + part + " pairs");
    }
  }

  /** Pairs that are not ranked when the epoch is selected. */
  List<Interactions> maskedInValidation() {
    return List.of(train);
  }

  /** Pairs that are not ranked when the test set is evaluated. */
  public List<Interactions> maskedInTest() {
    return selectsOnTest ? List.of(train) : List.of(train, validation);
  }

  /**
   * Refuses a data set that is not the one a run was trained on, though its name may be the same.
   *
   * @param run the run's folder or record, for the message
   * @param dataset name of the data set, for the message
   * @param recorded content digests of the one it was trained on, by part
   * @throws InputException if it is another one
   */
  public void requireSame(Path run, String dataset, Map<String, String> recorded) {
    Optional<String> difference = differenceFrom(recorded);
    if (difference.isPresent()) {
      throw new InputException(
          run
              + ": data set "
              + dataset
              + " is not what the run was trained on: "
              + difference.get());
    }
  }

  /**
   * How the data set differs from the one a run was trained on.
   *
   * @param recorded content digests of that one, by part
   * @return for example {@code test pairs differ}; empty if it is the same
   */
  Optional<String> differenceFrom(Map<String, String> recorded) {
    TreeSet<String> parts = new TreeSet<>(recorded.keySet());
    parts.addAll(digests.keySet());
    parts.removeIf(part -> Objects.equals(recorded.get(part), digests.get(part)));
    if (parts.equals(Set.of(SHAPE))) {
      return Optional.of("numbers of users and items differ");
    }
    parts.remove(SHAPE);
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join(" and ", parts) + " pairs differ");
  }
}
