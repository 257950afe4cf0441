package bsl.run;

import bsl.core.Interactions;
import bsl.core.Split;
import bsl.noise.PositiveNoise;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

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
 */
public record RunData(
    Interactions train,
    Interactions noise,
    Interactions validation,
    Interactions test,
    boolean selectsOnTest,
    Map<String, String> digests) {

  /**
   * Cuts a data set.
   *
   * @param split the data set as loaded
   * @param spec the run, of which protocol, held-out fraction, positive noise and seed count
   * @throws InputException if there is nothing to train, select or test on
   */
  public static RunData of(Split split, RunSpec spec) {
    return of(split, spec, digestsOf(split));
  }

  /** Content digests of the parts of a data set, by part. */
  static Map<String, String> digestsOf(Split split) {
    Map<String, String> digests = new LinkedHashMap<>();
    digests.put("train", split.train().digest());
    split.validation().ifPresent(v -> digests.put("validation", v.digest()));
    digests.put("test", split.test().digest());
    return digests;
  }

  static RunData of(Split split, RunSpec spec, Map<String, String> digests) {
    requirePairs(split.name(), "train", split.train());
    requirePairs(split.name(), "test", split.test());
    boolean selectsOnTest = split.validation().isEmpty() && spec.protocol() == Protocol.PAPER;
    Split cut =
        selectsOnTest || split.validation().isPresent()
            ? split
            : split.holdOut(spec.heldOutFraction(), spec.seed());
    Interactions validation = selectsOnTest ? cut.test() : cut.validation().orElseThrow();
    requirePairs(split.name(), "validation", validation);
    Interactions noise = new PositiveNoise(spec.positiveNoise(), spec.seed()).drawnFor(cut.train());
    Interactions train = PositiveNoise.added(cut.train(), noise);
    return new RunData(train, noise, validation, cut.test(), selectsOnTest, digests);
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

  /** One name for all digests. */
  String digest() {
    return UUID.nameUUIDFromBytes(digests.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }
}
