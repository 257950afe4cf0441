package bsl.paper;

import bsl.eval.Evidence;
import bsl.eval.HolmCorrection;
import bsl.report.Claim;
import bsl.report.Finding;
import bsl.report.Leaning;
import bsl.report.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Judges the claims of one report. Claims that say the same of other data sets, backbones or losses
 * are a family. All tests of a family are corrected together by Holm's method, so that the
 * probability of any false verdict in it is about 5% at most.
 *
 * <p>A claim rests on one or more hypotheses. If all have to hold, it holds if all do, and it does
 * not hold if one does not. If one is enough, it holds if one does, and it does not hold if none
 * does. Otherwise it is undecided.
 */
final class ClaimJudge {
  /**
   * What is claimed, for {@link Claim}.
   *
   * @param id see {@link Claim#id}
   * @param number see {@link Claim#number}
   * @param dataset see {@link Claim#dataset}
   * @param statement see {@link Claim#statement}
   */
  record Statement(String id, int number, String dataset, String statement) {}

  /** A claim that waits for the others of its family. */
  private record Open(
      Statement statement,
      String protocol,
      boolean one,
      List<Hypothesis> hypotheses,
      List<Integer> tests,
      Family family,
      String remark) {}

  /** The p-values of a family, and what they are once they are corrected. */
  private static final class Family {
    private final List<Double> pValues = new ArrayList<>();
    private double[] corrected;

    double corrected(int test) {
      if (corrected == null) {
        corrected =
            HolmCorrection.adjusted(pValues.stream().mapToDouble(Double::doubleValue).toArray());
      }
      return corrected[test];
    }
  }

  private final String protocol;
  private final List<Open> open = new ArrayList<>();
  private final Map<String, Family> families = new LinkedHashMap<>();

  /** Judges claims about runs under the scope's protocol. */
  ClaimJudge(Scope scope) {
    this(scope.protocol().key());
  }

  ClaimJudge(String protocol) {
    this.protocol = protocol;
  }

  /**
   * Adds a claim all of whose hypotheses have to hold.
   *
   * @param family names the claims that are corrected together
   * @param remark stands after the evidence; may be empty
   * @param hypotheses if there are none, the claim is not run
   */
  void all(String family, Statement statement, String remark, List<Hypothesis> hypotheses) {
    add(family, statement, false, remark, hypotheses);
  }

  /** Adds a claim of one hypothesis. */
  void one(String family, Statement statement, Hypothesis hypothesis) {
    one(family, statement, List.of(hypothesis));
  }

  /**
   * Adds a claim of one hypothesis, or of none if nothing was measured.
   *
   * @param remark stands after the evidence; may be empty
   */
  void one(String family, Statement statement, String remark, List<Hypothesis> hypotheses) {
    add(family, statement, false, remark, hypotheses);
  }

  /** Adds a claim of one hypothesis, or of none if nothing was measured. */
  void one(String family, Statement statement, List<Hypothesis> hypotheses) {
    one(family, statement, "", hypotheses);
  }

  /** Adds a claim of whose hypotheses one is enough; otherwise as {@link #all}. */
  void any(String family, Statement statement, String remark, List<Hypothesis> hypotheses) {
    add(family, statement, true, remark, hypotheses);
  }

  private void add(
      String family, Statement statement, boolean one, String remark, List<Hypothesis> hypotheses) {
    Family tests = families.computeIfAbsent(family, name -> new Family());
    List<Integer> numbers = new ArrayList<>();
    for (Hypothesis hypothesis : hypotheses) {
      numbers.add(tests.pValues.size());
      tests.pValues.add(hypothesis.pValue());
    }
    open.add(new Open(statement, protocol, one, List.copyOf(hypotheses), numbers, tests, remark));
  }

  /** The claims with their verdicts, in the order in which they were added. */
  List<Claim> judged() {
    return open.stream().map(ClaimJudge::judged).toList();
  }

  /** A hypothesis with its corrected p-value. */
  private record Tested(Hypothesis hypothesis, double pValue) {
    Verdict verdict() {
      return hypothesis.verdict(pValue);
    }

    /** From strongly against to strongly for. */
    double weight() {
      return hypothesis.above() ? 1 - pValue : pValue - 1;
    }

    double beyond() {
      return hypothesis.effect() - hypothesis.threshold();
    }
  }

  private static final Comparator<Tested> BY_WEIGHT =
      Comparator.comparingDouble(Tested::weight).thenComparingDouble(Tested::beyond);

