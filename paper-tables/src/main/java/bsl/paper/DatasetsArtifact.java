package bsl.paper;

import bsl.data.DatasetCatalog;
import bsl.data.DatasetEntry;
import bsl.report.Check;
import bsl.report.Column;
import bsl.report.Report;
import bsl.report.Table;
import bsl.run.Presets;
import bsl.run.RunData;
import java.util.ArrayList;
import java.util.List;

/** Reproduces the paper's table of data sets, and says whether the data at hand are the paper's. */
public final class DatasetsArtifact implements Artifact {
  @Override
  public String id() {
    return "datasets";
  }

  @Override
  public String title() {
    return "Data sets";
  }

  @Override
  public String paperReference() {
    return "table of data sets";
  }

  @Override
  public String description() {
    return "users, items and pairs beside those of the paper";
  }

  @Override
  public boolean expectsChecks(Scope scope) {
    return DatasetCatalog.entries().stream()
        .anyMatch(entry -> scope.datasets().contains(entry.name()));
  }

  @Override
  public List<String> backbones() {
    return List.of();
  }

  @Override
  public List<Cell> cells(Scope scope) {
    return List.of();
  }

  @Override
  public Report report(Scope scope, FinishedRuns runs) {
    Table table =
        new Table(
            "",
            "Data sets",
            Column.text("dataset", "data set"),
            Column.number("users", "users", "%,d"),
            Column.number("items", "items", "%,d"),
            Column.number("train", "train pairs", "%,d"),
            Column.number("test", "test pairs", "%,d"),
            new Column("density", "density", "%.3f%%", 100, false),
            Column.text("same", "as the paper has it"));
    List<Check> checks = new ArrayList<>();
    for (DatasetEntry entry : DatasetCatalog.entries()) {
      if (!scope.datasets().contains(entry.name())) {
        table.add(entry.name(), null, null, null, null, null, "left out");
        continue;
      }
      RunData data = runs.data(Presets.spec(Presets.NONE, entry.name(), "mf", "sl"));
      boolean same = same(entry, data);
      String how = entry.reservation().isEmpty() ? "digests too" : "digests where known";
      checks.add(Check.holds(entry.name() + " has the paper's pairs, " + how, same));
      double density = (double) data.train().size() / data.train().users() / data.train().items();
      table.add(
          entry.name(),
          data.train().users(),
          data.train().items(),
          data.train().size(),
          data.test().size(),
          density,
          same ? "yes, " + how : "NO");
    }
    return new Report(id(), title(), List.of(table), List.of(), checks);
  }

  private static boolean same(DatasetEntry entry, RunData data) {
    return data.train().users() == entry.users()
        && data.train().items() == entry.items()
        && data.train().size() == entry.pairs().getOrDefault("train", data.train().size())
        && data.test().size() == entry.pairs().getOrDefault("test", data.test().size())
        && entry.digests().entrySet().stream()
            .allMatch(
                known ->
                    known.getValue().equals(data.digests().get(FinishedRuns.part(known.getKey()))));
  }
}
