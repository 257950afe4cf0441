package bsl.cli;

import bsl.core.CountText;
import bsl.core.Interactions;
import bsl.core.Split;
import bsl.recommend.EmbeddingExport;
import bsl.recommend.ExportFormat;
import bsl.recommend.ModelExport;
import bsl.recommend.Names;
import bsl.run.InputException;
import bsl.run.TrainedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bsl export}: embeddings with ids, for other programs. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Write the embeddings of a trained model with ids, for other programs to read.")
final class ExportCommand implements Callable<Integer> {
  @Mixin private DataOptions data;

  @Mixin private ModelOption model;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "folder to make; must not be there yet")
  private Path out;

  @Option(
      names = "--format",
      paramLabel = "F",
      defaultValue = "npy",
      description = {
        "npy: NumPy matrices, and ids in files beside them; word2vec: text that gensim reads;",
        "tsv: ids and elements with tabs between; default npy"
      })
  private String format;

  @Option(
      names = "--vectors",
      paramLabel = "V",
      defaultValue = "score",
      description = {
        "score: inner products are the model's scores; raw: as trained; unit: of norm 1;",
        "extended: one more element, so that the nearest items by distance or cosine are those of",
        "the largest inner product; default score"
      })
  private String vectors;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    ExportFormat form =
        ExportFormat.named(format)
            .orElseThrow(() -> none("--format", format, ExportFormat.names()));
    EmbeddingExport kind =
        EmbeddingExport.named(vectors)
            .orElseThrow(() -> none("--vectors", vectors, EmbeddingExport.names()));
    OutputFolder.require(out);
    // As NEW/.. is this folder, for which NEW is not to be made.
    Path folder = out.equals(out.normalize()) ? out : out.toAbsolutePath().normalize();
    TrainedRun run = model.open(command.commandLine());
    Split split = data.load(run.spec().dataset());
    Interactions train = run.data(split).train();
    new TrainedIds(data, run, command.commandLine()).require(split);
    Map<String, Object> record =
        ModelExport.write(
            run,
            new Names(data.userIds(split), split.users()),
            new Names(data.itemIds(split), split.items()),
            form,
            kind,
            folder);
    command
        .commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%s: %,d users and %,d items of %d elements%n",
            out,
            record.get("users"),
            record.get("items"),
            record.get("dimension"));
    long untrained =
        IntStream.range(0, split.users()).filter(user -> train.degree(user) == 0).count();
    if (untrained > 0) {
      Failures.complain(
          command.commandLine(),
          String.format(
              Locale.ROOT,
              "note: %,d of %s %s no train pairs; their vectors mean nothing",
              untrained,
              CountText.grouped(split.users(), "user"),
              untrained == 1 ? "has" : "have"));
    }
    return ExitCode.DONE;
  }

  private static InputException none(String option, String value, List<String> known) {
    return new InputException(option + " '" + value + "' is none of " + String.join(", ", known));
  }
}
