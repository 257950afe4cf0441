package bsl.paper;

import bsl.core.data.DatasetCatalog;
import bsl.core.data.DatasetEntry;
import bsl.run.Presets;
import bsl.run.RunData;
import bsl.run.RunSpec;
import java.util.List;
import java.util.Locale;

/** The paper's table of data sets: what lies on this machine beside what the paper has. */
public final class DatasetsArtifact implements Artifact {
  @Override
  public String id() {
    return "datasets";
  }

  /** Counting needs no training. */
  @Override
  public List<RunSpec> runs(Scope scope) {
    return List.of();
  }

  @Override
  public ArtifactReport report(Scope scope, FinishedRuns runs) {
    StringBuilder text = new StringBuilder("# Data sets\n\n");
    text.append(
        "| data set | users | items | train pairs | test pairs | density | as the paper has it |\n"
            + "|---|---:|---:|---:|---:|---:|---|\n");
    StringBuilder csv = new StringBuilder("dataset,users,items,train,test,density,same\n");
    boolean holds = true;
    for (DatasetEntry entry : DatasetCatalog.entries()) {
      if (!scope.datasets().contains(entry.name())) {
        text.append("| ").append(entry.name()).append(" | not at hand | | | | | |\n");
        csv.append(entry.name()).append(",,,,,,\n");
        continue;
      }
      RunData data = runs.data(Presets.spec(scope.preset(), entry.name(), "mf", "sl"));
      boolean same = same(entry, data);
      holds &= same;
      double density = (double) data.train().size() / data.train().users() / data.train().items();
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %,d | %,d | %,d | %,d | %.3f%% | %s |%n",
              entry.name(),
              data.train().users(),
              data.train().items(),
              data.train().size(),
              data.test().size(),
              100 * density,
              same ? "yes, digests too" : "NO"));
      csv.append(
          String.format(
              Locale.ROOT,
              "%s,%d,%d,%d,%d,%s,%s%n",
              entry.name(),
              data.train().users(),
              data.train().items(),
              data.train().size(),
              data.test().size(),
              density,
              same));
    }
    return new ArtifactReport(text.toString(), csv.toString(), holds);
  }

  private static boolean same(DatasetEntry entry, RunData data) {
    return data.train().users() == entry.users()
        && data.train().items() == entry.items()
        && data.train().size() == entry.pairs().getOrDefault("train", data.train().size())
        && data.test().size() == entry.pairs().getOrDefault("test", data.test().size())
        && entry.digests().entrySet().stream()
            .allMatch(known -> known.getValue().equals(data.digests().get(known.getKey())));
  }
}
