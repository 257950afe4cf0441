package bsl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.run.InputException;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import bsl.run.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class SettingOptionsTest {
  @TempDir Path folder;

  private static Settings given(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "train";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return SettingOptions.given(Main.commandLine().parseArgs(all).subcommand());
  }

  private static RunSettings settings(String flags, String... assignments) {
    return RunSettings.of(
        "fast",
        null,
        List.of(assignments),
        given(flags.isEmpty() ? new String[0] : flags.split(" ")));
  }

  private static String help(String... arguments) {
    CommandLine line = Main.commandLine();
    StringWriter out = new StringWriter();
    line.setOut(new PrintWriter(out));
    assertThat(line.execute(arguments)).isZero();
    return out.toString().replaceAll("\\s+", " ");
  }

  @Test
  void settingsThatHaveNoEffectAreNoted() {
    assertThat(settings("--dataset=tiny --loss=sl --order=7 --layers=2", "negatives=8").notes())
        .containsExactlyInAnyOrder(
            "order is not read by loss sl", "layers is not read by backbone mf");
    assertThat(
            settings("--dataset=tiny --loss=infonce --negative-sampling=in-batch", "negatives=8")
                .notes())
        .containsExactly("negatives has no effect with negative_sampling in-batch");
    assertThat(settings("--dataset=tiny --held-out-fraction=0.2").notes())
        .containsExactly("held_out_fraction has no effect with protocol paper");
    assertThat(settings("--dataset=tiny --loss=renyi --order=7 --adam=dense").notes()).isEmpty();
  }

  @Test
  void flagsOverrideAssignmentsAndThoseTheFile() throws IOException {
    Path config = Files.writeString(folder.resolve("c.yaml"), "dataset: tiny\ntau: 1\nl2: 2\n");
    RunSpec spec =
        RunSettings.of("fast", config, List.of("tau=3", "seed=4"), given("--seed=5")).spec();

    assertThat(spec.tau()).isEqualTo(3);
    assertThat(spec.l2()).isEqualTo(2);
    assertThat(spec.seed()).isEqualTo(5);
  }

  @Test
  void oneSourceGivesAKeyOnce() {
    assertThatThrownBy(() -> settings("--dataset=tiny", "tau=1", "tau=2"))
        .isInstanceOf(InputException.class)
        .hasMessage("--set: tau is given twice, as '1' and as '2'");
    assertThatThrownBy(() -> given("--tau=1", "--tau=2"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("--tau");
  }

  @Test
  void helpIsInGroupsWithThePresetsValues() {
    String help = help("train", "--help", "--dataset=yelp2018", "--backbone=lightgcn", "--loss=sl");

    assertThat(help)
        .contains(
            "Values are those of preset fast for data set yelp2018, backbone lightgcn, loss sl.")
        .contains("temperature (of the positives in bsl-paper and bsl-power)")
        .contains("; 0.15 in preset fast")
        .contains("the single pair (one of multi, reweight); reweight in preset fast")
        .contains(
            "order of the divergence in renyi (a number from 1.0001 to 1e30); here it is not read by loss sl")
        .contains("seed of everything random (a whole number); default 1")
        .containsSubsequence(
            "--preset", "Data:", "--dataset", "Model:", "--layers", "Loss:", "--tau", "Sampling:")
        .containsSubsequence(
            "Sampling:", "--negatives", "Optimisation", "--l2", "Evaluation", "Noise:", "Losses:");
  }

  @Test
  void helpWithoutACellShowsTheGeneralPreset() {
    assertThat(help("train", "--help"))
        .contains("preset fast for any data set, backbone mf, loss bsl.");
    assertThat(help("help", "train")).contains("preset fast for any data set");
    assertThat(help("train", "--help", "--preset=baseline", "--loss=sl"))
        .contains("Values are the defaults: --preset 'baseline' has nothing for")
        .contains("Adam's step size on the plateau (a positive number); default 0.001");
    assertThat(help("train", "--help", "--preset=baseline", "--loss=mse"))
        .contains("; 0.00390625 in preset baseline");
  }

  @Test
  void everySettingHasAFlagAndIsInHelpOnce() {
    String help = help("train", "--help");

    for (SettingKey key : SettingKey.all()) {
      assertThat(help).as(key.key()).containsOnlyOnce(" " + key.flag() + "=");
    }
  }

  /** A key that another project's loss brings; the loss is in this module's test resources. */
  @Test
  void aLossFromOutsideBringsItsFlags() {
    RunSettings run = settings("--dataset=tiny --loss=doubled --half-tau=0.25");

    assertThat(run.spec().asMap()).containsEntry("half_tau", 0.25);
    assertThat(run.notes()).isEmpty();
    assertThat(settings("--dataset=tiny --half-tau=0.25").notes())
        .containsExactly("half_tau is not read by loss bsl");
    assertThat(help("train", "--help", "--loss=doubled"))
        .contains("--half-tau=HALF_TAU")
        .contains("softmax loss by half its temperature");
  }
}
