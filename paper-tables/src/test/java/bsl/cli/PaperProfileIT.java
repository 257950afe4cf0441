package bsl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * The whole reproduction with the published numbers asserted: {@code mvn verify -Ppaper}. Takes
 * hours, goes on where it was broken off, and shares the repository's store of runs, {@code
 * work/runs}, with the command line. The report is in {@code work/reports/paper}.
 */
class PaperProfileIT {
  /** What is known to be out of tolerance with seed 1: docs/recipes.md and docs/contrastive.md. */
  private static final List<String> OPEN =
      List.of(
          "contrastive-backbones: ml-1m simgcl bpr Recall@20",
          "contrastive-backbones: ml-1m simgcl bpr NDCG@20",
          "contrastive-backbones: gowalla lightgcl bpr Recall@20",
          "contrastive-backbones: gowalla lightgcl bpr NDCG@20",
          "contrastive-backbones: yelp2018 sgl bpr Recall@20",
          "contrastive-backbones: yelp2018 sgl bpr NDCG@20",
          "contrastive-backbones: yelp2018 lightgcl bpr Recall@20",
          "contrastive-backbones: yelp2018 lightgcl bpr NDCG@20");

  private static final Pattern FAILURE =
      Pattern.compile("(?m)^(?:OUT OF TOLERANCE|NOT AS EXPECTED) (\\S+: .+?): ");

  @Test
  void everyNumberIsWithinToleranceButForOpenDiscrepancies() {
    assumeTrue(
        System.getProperty("bsl.paper") != null, "skipped: runs with mvn verify -Ppaper only");
    CommandLine line = Main.commandLine();
    StringWriter out = new StringWriter();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(System.err, true));

    Path work = Path.of("..", "work");
    String data = System.getenv().getOrDefault("BSL_DATA", work.resolve("data").toString());

    int code =
        line.execute(
            "reproduce",
            "--data=" + data,
            "--out=" + work.resolve("reports/paper"),
            "--runs=" + work.resolve("runs"));
    System.out.println(out);

    List<String> failed =
        FAILURE.matcher(out.toString()).results().map(found -> found.group(1)).toList();
    assertThat(OPEN).containsAll(failed);
    assertThat(code).isEqualTo(failed.isEmpty() ? ExitCode.DONE : ExitCode.CLAIM_FAILED);
  }
}
