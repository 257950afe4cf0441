package bsl.run;

import bsl.core.Sha256;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Says whether two runs are the same run, and names a run's folder.
 *
 * <p>A run's identity is made of these things: the settings that matter to its loss and backbone,
 * the content of its data set, {@link Numerics#VERSION}, and the code of a loss or backbone that
 * does not belong to this project. A setting that the loss or backbone does not read does not
 * enter, nor does a setting that another one switches off. Preset, threads and kernels do not
 * enter, since they do not change the result. A setting left at its default does not enter either,
 * so that a later version can add settings and still find old runs; a default must therefore never
 * be changed without a new {@link Numerics#VERSION}.
 *
 * <p>Immutable. Two ids are equal if their digests are.
 */
public final class RunId {
  private static final int NAME_DIGITS = 12;
  private static final String VALIDATION = "validation";
  private static final String CODE = "code of ";

  private final String title;
  private final Map<String, String> parts;
  private final String digest;

  private RunId(String title, Map<String, String> parts, String digest) {
    this.title = title;
    this.parts = parts;
    this.digest = digest;
  }

  /**
   * The id of a run that this version of the code trains.
   *
   * @param spec the run's settings
   * @param dataDigests content digests of the data set by part ({@code train}, {@code validation}
   *     where there is one, {@code test}), as {@link RunData#digests} and a run's provenance have
   *     them
   */
  public static RunId of(RunSpec spec, Map<String, String> dataDigests) {
    return of(spec, dataDigests, Numerics.VERSION, KindCode.of(spec));
  }

  /**
   * The id of a run that some version of the code has trained.
   *
   * @param spec the run's settings
   * @param dataDigests content digests of the data set by part
   * @param numerics the {@link Numerics#VERSION} it was trained with
   * @param code the code of its loss and backbone, as {@link Provenance#code} has it
   */
  public static RunId of(
      RunSpec spec, Map<String, String> dataDigests, int numerics, Map<String, String> code) {
    Map<String, String> parts = new TreeMap<>();
    Map<String, String> named = new TreeMap<>();
    RelevantSettings.of(spec)
        .forEach(
            (key, value) -> {
              if (key.equals(SettingKey.HELD_OUT_FRACTION) && dataDigests.containsKey(VALIDATION)) {
                return; // Pairs that come with the data set are taken instead.
              }
              parts.put(key.key(), value);
              if (!value.equals(key.canonicalFallback().orElse(null))) {
                named.put(key.key(), value);
              }
            });
    dataDigests.forEach((part, value) -> parts.put("data " + part, value));
    parts.put("numerics", Integer.toString(numerics));
    code.forEach((owner, value) -> parts.put(CODE + owner, value));
    dataDigests.forEach((part, value) -> named.put("data " + part, value));
    code.forEach((owner, value) -> named.put(CODE + owner, value));
    named.put("numerics", Integer.toString(numerics));
    StringBuilder text = new StringBuilder();
    named.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    return new RunId(spec.title(), parts, Sha256.of(text.toString()));
  }

  /**
   * The id of a recorded run, from its {@code provenance.json}.
   *
   * @throws InputException if a setting is unknown or not allowed
   */
  public static RunId of(Provenance provenance, Path file) {
    return of(
        provenance.spec(file), provenance.dataDigests(), provenance.numerics(), provenance.code());
  }

  /** SHA-256 of everything that fixes the result, hexadecimal. */
  public String digest() {
    return digest;
  }

  /**
   * The name of the run's folder: data set, backbone, loss and the digest's first digits, for
   * example {@code ml-1m-mf-bsl-1a2b3c4d5e6f}. Characters that are not safe in file names are
   * replaced by an underscore.
   */
  public String folderName() {
    return title.replaceAll("[^A-Za-z0-9._-]", "_") + "-" + digest.substring(0, NAME_DIGITS);
  }

  /**
   * What tells this run from another one, for messages: an entry for each setting that matters to
   * both and has another value, for each part of the data whose content differs, for the version of
   * the numerics, and for code from outside this project that has changed. Empty if and only if the
   * ids are equal.
   *
   * @param stored the other run, such as the one found in a folder
   * @return for example {@code tau is 0.2 there, not 0.1}
   */
  public List<String> differencesFrom(RunId stored) {
    List<String> differences = new ArrayList<>();
    TreeSet<String> keys = new TreeSet<>(parts.keySet());
    keys.addAll(stored.parts.keySet());
    for (String key : keys) {
      String here = parts.get(key);
      String there = stored.parts.get(key);
      if (here == null || there == null) {
        // Follows from another difference, unless it is a part of the data.
        if (key.startsWith("data ")) {
          differences.add(key + (there == null ? " is missing there" : " is there only"));
        } else if (key.startsWith(CODE) && ofSameKind(key, stored)) {
          differences.add(key + " is recorded only " + (there == null ? "here" : "there"));
        }
      } else if (!here.equals(there)) {
        differences.add(
            key.startsWith("data ")
                ? key + " has other content there"
                : key.startsWith(CODE)
                    ? key + " has changed"
                    : key + " is " + there + " there, not " + here);
      }
    }
    return differences;
  }

  /** Whether both have the loss or backbone that an entry is about the code of. */
  private boolean ofSameKind(String codeOf, RunId stored) {
    String key = codeOf.substring(CODE.length(), codeOf.lastIndexOf(' '));
    return parts.get(key).equals(stored.parts.get(key));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RunId that && digest.equals(that.digest);
  }

  @Override
  public int hashCode() {
    return digest.hashCode();
  }

  @Override
  public String toString() {
    return folderName();
  }
}
