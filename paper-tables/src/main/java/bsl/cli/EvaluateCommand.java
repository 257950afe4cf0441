package bsl.cli;

import bsl.core.Split;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.eval.FullRankingEvaluator;
import bsl.eval.RankingMetrics;
import bsl.eval.RankingObserver;
import bsl.run.RunData;
import bsl.run.RunSpec;
import bsl.run.TrainedRun;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bsl evaluate}: evaluates a trained model on the test set. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = "Evaluate a trained model by ranking all items for every test user.")
final class EvaluateCommand implements Callable<Integer> {
  private static final RankingObserver[] NOBODY = {};

  @Mixin private DataOptions data;

  @Mixin private ThreadOption threads;

  @Mixin private ModelOption model;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description = {
        "data set; default the one it was trained on, which has to be as it was then;",
        "one that is named here may differ, which the output then says"
      })
  private String dataset;

  @Option(
      names = "--groups",
      description = {
        "also what each of ten groups of items, equally many train interactions each, contributes to",
        "recall@20, and how recommendations spread over the catalogue"
      })
  private boolean groups;

  @Mixin private JsonOption json;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    TrainedRun run = model.open(command.commandLine());
    RunSpec spec = run.spec();
    String name = dataset == null ? spec.dataset() : dataset;
    Split split = data.load(name);
    RunData pairs = dataset == null ? run.data(split) : run.anyData(split);
    new TrainedIds(data, run, command.commandLine()).require(split);
    Optional<String> difference = run.difference(pairs);
    FairnessReport fairness = groups ? new FairnessReport(pairs.train(), pairs.test()) : null;
    RankingMetrics metrics;
    double seconds;
    try (WorkPool pool = new WorkPool(threads.count())) {
      FullRankingEvaluator evaluator =
          new FullRankingEvaluator(
              pairs.test(), pairs.maskedInTest(), spec.testScore(), Kernels.best(), pool);
      long start = System.nanoTime();
      metrics = evaluator.evaluate(run.model(), groups ? fairness.observers() : NOBODY);
      seconds = (System.nanoTime() - start) / 1e9;
    }
    json.text().println(MetricTable.of(metrics.asMap()));
    if (groups) {
      json.text().println(fairness.text());
    }
    json.text().println("users evaluated: " + metrics.users());
    difference.ifPresent(
        how -> json.text().println("not the data the model was trained on: " + how));
    if (!pairs.deviations().isEmpty()) {
      json.text().println(DeviationNote.of(name, pairs.deviations()));
    }
    if (json.isWanted()) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("dataset", name);
      result.put("digests", pairs.digests());
      result.put("deviations", pairs.deviations());
      result.put("trained_on_these_data", difference.isEmpty());
      result.put("model", model.folder().toString());
      result.put("model_sha256", run.provenance().modelSha256());
      result.put("protocol", spec.protocol().key());
      result.put("users", metrics.users());
      result.put("eval_seconds", seconds);
      result.put("metrics", metrics.asMap());
      if (groups) {
        result.put("fairness", fairness.asMap());
      }
      json.write(result);
    }
    return ExitCode.DONE;
  }
}
