package bsl.cli;

import bsl.core.CountText;
import bsl.paper.Artifact;
import bsl.paper.Reproduction;
import bsl.paper.ReproductionPlan;
import bsl.paper.Scope;
import bsl.run.InputException;
import java.io.PrintWriter;
import java.util.List;

/** What {@code reproduce --list} prints: what each artifact is, what it trains, and how long. */
final class ArtifactList {
  private ArtifactList() {}

  /**
   * Prints it.
   *
   * @param scope of which the runs are counted; its data sets need not be at hand
   */
  static void print(PrintWriter to, Scope scope, int threads) {
    for (Artifact artifact : Artifact.all()) {
      to.println(artifact.id());
      to.println("    " + artifact.paperReference() + ":");
      to.println("    " + artifact.description());
      to.println("    " + workOrWhyNot(artifact, scope, threads));
    }
    to.println();
    to.println(
        "Data sets "
            + String.join(", ", scope.datasets())
            + ", profile "
            + scope.profile().title()
            + ", preset "
            + scope.preset()
            + (scope.seeds() == 1 ? ", one seed." : ", " + scope.seeds() + " seeds."));
    to.println("Artifacts share runs, so that all of them together take less than the sum.");
    to.flush();
  }

  private static String workOrWhyNot(Artifact artifact, Scope scope, int threads) {
    try {
      return work(artifact, scope, threads);
    } catch (InputException e) {
      return "cannot be trained: " + e.getMessage();
    }
  }

  private static String work(Artifact artifact, Scope scope, int threads) {
    if (!artifact.uses(scope.backbones())) {
      return "has only " + String.join(", ", artifact.backbones());
    }
    if (artifact.runs(scope).isEmpty()) {
      return "trains nothing";
    }
    ReproductionPlan plan =
        Reproduction.of(scope, CatalogueSizes::split)
            .artifacts(List.of(artifact))
            .threads(threads)
            .build()
            .plan();
    return "trains "
        + CountText.of(plan.runs(), "run")
        + ", about "
        + Times.text(plan.seconds())
        + " on "
        + CountText.of(threads, "thread");
  }
}
