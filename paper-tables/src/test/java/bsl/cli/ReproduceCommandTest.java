package bsl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.paper.Scope;
import bsl.run.RunFolder;
import bsl.run.RunResult;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproduceCommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private static boolean isFinished(Path run) {
    return new RunFolder(run).result().filter(RunResult::complete).isPresent();
  }

  private int plan(String... arguments) throws IOException {
    for (String name : List.of("ml-1m", "gowalla")) {
      Path dataset = Files.createDirectories(folder.resolve("data").resolve(name));
      Files.writeString(dataset.resolve("train.txt"), "0 0 1\n1 1 2\n");
      Files.writeString(dataset.resolve("test.txt"), "0 2\n1 0\n");
    }
    List<String> all = new ArrayList<>(List.of("reproduce", "--dry-run"));
    all.addAll(List.of(arguments));
    all.add("--data=" + folder.resolve("data"));
    all.add("--runs=" + folder.resolve("runs"));
    all.add("--out=" + folder.resolve("report"));
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return CommandLines.call(out, err, all.toArray(String[]::new));
  }

  @Test
  void aDataSetThatAnArtifactPassesOverIsSaid() throws IOException {
    assertThat(plan("negative-noise", "tau-ratio", "--dataset=ml-1m", "--dataset=gowalla"))
        .isZero();
    assertThat(err.toString())
        .contains("bsl: --dataset gowalla does not count for negative-noise beside the data set")
        .doesNotContain("--dataset ml-1m does not");

    assertThat(plan("negative-noise", "--dataset=gowalla")).isZero();
    assertThat(out.toString()).contains("gowalla-mf-sl");
    assertThat(err.toString()).doesNotContain("does not count");
  }

  @Test
  void whatAPresetCannotMakeIsLeftOutUnlessItIsNamed() throws IOException {
    assertThat(plan("--preset=reference", "--dataset=ml-1m")).isZero();
    assertThat(err.toString())
        .contains("bsl: left out: overall: --preset 'reference' has nothing for data set ml-1m");
    assertThat(out.toString()).contains("ml-1m-mf-bsl");

    assertThat(plan("overall", "--preset=reference", "--dataset=ml-1m")).isEqualTo(2);
  }

  @Test
  void whoNamesADataSetThatIsNotThereIsToldOfOneThatIsMade() throws IOException {
    assertThat(plan("overall", "--profile=quick", "--dataset=yelp2018")).isEqualTo(2);
    assertThat(err.toString()).contains("; --dataset small makes a synthetic one");

    assertThat(plan("overall", "--profile=quick", "--dataset=small", "--backbone=mf")).isZero();
    assertThat(out.toString()).contains("small-mf-bsl");
  }

  @Test
  void onlyBackbonesThatAreNamedAreTrained() throws IOException {
    assertThat(plan("--dataset=ml-1m")).isZero();
    assertThat(out.toString()).contains("ml-1m-sgl-bsl");

    assertThat(plan("--dataset=ml-1m", "--backbone=mf", "--backbone=lightgcn", "--backbone=ngcf"))
        .isZero();
    assertThat(out.toString()).contains("ml-1m-ngcf-bsl").doesNotContain("ml-1m-sgl");
  }

  @Test
  void whatHasRunsUnderBothProtocolsInAnyCaseIsNotSaidToKnowOne() throws IOException {
    assertThat(plan("--dataset=ml-1m", "--protocol=both")).isZero();

    assertThat(err.toString().lines().filter(line -> line.contains("does not count for")))
        .singleElement()
        .asString()
        .contains("cutoffs")
        .doesNotContain("protocols,");
  }

  @Test
  void settingsOfAnotherDataSetOrOfTheBaseAreSaid() throws IOException {
    Path preset =
        Files.writeString(
            folder.resolve("mine.yaml"),
            "base: fast\ndataset: tiny\nbackbone: mf\nlosses:\n  sl: {tau: 0.2}\n");

    assertThat(plan("overall", "--dataset=ml-1m", "--backbone=mf", "--preset=" + preset)).isZero();
    assertThat(err.toString())
        .contains("mine.yaml was made for data set tiny, not ml-1m")
        .contains(
            "mine.yaml has nothing for backbone mf, loss bsl; its base, preset fast, is taken");
  }

  @Test
  void aRunThatDivergesDoesNotKeepTheOthers() throws IOException {
    Path data = folder.resolve("data");
    Path preset =
        Files.writeString(
            folder.resolve("mine.yaml"),
            """
            epochs: 2
            losses:
              sl: {learning_rate: 1.0e+25, tau: 0.001, train_score: inner-product}
              bsl: {}
            """);
    Path runs = folder.resolve("runs");

    int code =
        CommandLines.call(
            out,
            err,
            "reproduce",
            "overall",
            "--dataset=" + Scope.SYNTHETIC,
            "--backbone=mf",
            "--preset=" + preset,
            "--data=" + data,
            "--runs=" + runs,
            "--out=" + folder.resolve("report"));

    assertThat(code).as(err.toString()).isEqualTo(2);
    assertThat(err.toString().lines().filter(line -> line.startsWith("bsl: ")).toList())
        .hasSize(2)
        .satisfies(
            lines ->
                assertThat(lines.get(0))
                    .startsWith("bsl: small-mf-sl (")
                    .contains("learning_rate 1.0E25", "): training diverged in epoch "))
        .last()
        .isEqualTo("bsl: 1 of 2 runs are finished, 1 failed");
    List<Path> finished;
    try (Stream<Path> folders = Files.list(runs)) {
      finished = folders.filter(ReproduceCommandTest::isFinished).toList();
    }
    assertThat(finished).hasSize(1).noneMatch(run -> run.toString().contains("small-mf-sl"));
  }
}
