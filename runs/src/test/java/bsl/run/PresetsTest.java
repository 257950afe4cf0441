package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.data.DatasetCatalog;
import bsl.data.DatasetEntry;
import bsl.losses.LossKinds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresetsTest {
  private static final List<String> EVERY_LOSS =
      LossKinds.names().stream().filter(LossKinds::isStandard).toList();
  private static final List<String> PAPER_LOSSES = List.of("bsl", "sl");
  private static final List<String> BASELINES = List.of("bce", "bpr", "mse");
  private static final List<String> NGCF = List.of("bpr", "bsl", "sl");

  /** Which losses have a file of their own, by preset, data set and backbone. */
  private static final Map<String, List<String>> CELLS =
      Map.ofEntries(
          Map.entry("fast any mf", EVERY_LOSS),
          Map.entry("fast any lightgcn", EVERY_LOSS),
          Map.entry("fast any ngcf", NGCF),
          Map.entry(
              "fast ml-1m mf",
              EVERY_LOSS.stream().filter(loss -> !loss.equals("bsl-paper")).toList()),
          Map.entry("fast ml-1m lightgcn", PAPER_LOSSES),
          Map.entry("fast ml-1m ngcf", NGCF),
          Map.entry("fast gowalla mf", PAPER_LOSSES),
          Map.entry("fast gowalla lightgcn", PAPER_LOSSES),
          Map.entry("fast gowalla ngcf", NGCF),
          Map.entry("fast yelp2018 mf", List.of("bce", "bpr", "bsl", "mse", "sl")),
          Map.entry("fast yelp2018 lightgcn", List.of("bce", "bpr", "bsl", "mse", "sl")),
          Map.entry("fast yelp2018 ngcf", NGCF),
          Map.entry("fast amazon mf", PAPER_LOSSES),
          Map.entry("fast amazon lightgcn", PAPER_LOSSES),
          Map.entry("pairwise any lightgcn", PAPER_LOSSES),
          Map.entry("pairwise gowalla mf", PAPER_LOSSES),
          Map.entry("pairwise gowalla lightgcn", PAPER_LOSSES),
          Map.entry("pairwise gowalla ngcf", PAPER_LOSSES),
          Map.entry("pairwise ml-1m mf", PAPER_LOSSES),
          Map.entry("pairwise ml-1m lightgcn", PAPER_LOSSES),
          Map.entry("pairwise ml-1m ngcf", PAPER_LOSSES),
          Map.entry("pairwise yelp2018 mf", PAPER_LOSSES),
          Map.entry("pairwise yelp2018 lightgcn", PAPER_LOSSES),
          Map.entry("pairwise yelp2018 ngcf", PAPER_LOSSES),
          Map.entry("baseline any mf", BASELINES),
          Map.entry("baseline any lightgcn", BASELINES),
          Map.entry("reference amazon mf", PAPER_LOSSES),
          Map.entry("reference amazon lightgcn", PAPER_LOSSES),
          Map.entry("reference gowalla mf", PAPER_LOSSES),
          Map.entry("reference gowalla lightgcn", PAPER_LOSSES),
          Map.entry("reference ml-1m mf", PAPER_LOSSES),
          Map.entry("reference ml-1m lightgcn", PAPER_LOSSES),
          Map.entry("reference yelp2018 mf", PAPER_LOSSES),
          Map.entry("reference yelp2018 lightgcn", PAPER_LOSSES));

  @Test
  void thereIsAPresetForTheseCellsAndNoOthers() {
    for (String preset : List.of("fast", "pairwise", "baseline", "reference")) {
      for (String dataset : datasets()) {
        for (String backbone : List.of("mf", "lightgcn", "ngcf")) {
          List<String> losses =
              PresetFile.find(preset, dataset + "-" + backbone)
                  .map(file -> file.losses().stream().filter(LossKinds::isStandard).toList())
                  .orElse(List.of());
          String cell = preset + " " + dataset + " " + backbone;
          assertThat(losses)
              .as(cell)
              .containsExactlyInAnyOrderElementsOf(CELLS.getOrDefault(cell, List.of()));
        }
      }
    }
    assertThat(CELLS.values().stream().mapToInt(List::size).sum()).isEqualTo(115);
  }

  private static List<String> datasets() {
    return Stream.concat(
            DatasetCatalog.entries().stream().map(DatasetEntry::name), Stream.of("any"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "baseline ml-1m mf sl|--preset 'baseline' has nothing for data set ml-1m, backbone mf, loss"
            + " sl; for this data set and backbone it has bpr, bce, mse",
        "reference mine mf sl|--preset 'reference' has nothing for data set mine, backbone mf, loss"
            + " sl; it has ",
        "fsat ml-1m mf sl|--preset 'fsat' is none of fast, reference, baseline, pairwise, none; did you mean"
            + " 'fast'?",
      })
  void aCellWithoutAPresetIsRefusedWithWhatThereIs(String cell, String message) {
    String[] names = cell.split(" ");

    assertThatThrownBy(() -> Presets.spec(names[0], names[1], names[2], names[3]))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void everyPresetOfMiniBatchesOfUsersGoesBackToPairs() {
    int cells = 0;
    Settings pairs = new Settings().set(SettingKey.BATCH_USERS, "0", "test");
    for (String dataset : datasets()) {
      for (String backbone : BackboneKinds.names()) {
        for (String loss : LossKinds.names()) {
          if (!Presets.lists("fast", dataset, backbone, loss)) {
            continue;
          }
          RunSpec users = Presets.spec("fast", dataset, backbone, loss);
          if (!users.userWise()) {
            continue;
          }
          Settings own =
              new Settings()
                  .setAll(pairs)
                  .set(SettingKey.DATASET, dataset, "test")
                  .set(SettingKey.BACKBONE, backbone, "test")
                  .set(SettingKey.LOSS, loss, "test");
          RunSpec run = RunSpec.of(Presets.of("fast", dataset, backbone, loss).overriddenBy(own));
          assertThat(run.userWise()).isFalse();
          Map<String, Object> rest = new TreeMap<>(users.asMap());
          rest.putAll(
              Map.of(
                  "batch_users",
                  0L,
                  "pairs_per_user",
                  0L,
                  "positive_groups",
                  "batch",
                  "negative_noise",
                  1.0,
                  "negative_noise_on",
                  "train"));
          assertThat(run.asMap()).as(users.title()).containsExactlyInAnyOrderEntriesOf(rest);
          cells++;
        }
      }
    }
    assertThat(cells).isGreaterThan(20);
  }

  @Test
  void everyPresetIsDescribed() {
    assertThat(Presets.descriptions())
        .containsOnlyKeys("fast", "reference", "baseline", "pairwise", "none");
    assertThat(Presets.of("none", "ml-1m", "mf", "sl").keys()).isEmpty();
  }

  @Test
  void whatIsReturnedIsACopy() {
    Presets.of("fast", "ml-1m", "mf", "sl").set(SettingKey.TAU, "9", "test");

    assertThat(Presets.spec("fast", "ml-1m", "mf", "sl").tau()).isEqualTo(0.17);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "losses:;  sl: 3|p:2: sl is not a list of 'key: value' lines",
        "losses:;  sl: {tau: 1};losses:;  bsl: {tau: 2}|p:3: losses is given twice",
        "tau: &t 1;losses:;  sl: {tau_ratio: *t}|p:3: tau_ratio is an alias, which is not read",
        "losses: [sl]|p:1: losses is not a list of 'key: value' lines",
        "losses:;  sl: {tau: 1};  sl: {tau: 2}|p:3: loss sl is given twice",
        "losses:;  sl:;    tau: 1;    tau: 2|p:4: tau is given twice",
        "losses:;  sl, bsl:;    tau: 1;  bsl:;    tau: 2|p:5: tau is given twice",
        "losses:;  sl, : {tau: 1}|p:2: a loss has no name",
        "losses:;  sl, sl: {tau: 1}|p:2: a loss is given twice in 'sl, sl'",
        "losses:;  sl: {tua: 1}|p:2: unknown key 'tua'",
        "losses:;  sl: {tau: -1}|p:2: tau '-1' is not a number from 1e-18 to 1e30",
      })
  void aMalformedFileIsRefusedWithItsLine(String lines, String message) {
    byte[] text =
        String.join("\n", Arrays.asList(lines.split(";"))).getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> SettingsReader.readPreset(new ByteArrayInputStream(text), "p"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void aSectionOfALossHasOnlyWhatDiffers() throws IOException {
    byte[] text = "l2: 1\nlosses:\n  sl: {}\n  bsl: {tau: 2}\n".getBytes(StandardCharsets.UTF_8);
    SettingsReader.PresetSections read =
        SettingsReader.readPreset(new ByteArrayInputStream(text), "p");

    assertThat(read.common().keys()).containsExactly(SettingKey.L2);
    assertThat(read.losses()).containsOnlyKeys("sl", "bsl");
    assertThat(read.losses().get("bsl").keys()).containsExactly(SettingKey.TAU);
  }

  @Test
  void lossesThatShareLinesHaveASectionTogether() throws IOException {
    byte[] text = "losses:\n  sl, bsl: {l2: 1}\n  bsl: {tau: 2}\n".getBytes(StandardCharsets.UTF_8);
    SettingsReader.PresetSections read =
        SettingsReader.readPreset(new ByteArrayInputStream(text), "p");

    assertThat(read.losses()).containsOnlyKeys("sl", "bsl");
    assertThat(read.losses().get("sl").keys()).containsExactly(SettingKey.L2);
    assertThat(read.losses().get("bsl").keys())
        .containsExactlyInAnyOrder(SettingKey.L2, SettingKey.TAU);
  }
}
