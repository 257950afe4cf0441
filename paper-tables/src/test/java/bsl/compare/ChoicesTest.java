package bsl.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.run.InputException;
import bsl.run.Protocol;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What presets, settings and references mean. */
class ChoicesTest {
  private static final List<String> BACKBONES = List.of("mf", "lightgcn");
  private static final List<String> LOSSES = List.of("sl", "bsl", "bpr");

  private static ComparisonRequest request(
      List<String> presets, List<String> settings, String reference) {
    return new ComparisonRequest(
        List.of("mine"),
        BACKBONES,
        LOSSES,
        List.of("popularity", "ease"),
        PresetChoice.of(presets, BACKBONES, LOSSES),
        SettingChoice.of(settings, BACKBONES, LOSSES, List.of("popularity", "ease")),
        2,
        Protocol.HELD_OUT,
        ComparisonRequest.METRICS,
        Optional.ofNullable(reference));
  }

  private static List<Contestant> contestants(ComparisonRequest request) {
    return new Contestants(request).byDataset().get("mine");
  }

  private static RunSpec run(List<Contestant> contestants, String name) {
    return contestants.stream()
        .filter(contestant -> contestant.name().equals(name))
        .findFirst()
        .orElseThrow()
        .cell()
        .first();
  }

  @Test
  void everyLossMeetsEveryBackbone() {
    List<Contestant> all = contestants(request(List.of(), List.of(), null));

    assertThat(all)
        .extracting(Contestant::name)
        .containsExactly(
            "mf-sl",
            "mf-bsl",
            "mf-bpr",
            "lightgcn-sl",
            "lightgcn-bsl",
            "lightgcn-bpr",
            "popularity",
            "ease");
    assertThat(all).allMatch(contestant -> contestant.cell().seeds() == 2);
    assertThat(all)
        .allMatch(contestant -> contestant.cell().first().protocol() == Protocol.HELD_OUT);
  }

  @Test
  void aPresetOfUsersGoesBackToPairs() {
    List<Contestant> all = contestants(request(List.of(), List.of("mf.batch_users=0"), null));

    assertThat(run(all, "mf-bsl").userWise()).isFalse();
    assertThat(run(all, "mf-bsl").negativeNoise()).isEqualTo(1);
  }

  @Test
  void aSettingIsForAllOrForItsOwner() {
    List<Contestant> all =
        contestants(
            request(
                List.of(),
                List.of(
                    "epochs=7",
                    "held_out_fraction=0.2",
                    "lightgcn.epochs=8",
                    "bsl.epochs=9",
                    "sl.tau=0.3",
                    "ease.lambda=30"),
                null));

    assertThat(run(all, "mf-sl").epochs()).isEqualTo(7);
    assertThat(run(all, "lightgcn-sl").epochs()).isEqualTo(8);
    assertThat(run(all, "lightgcn-bsl").epochs()).as("the loss goes last").isEqualTo(9);
    assertThat(run(all, "mf-sl").tau()).isEqualTo(0.3);
    assertThat(run(all, "mf-bsl").tau()).isNotEqualTo(0.3);
    assertThat(run(all, "ease").heldOutFraction()).as("baselines are cut alike").isEqualTo(0.2);
    assertThat(all.get(7).baseline().orElseThrow().values().real("lambda")).isEqualTo(30);
  }

  @Test
  void aPresetMayBeForOneLoss(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("found.yaml");
    Files.writeString(file, "base: fast\nbackbone: mf\nlosses:\n  sl:\n    tau: 0.345\n");
    List<Contestant> one = contestants(request(List.of("sl=" + file), List.of(), null));

    assertThat(run(one, "mf-sl").tau()).isEqualTo(0.345);
    assertThat(run(one, "lightgcn-sl").tau()).as("not the file's backbone").isNotEqualTo(0.345);
    assertThat(run(one, "mf-sl").preset()).startsWith("found.yaml sha256:");
    assertThat(run(one, "mf-bsl").preset()).isEqualTo("fast");

    List<Contestant> both = contestants(request(List.of("fast", file.toString()), List.of(), null));
    assertThat(both)
        .extracting(Contestant::name)
        .as("several presets are compared; where they say the same, once")
        .startsWith("mf-sl@fast", "mf-sl@found", "mf-bsl@fast", "mf-bpr@fast", "lightgcn-sl@fast")
        .doesNotContain("mf-bsl@found");
  }

