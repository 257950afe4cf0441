package bsl.tune;

import java.util.List;
import java.util.Map;

/**
 * What a search keeps on disk beside its runs, as {@code tune.json} holds it.
 *
 * @param format version of this format
 * @param search what is searched and on what: settings, space, digests of the data, by name
 * @param limit what limits it, number of trials or time
 * @param brackets how many trials were let compete with each other, if time is the limit
 * @param spentSeconds time spent so far
 * @param otherSeconds time spent within other limits before, on trials that this one takes from
 *     there
 * @param measuredSeconds how long trainings took on one core
 * @param estimatedSeconds how long they had been estimated to take
 * @param failures why runs could not be trained, by the names of their folders
 * @param winner number of the trial that has won within the limit; 0 as long as there is none
 * @param presetTrial number of the trial that the preset was last written from, with any limit; 0
 *     if there is none
 * @param presetFile the file of that preset, seen from the search's folder; empty if there is none
 */
record SearchRecord(
    int format,
    Map<String, String> search,
    String limit,
    List<Integer> brackets,
    double spentSeconds,
    double otherSeconds,
    double measuredSeconds,
    double estimatedSeconds,
    Map<String, String> failures,
    int winner,
    int presetTrial,
    String presetFile) {
  static final int FORMAT = 1;
}
