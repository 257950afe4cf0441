package bsl.run;

import java.util.List;
import java.util.Map;

/**
 * What a recommender without training came to, and what it takes to fit it again, as {@code
 * provenance.json} of a {@link FitFolder} holds it.
 *
 * @param format version of this format
 * @param digest see {@link FitId#digest}
 * @param dataset name of the data set
 * @param baseline name of the recommender
 * @param settings all of its hyper-parameters
 * @param protocol how the data set was cut, {@code paper} or {@code held-out}
 * @param seed seed of the cut, and of the fit if it has one
 * @param dataDigests content digests of the data set's parts before it was cut
 * @param pairDigests content digests of the pairs it was fitted on, of those that it did not rank,
 *     and of those to find
 * @param software versions of suite, Java, operating system; they do not change the result
 * @param code the recommender's code where it is not this project's, see {@link Provenance#code}
 * @param threads threads that were used; they do not change the result
 * @param fitSeconds how long the fit took
 * @param evalSeconds how long the evaluation took
 * @param metrics its metrics on the test set
 * @param catalogue what it recommends
 * @param deviations see {@link RunResult#deviations}
 * @param dataImport see {@link Provenance#dataImport}
 */
public record FitRecord(
    String format,
    String digest,
    String dataset,
    String baseline,
    Map<String, String> settings,
    String protocol,
    long seed,
    Map<String, String> dataDigests,
    Map<String, String> pairDigests,
    Map<String, String> software,
    Map<String, String> code,
    int threads,
    double fitSeconds,
    double evalSeconds,
    Map<String, Double> metrics,
    CatalogueUse catalogue,
    List<String> deviations,
    Map<String, Object> dataImport) {
  /** The version that is written. It is no number, so that nobody takes the record for a run's. */
  public static final String FORMAT = "fit-1";
}