  @ParameterizedTest
  @CsvSource({
    "mf-bpr, , mf-sl",
    "lightgcn-bpr, , lightgcn-sl",
    "mf-sl, , ",
    "lightgcn-sl, , ",
    "ease, , mf-sl",
    "lightgcn-bpr, bpr, ",
    "lightgcn-sl, bpr, lightgcn-bpr",
    "ease, bpr, mf-bpr",
    "lightgcn-sl, mf-bsl, mf-bsl",
    "popularity, ease, ease",
    "ease, ease, ",
  })
  void theReferenceIsOfTheSameBackboneOrOneForAll(String model, String rule, String reference) {
    ComparisonRequest request = request(List.of(), List.of(), rule);
    List<Contestant> contestants = contestants(request);
    List<Outcome> outcomes =
        contestants.stream().map(contestant -> new Outcome(contestant, null)).toList();
    Outcome outcome =
        outcomes.stream()
            .filter(o -> o.contestant().name().equals(model))
            .findFirst()
            .orElseThrow();

    Optional<Outcome> found =
        ReferenceRule.of(request, contestants).referenceOf(outcome, outcomes, contestants);

    assertThat(found.map(o -> o.contestant().name())).isEqualTo(Optional.ofNullable(reference));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ease.lamda=3|--set 'ease.lamda=3': baseline ease has no 'lamda'; it has lambda; did you",
        "ease.lambda=x|--set: ease.lambda 'x' is not a number from 1e-12 to 1e12",
        "eas.lambda=3|--set 'eas.lambda=3': 'eas' is not compared; there is popularity, ease, sl,",
        "popularity.k=3|--set 'popularity.k=3': baseline popularity has no 'k'; it has no settings",
        "seed=3|--set seed is not for a comparison; use --seeds",
        "sl.backbone=mf|--set backbone is not for a comparison; use --backbone",
        "epoch=3|--set: unknown key 'epoch'; known are ",
        "sl.taau=3|--set: unknown key 'taau'; known are ",
        "epochs|--set 'epochs' is not key=value",
        "sl.positive_noise=0.1|--set sl.positive_noise would train sl on other pairs than the rest;",
      })
  void badSettingsAreRefused(String assignment, String message) {
    assertThatThrownBy(() -> request(List.of(), List.of(assignment), null))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void badPresetsAndReferencesAreRefused() {
    assertThatThrownBy(() -> request(List.of("sll=fast"), List.of(), null))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("--preset 'sll=fast': 'sll' is none of sl, bsl, bpr, mf-sl,")
        .hasMessageEndingWith("; did you mean 'sl'?");
    assertThatThrownBy(() -> request(List.of("sl="), List.of(), null))
        .hasMessage("--preset 'sl=' names no preset");
    ComparisonRequest unknown = request(List.of(), List.of(), "mf-bls");
    assertThatThrownBy(() -> ReferenceRule.of(unknown, contestants(unknown)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("--reference 'mf-bls' is none of sl, bsl, bpr, mf-sl,")
        .hasMessageEndingWith("; did you mean 'mf-bsl'?");
  }

  @Test
  void commandsTrainExactlyTheSameRun() {
    ComparisonRequest request =
        request(List.of(), List.of("epochs=7", "bsl.tau=0.3", "ease.lambda=30"), null);
    TrainAgain again = new TrainAgain(words -> String.join(" ", words), List.of("--data", "d"));
    List<Contestant> all = contestants(request);

    assertThat(again.of(request, all.get(1)).get(1))
        .isEqualTo(
            "train --dataset mine --backbone mf --loss bsl --preset fast --protocol held-out"
                + " --seed 2 --set epochs=7 --set tau=0.3 --data d");
    assertThat(again.of(request, all.get(7)))
        .containsExactly(
            "compare --dataset mine --baseline ease --protocol held-out --seeds 2"
                + " --set ease.lambda=30 --data d");
    assertThat(run(all, "mf-bsl").text(SettingKey.EPOCHS)).isEqualTo("7");
  }
}
