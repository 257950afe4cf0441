package bsl.paper;

import bsl.report.Block;
import bsl.report.Check;
import bsl.report.Claim;
import bsl.report.Column;
import bsl.report.Figure;
import bsl.report.Heading;
import bsl.report.Leaning;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.report.Table;
import bsl.report.Verdict;
import bsl.run.Protocol;
import java.util.ArrayList;
import java.util.List;

/**
 * An artifact under the protocols of a scope. Under one protocol it is the artifact itself. Under
 * both, its report has a part of each protocol, and says of each claim whether both agree. What is
 * not under protocol {@code paper} is marked in captions, titles and file names, so that no number
 * is taken for one of the other protocol.
 */
final class UnderProtocols implements Artifact {
  /** Names of tables and figures end in it. */
  private static final String HELD_OUT = Protocol.HELD_OUT.key();

  private final Artifact artifact;

  UnderProtocols(Artifact artifact) {
    this.artifact = artifact;
  }

  /** Those of the scope's protocols that an artifact knows, or {@code paper} if it knows none. */
  static Scope known(Artifact artifact, Scope scope) {
    List<Protocol> known =
        scope.protocols().stream().filter(artifact.protocols()::contains).toList();
    return new Scope(
        scope.profile(),
        scope.preset(),
        scope.datasets(),
        scope.backbones(),
        scope.seeds(),
        known.isEmpty() ? List.of(Protocol.PAPER) : known);
  }

  private List<Scope> scopes(Scope scope) {
    return known(artifact, scope).protocols().stream().map(scope::under).toList();
  }

  @Override
  public String id() {
    return artifact.id();
  }

  @Override
  public String title() {
    return artifact.title();
  }

  @Override
  public String paperReference() {
    return artifact.paperReference();
  }

  @Override
  public String description() {
    return artifact.description();
  }

  @Override
  public List<Protocol> protocols() {
    return artifact.protocols();
  }

  @Override
  public boolean expectsChecks(Scope scope) {
    return scopes(scope).stream().anyMatch(artifact::expectsChecks);
  }

  @Override
  public boolean needsData() {
    return artifact.needsData();
  }

  @Override
  public List<String> backbones() {
    return artifact.backbones();
  }

  @Override
  public boolean uses(List<String> available) {
    return artifact.uses(available);
  }

  @Override
  public List<Cell> cells(Scope scope) {
    return scopes(scope).stream().flatMap(one -> artifact.cells(one).stream()).toList();
  }

  @Override
  public boolean readsModels() {
    return artifact.readsModels();
  }

  @Override
  public Report report(Scope scope, FinishedRuns runs) {
    List<Scope> scopes = scopes(scope);
    if (scopes.size() == 1) {
      return marked(artifact.report(scopes.get(0), runs), scopes.get(0).protocol());
    }
    List<Block> blocks = new ArrayList<>();
    List<Claim> claims = new ArrayList<>();
    List<Check> checks = new ArrayList<>();
    for (Scope one : scopes) {
      Report part = marked(artifact.report(one, runs), one.protocol());
      blocks.add(new Heading("Protocol " + one.protocol().key()));
      blocks.addAll(part.blocks());
      claims.addAll(part.claims());
      checks.addAll(part.checks());
    }
    if (!claims.isEmpty()) {
      blocks.add(new Heading("Both protocols"));
      blocks.add(
          new Paragraph(
              "Whether a claim has the same verdict under both protocols. Where one of them decides"
                  + " nothing, it is said whether the evidence leans to the same side."));
      blocks.add(agreement(claims));
    }
    return new Report(id(), title(), blocks, claims, checks);
  }

  private static Report marked(Report report, Protocol protocol) {
    if (protocol == Protocol.PAPER) {
      return report;
    }
    List<Block> blocks = report.blocks().stream().map(UnderProtocols::marked).toList();
    return new Report(report.id(), report.title(), blocks, report.claims(), report.checks());
  }

  private static Block marked(Block block) {
    if (block instanceof Table table) {
      return table.renamed(name(table.name()), table.caption() + ", protocol " + HELD_OUT);
    }
    if (block instanceof Figure figure) {
      return figure.renamed(name(figure.name()), figure.title() + ", " + HELD_OUT);
    }
    return block;
  }

  private static String name(String name) {
    return name.isEmpty() ? HELD_OUT : name + "-" + HELD_OUT;
  }

  /** The claims under both protocols side by side. */
  static Table agreement(List<Claim> claims) {
    Table table =
        new Table(
            "protocols",
            "Verdicts under both protocols",
            Column.text("dataset", "data set"),
            Column.text("id", "claim"),
            Column.statement("statement", "statement"),
            Column.text("paper", "paper"),
            Column.text("held_out", "held-out"),
            Column.text("agree", "agree"));
    for (Claim paper : claims) {
      claims.stream()
          .filter(other -> paper.protocol().equals(Protocol.PAPER.key()))
          .filter(other -> other.protocol().equals(HELD_OUT))
          .filter(other -> other.id().equals(paper.id()))
          .filter(other -> other.dataset().equals(paper.dataset()))
          .findFirst()
          .ifPresent(
              other ->
                  table.add(
                      paper.dataset(),
                      paper.id(),
                      paper.statement(),
                      said(paper),
                      said(other),
                      agree(paper, other)));
    }
    return table;
  }

  private static String said(Claim claim) {
    return claim.verdict() == Verdict.UNDECIDED
        ? claim.verdict().text() + ", " + claim.finding().leaning().text()
        : claim.verdict().text();
  }

  private static String agree(Claim paper, Claim other) {
    if (paper.verdict() == Verdict.NOT_RUN || other.verdict() == Verdict.NOT_RUN) {
      return "not run under both";
    }
    if (decided(paper) && decided(other)) {
      return paper.verdict() == other.verdict() ? "yes" : "no";
    }
    if (side(paper) == Leaning.NEITHER || side(other) == Leaning.NEITHER) {
      return "undecided";
    }
    return side(paper) == side(other) ? "undecided, leaning alike" : "undecided, leaning apart";
  }

  /** The side of a claim. One that holds within a margin may lean to neither. */
  private static Leaning side(Claim claim) {
    return switch (claim.verdict()) {
      case HOLDS -> Leaning.FOR;
      case FAILS -> Leaning.AGAINST;
      default -> claim.finding().leaning();
    };
  }

  private static boolean decided(Claim claim) {
    return claim.verdict() == Verdict.HOLDS || claim.verdict() == Verdict.FAILS;
  }
}
