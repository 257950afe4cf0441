package bsl.report;

import java.util.regex.Pattern;

/**
 * Holds a statement of the paper that can be decided, and what came out. A verdict by itself never
 * fails the command.
 *
 * @param id names the claim for programs, even if its statement is reworded: lower-case words
 *     joined by hyphens; no other claim of the same report, data set and protocol has it
 * @param number which of the paper's claims it is a part of (1 to 5), 0 if beyond the paper
 * @param dataset on which data set
 * @param protocol under which protocol: {@code paper} or {@code held-out}
 * @param statement what is claimed
 * @param verdict what came out
 * @param evidence the numbers behind the verdict, for people
 * @param finding the same for programs
 */
public record Claim(
    String id,
    int number,
    String dataset,
    String protocol,
    String statement,
    Verdict verdict,
    String evidence,
    Finding finding) {
  private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  /**
   * Checks the id.
   *
   * @throws IllegalArgumentException if it has anything but lower-case words and hyphens
   */
  public Claim {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("'" + id + "' is no id of a claim");
    }
  }

  /** For people: the number, or that it is none of the paper's. */
  String label() {
    return number == 0 ? "beyond" : Integer.toString(number);
  }
}
