package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.run.Protocol;
import bsl.run.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopeTest {
  private static Scope quick(String... datasets) {
    return new Scope(Profile.QUICK, "fast", List.of(datasets), Scope.BACKBONES, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "ml-1m, mf, bsl",
    "ml-1m, lightgcn, sl",
    "ml-1m, sgl, sl",
    "ml-1m, sgl, bsl",
    "ml-1m, sgl, bpr",
    "ml-1m, simgcl, bsl",
    "gowalla, sgl, sl",
    "gowalla, simgcl, bsl",
    "gowalla, simgcl, bpr",
    "yelp2018, sgl, bsl",
    "yelp2018, simgcl, sl",
    "small, sgl, bsl",
    "small, xsimgcl, bpr"
  })
  void profileQuickTrainsOverPairs(String dataset, String backbone, String loss) {
    assertThat(quick(dataset).cell(dataset, backbone, loss).first().userWise()).isFalse();
  }

  @Test
  void whatIsNamedTwiceIsThereOnce() {
    Scope twice =
        new Scope(
            Profile.PAPER, "fast", List.of("ml-1m", "ml-1m"), List.of("mf", "lightgcn", "mf"), 1);

    assertThat(twice.datasets()).containsExactly("ml-1m");
    assertThat(twice.backbones()).containsExactly("mf", "lightgcn");
  }

  @Test
  void theAuxiliaryTermIsTheSameOverPairs() {
    RunSpec quick = quick("ml-1m").cell("ml-1m", "sgl", "bsl").first();

    assertThat(quick.preset()).isEqualTo("pairwise");
    assertThat(quick.asMap()).containsEntry("contrast_weight", 1e-7);
    assertThat(quick.asMap()).containsEntry("edge_dropout", 0.15);
    assertThat(quick.asMap()).as("but for its size").containsEntry("contrast_pairs", 256L);
    assertThat(quick.tauRatio()).isEqualTo(1.1);
  }

  @Test
  void quickRunsKeepTheLayersThatTheirTermNeeds() {
    assertThat(quick("small").cell("small", "lightgcn", "bsl").first().layers()).isEqualTo(1);
    assertThat(quick("small").cell("small", "ncl", "bsl").first().layers()).isEqualTo(2);
  }

  @Test
  void quickOwnTrainingsBeginWithoutTheTermAndEndWithIt() {
    RunSpec own = quick("ml-1m").cell("ml-1m", "sgl", "bpr").first();

    assertThat(own.shallowEpochs()).isPositive().isLessThan(own.epochs());
  }

  /** The preset of this cell is in this module's test resources. */
  @Test
  void whatHasNoSettingsOverPairsIsTrainedOverUsers() {
    RunSpec quick = quick("amazon").cell("amazon", "xsimgcl", "doubled").first();

    assertThat(quick.userWise()).isTrue();
    assertThat(quick.batchUsers()).as("made small all the same").isEqualTo(128);
  }

  @Test
  void profileQuickTakesThePresetOfTheUsersOwnAsItIs(@TempDir Path folder) throws IOException {
    Path own =
        Files.writeString(
            folder.resolve("own.yaml"),
            "base: fast\nlosses:\n  sl: {tau: 0.3, batch_users: 64, negatives: 0}\n");
    Scope quick = new Scope(Profile.QUICK, own.toString(), List.of("ml-1m"), Scope.BACKBONES, 1);

    assertThat(quick.cell("ml-1m", "mf", "sl").first().tau()).isEqualTo(0.3);
    assertThat(quick.cell("ml-1m", "mf", "sl").first().userWise()).isTrue();
    assertThat(quick.cell("ml-1m", "mf", "bsl").first().preset())
        .as("of a loss that it does not have")
        .isEqualTo("pairwise");
  }

  @Test
  void aScopesProtocolIsThatOfItsCellsWhateverThePresetSays(@TempDir Path folder)
      throws IOException {
    Path preset =
        Files.writeString(
            folder.resolve("own.yaml"),
            "dataset: ml-1m\nbackbone: mf\nprotocol: held-out\nlosses:\n  sl: {}\n");
    Scope paper = new Scope(Profile.PAPER, preset.toString(), List.of("ml-1m"), List.of("mf"), 1);

    assertThat(paper.cell("ml-1m", "mf", "sl").first().protocol()).isEqualTo(Protocol.PAPER);
  }

  /** With a name that is none nothing would be trained, and nothing would be out of tolerance. */
  @Test
  void aBackboneThatIsNoneIsRefused() {
    List<String> wrong = List.of("lightgnc");

    assertThatThrownBy(() -> new Scope(Profile.PAPER, "fast", List.of("ml-1m"), wrong, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no backbone lightgnc")
        .hasMessageContaining("lightgcn");
  }
}