  private static Claim judged(Open claim) {
    List<Tested> tested = new ArrayList<>();
    for (int h = 0; h < claim.hypotheses().size(); h++) {
      int test = claim.tests().get(h);
      tested.add(new Tested(claim.hypotheses().get(h), claim.family().corrected(test)));
    }
    if (tested.isEmpty()) {
      String remark = claim.remark().isEmpty() ? "" : "; " + claim.remark();
      return claim(claim, Verdict.NOT_RUN, "not measured" + remark, Finding.NONE);
    }
    Tested decisive =
        claim.one()
            ? tested.stream().max(BY_WEIGHT).orElseThrow()
            : tested.stream().min(BY_WEIGHT).orElseThrow();
    List<Verdict> verdicts = tested.stream().map(Tested::verdict).toList();
    Leaning leaning =
        leaning(claim.one(), tested.stream().map(t -> t.hypothesis().leaning()).toList());
    Hypothesis of = decisive.hypothesis();
    Finding finding =
        new Finding(
            of.evidence().seeds(),
            of.effect(),
            of.low(),
            of.high(),
            of.threshold(),
            of.decidable() ? decisive.pValue() : Double.NaN,
            claim.family().pValues.size(),
            leaning);
    List<Tested> shown = claim.one() ? List.of(decisive) : tested;
    Verdict verdict = verdict(claim.one(), verdicts);
    String evidence = evidence(shown, decisive, leaning) + lack(tested, verdict);
    return claim(claim, verdict, evidence + remarks(claim, shown), finding);
  }

  private static Claim claim(Open claim, Verdict verdict, String evidence, Finding finding) {
    Statement said = claim.statement();
    return new Claim(
        said.id(),
        said.number(),
        said.dataset(),
        claim.protocol(),
        said.statement(),
        verdict,
        evidence,
        finding);
  }

  /** The verdict on a claim, by those on its hypotheses. */
  private static Verdict verdict(boolean one, List<Verdict> verdicts) {
    Verdict enough = one ? Verdict.HOLDS : Verdict.FAILS;
    Verdict unanimous = one ? Verdict.FAILS : Verdict.HOLDS;
    if (verdicts.contains(enough)) {
      return enough;
    }
    return verdicts.stream().allMatch(unanimous::equals) ? unanimous : Verdict.UNDECIDED;
  }

  private static Leaning leaning(boolean one, List<Leaning> leanings) {
    Leaning enough = one ? Leaning.FOR : Leaning.AGAINST;
    Leaning unanimous = one ? Leaning.AGAINST : Leaning.FOR;
    if (leanings.contains(enough)) {
      return enough;
    }
    return leanings.stream().allMatch(unanimous::equals) ? unanimous : Leaning.NEITHER;
  }

  private static String evidence(List<Tested> shown, Tested decisive, Leaning leaning) {
    Hypothesis of = decisive.hypothesis();
    int seeds = of.evidence().seeds();
    StringBuilder text =
        new StringBuilder(
            shown.stream()
                .map(each -> each.hypothesis().shown() + shownPValue(each))
                .collect(Collectors.joining("; ")));
    text.append(seeds == 1 ? ", one seed" : ", " + seeds + " seeds");
    if (!of.evidence().decides()) {
      text.append(": ").append(leaning.text());
    }
    return text.toString();
  }

  /** What could not be tested. Where one hypothesis is enough, it may be one that is not shown. */
  private static String lack(List<Tested> tested, Verdict verdict) {
    List<Hypothesis> lacking =
        tested.stream().map(Tested::hypothesis).filter(it -> it.lack().isPresent()).toList();
    if (lacking.isEmpty()) {
      return "";
    }
    // It is the reason only if nothing else keeps the claim open.
    boolean decides =
        verdict == Verdict.UNDECIDED
            && tested.stream()
                .filter(each -> each.verdict() == Verdict.UNDECIDED)
                .map(Tested::hypothesis)
                .allMatch(
                    it -> it.lack().isPresent() && it.evidence().seeds() >= Evidence.ENOUGH_SEEDS);
    String said =
        decides
            ? "undecided because "
            : lacking.size() == tested.size() ? "not tested, because " : "not all tested, because ";
    return "; " + said + lacking.get(0).lack().orElseThrow();
  }

  private static String remarks(Open claim, List<Tested> shown) {
    StringBuilder text = new StringBuilder();
    int tests = claim.family().pValues.size();
    boolean corrected = shown.stream().anyMatch(each -> each.hypothesis().decidable());
    if (corrected && tests > 1) {
      text.append("; p by Holm over ").append(tests).append(" tests");
    }
    if (!claim.remark().isEmpty()) {
      text.append("; ").append(claim.remark());
    }
    return text.toString();
  }

  private static String shownPValue(Tested tested) {
    if (!tested.hypothesis().decidable()) {
      return "";
    }
    return tested.pValue() < 1e-4
        ? ", p < 0.0001"
        : String.format(Locale.ROOT, ", p = %.2g", tested.pValue());
  }
}
