package bsl.report;

/**
 * A statement of the paper that can be decided, and what came out. A verdict never fails a build.
 *
 * @param number which of the paper's claims it is a part of (1 to 5), 0 if beyond the paper
 * @param dataset on which data set
 * @param statement what is claimed
 * @param verdict what came out
 * @param evidence the numbers behind the verdict
 */
public record Claim(
    int number, String dataset, String statement, Verdict verdict, String evidence) {
  /** For people: the number, or that it is none of the paper's. */
  String label() {
    return number == 0 ? "beyond" : Integer.toString(number);
  }
}
