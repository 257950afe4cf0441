package bsl.benchmarks.track;

import bsl.core.CountText;
import java.util.Locale;

/**
 * The kind of machine and Java that results are of. Points are compared with points of an equal one
 * only.
 *
 * @param cpu model of the processor
 * @param cores cores that Java may use
 * @param vectorBits width of the vectors that the kernels use; 0 for none
 * @param system operating system and architecture
 * @param java feature version of Java, e.g. 17
 */
record Machine(String cpu, int cores, int vectorBits, String system, int java) {
  /** One line for people. */
  String text() {
    return String.format(
        Locale.ROOT,
        "%s, %s, %d-bit vectors, %s, Java %d",
        cpu,
        CountText.of(cores, "core"),
        vectorBits,
        system,
        java);
  }

  /** What tells kinds of machine apart in names of files: lower-case letters, digits, hyphens. */
  String slug() {
    String words = cpu + " " + cores + " " + vectorBits + " " + system + " java" + java;
    return words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }
}
