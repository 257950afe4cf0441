package bsl.cli;

import bsl.data.DatasetCatalog;
import bsl.data.LoadedDataset;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bsl data describe}: what a data set is like, and whether its split leaks. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description = {
      "Describe a data set: sizes, density, popularity, and what its parts have in common.",
      "Where times are known from an import, it also says whether test pairs are older than train"
          + " pairs."
    })
final class DescribeCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "data set")
  private String name;

  @Mixin private DataOptions data;

  @Mixin private JsonOption json;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    LoadedDataset loaded = DatasetCatalog.load(name, data.directory());
    for (String warning : loaded.statistics().warnings()) {
      Failures.complain(command.commandLine(), "warning: " + warning);
    }
    DatasetDescription description =
        DatasetDescription.of(loaded, data.importOf(name), data.noiseOf(name));
    for (String warning : description.warnings()) {
      Failures.complain(command.commandLine(), "warning: " + warning);
    }
    PrintWriter to = json.text();
    DescriptionText.lines(description).forEach(to::println);
    to.flush();
    json.write(DescriptionText.asMap(description));
    return ExitCode.DONE;
  }
}
