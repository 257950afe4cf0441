package bsl.paper;

import bsl.report.Check;
import bsl.report.Claim;
import bsl.report.Leaning;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.report.Table;
import bsl.run.Presets;
import bsl.run.Protocol;
import bsl.run.RunSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Adds to a report what is expected of every report. These are the claims that profile quick shows,
 * and at least one number where numbers are compared with published ones. A paragraph is added if
 * data are not the catalogue's.
 *
 * <p>Profile quick compares no numbers, so it asserts claims: to which side the evidence leans,
 * since one seed decides nothing. Only claims that its few epochs show and that longer training
 * does not turn are asserted. For example, SL is fairer than BPR on ml-1m after four epochs but not
 * at the end of training, so that claim is only shown. Runs give the same bits everywhere, so a
 * failed check means that something was changed. Of a preset of the user's own nothing is known, so
 * nothing is asserted.
 */
public final class Expectations {
  /**
   * A claim to which the evidence leans in profile quick.
   *
   * @param report id of the report that has the claim
   * @param claim id of the claim
   * @param datasets where it does
   */
  record Expected(String report, String claim, Set<String> datasets) {}

  private static final Set<String> BOTH = Set.of("ml-1m", Scope.SYNTHETIC);

  /** All expected claims are about matrix factorisation. */
  private static final String BACKBONE = "mf";

  private static final List<Expected> ALL =
      List.of(
          new Expected("overall", "bsl-at-least-sl-mf", BOTH),
          new Expected("loss-comparison", "sl-leads-by-15-percent-mf", Set.of("ml-1m")),
          new Expected("variance-ablation", "penalty-raises-ndcg-mf", BOTH),
          new Expected("theory", "false-negatives-weigh-more-mf", BOTH),
          new Expected("theory", "noisy-positives-weigh-less-sl-mf", BOTH),
          new Expected("theory", "noisy-positives-weigh-less-bsl-mf", BOTH));

  private Expectations() {}

  /** All claims to which the evidence leans in profile quick. */
  static List<Expected> all() {
    return ALL;
  }

  /**
   * Adds checks of what is expected in a scope. An expected claim that the report does not have is
   * a failed check. So are numbers that were asked for and are not there.
   *
   * @param scope the scope that the report was made of
   * @param report what {@link Artifact#report} made
   */
  public static Report applied(Scope scope, Report report) {
    List<Check> checks = new ArrayList<>();
    Optional<Artifact> artifact = Artifact.of(report.id());
    boolean known = Presets.isNamed(scope.preset());
    if (!scope.full() && known && scope.protocol() == Protocol.PAPER) {
      artifact.ifPresent(made -> checks.addAll(leanings(made, scope, report)));
    }
    if (report.checks().isEmpty() && artifact.stream().anyMatch(a -> a.expectsChecks(scope))) {
      checks.add(
          Check.holds(report.id() + " has a number to set beside the published ones", false));
    }
    Report checked = report.with(checks);
    return hasOtherData(report) ? checked.headed(new Paragraph(onOtherData())) : checked;
  }

  private static List<Check> leanings(Artifact artifact, Scope scope, Report report) {
    List<RunSpec> runs = artifact.runs(scope);
    List<Check> checks = new ArrayList<>();
    for (Expected expected : ALL) {
      if (expected.report().equals(report.id())) {
        runs.stream()
            .filter(run -> run.backbone().equals(BACKBONE))
            .map(RunSpec::dataset)
            .distinct()
            .filter(expected.datasets()::contains)
            .forEach(dataset -> leaning(expected, dataset, report).ifPresent(checks::add));
      }
    }
    return checks;
  }

  /** Checks a claim. There is no check if the claim is about other data of the same name. */
  private static Optional<Check> leaning(Expected expected, String dataset, Report report) {
    List<Claim> claims =
        report.claims().stream()
            .filter(claim -> claim.id().equals(expected.claim()))
            .filter(claim -> claim.protocol().equals(Protocol.PAPER.key()))
            .toList();
    for (Claim claim : claims) {
      if (claim.dataset().equals(dataset)) {
        return Optional.of(
            Check.holds(
                claim.statement() + ", " + dataset, claim.finding().leaning() == Leaning.FOR));
      }
      if (claim.dataset().equals(dataset + FinishedRuns.OTHER_DATA)) {
        return Optional.empty();
      }
    }
    return Optional.of(
        Check.holds(report.id() + " has claim " + expected.claim() + " on " + dataset, false));
  }

  private static boolean hasOtherData(Report report) {
    boolean inClaims = report.claims().stream().anyMatch(claim -> other(claim.dataset()));
    return inClaims
        || report.blocks().stream()
            .filter(Table.class::isInstance)
            .flatMap(block -> ((Table) block).rows().stream())
            .flatMap(row -> row.cells().stream())
            .anyMatch(Expectations::other);
  }

  private static boolean other(Object cell) {
    return cell instanceof String text && text.endsWith(FinishedRuns.OTHER_DATA);
  }

  private static String onOtherData() {
    return "Data sets marked"
        + FinishedRuns.OTHER_DATA
        + " have a name of the catalogue and other pairs than the catalogue's. Their numbers are not"
        + " comparable with the published ones, which are left out.";
  }
}
