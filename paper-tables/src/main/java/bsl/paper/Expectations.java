package bsl.paper;

import bsl.report.Check;
import bsl.report.Claim;
import bsl.report.Report;
import bsl.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Claims that profile quick decides, on ml-1m and on the synthetic set, and that longer training
 * does not turn. Their verdicts are asserted there, as no number is; all others are shown only:
 * that SL is fairer than BPR, say, holds on ml-1m after four epochs and not at the end of training.
 * Runs give the same bits everywhere, so that a failed check means that something was changed.
 */
public final class Expectations {
  private static final Set<String> BOTH =
      Set.of(
          "BSL is at least as good as SL on clean data, mf",
          "The variance penalty raises NDCG@20, mf",
          "False negatives weigh more than clean ones in the worst case, and the less the larger tau is",
          "BSL's positive side weighs noisy positives down, model trained with SL",
          "BSL's positive side weighs noisy positives down, model trained with BSL");

  private static final Set<String> ML_1M = Set.of("SL beats BPR, BCE and MSE by more than 15%, mf");

  private Expectations() {}

  /** The report, with checks of the verdicts that its scope expects. */
  public static Report applied(Scope scope, Report report) {
    if (scope.comparable()) {
      return report;
    }
    List<Check> checks = new ArrayList<>(report.checks());
    for (Claim claim : report.claims()) {
      if (expected(claim)) {
        checks.add(
            Check.holds(
                "holds on " + claim.dataset() + ": " + claim.statement(),
                claim.verdict() == Verdict.HOLDS));
      }
    }
    return new Report(report.id(), report.title(), report.blocks(), report.claims(), checks);
  }

  private static boolean expected(Claim claim) {
    boolean both = BOTH.contains(claim.statement());
    return switch (claim.dataset()) {
      case "ml-1m" -> both || ML_1M.contains(claim.statement());
      case Scope.SYNTHETIC -> both;
      default -> false;
    };
  }
}
