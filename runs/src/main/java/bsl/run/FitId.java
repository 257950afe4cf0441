package bsl.run;

import bsl.core.Interactions;
import bsl.core.Sha256;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Says whether two fits of a recommender without training are the same, and names a fit's folder.
 * Fits are the same if recommender, settings, code and the pairs themselves are. So a fit that uses
 * no seed stands for all seeds whose pairs are the same.
 *
 * @param dataset name of the data set
 * @param baseline name of the recommender
 * @param settings its settings, without those that have their defaults
 * @param seed its seed; empty if it uses none
 * @param pairs content digests of the pairs
 * @param version version of its arithmetic
 * @param code its code where it is not this project's
 */
public record FitId(
    String dataset,
    String baseline,
    Map<String, String> settings,
    OptionalLong seed,
    Map<String, String> pairs,
    int version,
    Map<String, String> code) {
  private static final int NAME_DIGITS = 12;

  /** Content digests of the pairs that a recommender is fitted and evaluated on. */
  public static Map<String, String> pairs(RunData data) {
    Map<String, String> digests = new LinkedHashMap<>();
    digests.put("fitted", data.train().digest());
    int part = 0;
    for (Interactions masked : data.maskedInTest()) {
      if (masked != data.train()) {
        part++;
        digests.put(part == 1 ? "masked" : "masked " + part, masked.digest());
      }
    }
    digests.put("test", data.test().digest());
    Optional.ofNullable(data.digests().get(RunData.SHAPE))
        .ifPresent(shape -> digests.put(RunData.SHAPE, shape));
    return digests;
  }

  /**
   * The code of a recommender from outside this project, for {@link #code}.
   *
   * @throws InputException if its jar or folder cannot be read
   */
  public static String codeOf(Object recommender) {
    return "SHA-256 " + KindCode.digest(recommender.getClass());
  }

  /** SHA-256 of everything that fixes the result, hexadecimal. */
  public String digest() {
    StringBuilder text = new StringBuilder("baseline=" + baseline + "\n");
    new TreeMap<>(settings).forEach((key, value) -> line(text, key, value));
    seed.ifPresent(value -> line(text, "seed", Long.toString(value)));
    new TreeMap<>(pairs).forEach((part, value) -> line(text, "pairs " + part, value));
    line(text, "version", Integer.toString(version));
    new TreeMap<>(code).forEach((owner, value) -> line(text, "code of " + owner, value));
    return Sha256.of(text.toString());
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append(key).append('=').append(value).append('\n');
  }

  /** The name of the fit's folder, for example {@code ml-1m-ease-1a2b3c4d5e6f}. */
  public String folderName() {
    return (dataset + "-" + baseline).replaceAll("[^A-Za-z0-9._-]", "_")
        + "-"
        + digest().substring(0, NAME_DIGITS);
  }
}
