package bsl.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.losses.LossKinds;
import bsl.run.BackboneKinds;
import bsl.run.InputException;
import bsl.run.Presets;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SpaceReaderTest {
  private static final RunSpec BASE =
      TrialDraws.asTrial(Presets.spec("pairwise", "ml-1m", "mf", "bsl"));

  @TempDir Path folder;

  private SearchSpace read(String text) throws IOException {
    return SpaceReader.read(Files.writeString(folder.resolve("s.yaml"), text));
  }

  @Test
  void aSearchOverPairsStartsFromAPresetOfUsers() throws IOException {
    RunSpec users = TrialDraws.asTrial(Presets.spec("fast", "unknown", "mf", "bsl"));
    SearchSpace space = read("batch_users: 0\ntau: [0.1, 0.2]\n").readBy(users, true);

    RunSpec run =
        SearchSpace.applied(users, Map.of(SettingKey.BATCH_USERS, "0", SettingKey.TAU, "0.2"));
    assertThat(users.userWise()).isTrue();
    assertThat(space.searched()).hasSize(1);
    assertThat(run.userWise()).isFalse();
    assertThat(run.negativeNoise()).isEqualTo(1);
    assertThat(run.learningRate()).isEqualTo(users.learningRate());
  }

  private static List<String> draws(Dimension dimension, int count) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(dimension.draw(RandomStream.of(7, Purpose.TEST, i)));
    }
    return values;
  }

  @Test
  void aFolderIsNoSpace() {
    assertThatThrownBy(() -> SpaceReader.read(folder))
        .isInstanceOf(InputException.class)
        .hasMessage(folder + ": is a folder, not a file");
  }

  @Test
  void readsListsRangesAndSingleValues() throws IOException {
    SearchSpace space =
        read(
            """
            tau: {from: 0.05, to: 0.5, scale: log}
            l2: {from: 0, to: 1}
            batch_size: [256, 512]
            dropout: {from: 0, to: 0.5, scale: linear, whole: false}
            negatives: {from: 10, to: 13}
            epochs: 40
            """);

    assertThat(space.dimensions()).hasSize(6);
    assertThat(space.searched()).extracting(Dimension::key).doesNotContain(SettingKey.EPOCHS);
    assertThat(new TreeSet<>(draws(space.dimensions().get(2), 50))).containsExactly("256", "512");
    assertThat(new TreeSet<>(draws(space.dimensions().get(4), 100)))
        .containsExactly("10", "11", "12", "13");
    assertThat(draws(space.dimensions().get(5), 3)).containsOnly("40");
    assertThat(space.dimensions().get(0).isLogarithmic()).isTrue();
    assertThat(space.dimensions().get(1).isLogarithmic()).isFalse();
  }

  @Test
  void aListOfNumbersOverADecadeIsSeenOnALogScale() throws IOException {
    assertThat(read("negatives: [10, 3, 1]").dimensions().get(0).isLogarithmic()).isTrue();
    assertThat(read("negatives: [9, 3, 1]").dimensions().get(0).isLogarithmic()).isFalse();
    assertThat(read("negatives: [0, 3, 100]").dimensions().get(0).isLogarithmic()).isFalse();
    assertThat(read("negatives: [1, 100]").dimensions().get(0).isLogarithmic()).isFalse();
  }

  /** Four decimals are drawn, and the lowest number that is drawn so lies below the range. */
  @Test
  void whatIsRoundedOutOfARangeIsItsNearerEnd() throws IOException {
    Dimension tau = read("tau: {from: 0.1004001, to: 0.1106}").dimensions().get(0);

    assertThat(draws(tau, 2000)).contains("0.1004001").allMatch(tau::contains);
  }

  @Test
  void aRangeOfWholeNumbersHasNoFraction() throws IOException {
    Dimension tau = read("tau: {from: 0.5, to: 3.5, whole: true}").dimensions().get(0);

    assertThat(List.of("1.0", "3.0")).allMatch(tau::contains);
    assertThat(List.of("0.5", "1.5", "4.0")).noneMatch(tau::contains);
  }

  @Test
  void jsonIsYaml() throws IOException {
    assertThat(read("{\"tau\": [0.1, 0.2]}").searched()).hasSize(1);
  }

  @Test
  void aLogScaleHasAsManyNumbersInEachDecade() throws IOException {
    Dimension l2 = read("l2: {from: 1.0e-6, to: 1.0e-2, scale: log}").dimensions().get(0);
    int count = 4000;
    int[] decades = new int[4];
    for (String value : draws(l2, count)) {
      double number = Double.parseDouble(value);
      assertThat(number).isBetween(1e-6, 1e-2);
      decades[Math.min(3, (int) Math.floor(Math.log10(number) + 6))]++;
      assertThat(value.replaceAll("E.*|[.]|^0+", "").replaceAll("^0+|0+$", "").length())
          .as("three digits of " + value)
          .isLessThanOrEqualTo(3);
    }
    // Binomial: a standard deviation is 27.
    for (int decade : decades) {
      assertThat(decade).isBetween(count / 4 - 110, count / 4 + 110);
    }
  }

  /** Each whole number has what is nearer to it than to others, the first and the last one, too. */
  @Test
  void wholeNumbersOnALogScaleAreAsFrequentAtTheEndsAsElsewhere() throws IOException {
    Dimension negatives = read("negatives: {from: 1, to: 4, scale: log}").dimensions().get(0);
    int count = 4000;
    List<String> drawn = draws(negatives, count);

    assertThat(new TreeSet<>(drawn)).containsExactly("1", "2", "3", "4");
    // ln((n + 1/2) / (n - 1/2)) / ln 9, by hand; a binomial standard deviation is 32 at most.
    double[] expected = {0.5, 0.23249, 0.15314, 0.11438};
    for (int n = 1; n <= 4; n++) {
      assertThat((double) Collections.frequency(drawn, "" + n))
          .as("frequency of " + n)
          .isCloseTo(count * expected[n - 1], within(128.0));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'tau_ratio: {from: 1.0, to: 1.004}', 100, 5",
    "'tau_ratio: {from: 1.0, to: 1.004, scale: log}', 100, 5",
    "'tau_ratio: {from: 1.3, to: 1.7}', 100, 3",
    "'l2: {from: 1.0e-6, to: 1.001e-6}', 50, 11",
    "'tau: {from: 500.1, to: 500.2}', 50, 3",
  })
  void aNarrowRangeIsNoList(String range, int least, int mostDecimals) throws IOException {
    Dimension narrow = read(range).dimensions().get(0);
    List<String> drawn = draws(narrow, 1000);

    assertThat(new TreeSet<>(drawn)).hasSizeGreaterThan(least - 1);
    assertThat(drawn)
        .allSatisfy(value -> assertThat(narrow.contains(value)).isTrue())
        .as("no more digits than it takes")
        .allMatch(value -> new BigDecimal(value).stripTrailingZeros().scale() <= mostDecimals);
  }

  /** Trials that are known by their numbers, and documented results, have these draws. */
  @ParameterizedTest
  @MethodSource("cells")
  void inTheDefaultSpacesNumbersHaveThreeDigits(String cell) {
    String backbone = cell.split(" ")[0];
    String loss = cell.split(" ")[1];
    RunSpec base;
    try {
      base = Presets.spec("fast", "some", backbone, loss);
    } catch (InputException e) {
      return;
    }
    for (Dimension dimension : DefaultSpaces.of(base).searched()) {
      if (dimension.choices() == 0) {
        assertThat(draws(dimension, 200))
            .as(dimension.toString())
            .allMatch(value -> new BigDecimal(value).stripTrailingZeros().precision() <= 3);
      }
    }
  }

  @Test
  void whatIsDrawnIsInTheRange() throws IOException {
    Dimension narrow = read("tau: {from: 0.12345, to: 0.12349}").dimensions().get(0);

    assertThat(draws(narrow, 100))
        .allSatisfy(value -> assertThat(narrow.contains(value)).as(value).isTrue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "tau: [0.1];tau_rato: [1, 2]|:2: unknown key 'tau_rato'; known are ",
        "tau: [0.1, -3]|:1: tau '-3' is not a number from 1e-18 to 1e30",
        "tau:; - 0.1; - 0.2; - high|:4: tau 'high' is not a number from 1e-18 to 1e30",
        "batch_size: [256, 0.5]|:1: batch_size '0.5' is not a whole number from 1 to 1048576",
        "mode: [multi, mutli]|:1: mode 'mutli' is not one of multi, reweight; did you mean 'multi'?",
        "tau: []|:1: tau has no values",
        "tau: [0.1, 1e-1]|:1: tau has the value '1e-1' twice",
        "tau: [[0.1]]|:1: tau is neither a value, nor a list of values, nor a range",
        "tau: [0.1, null]|:1: tau is neither a value, nor a list of values, nor a range",
        "tau:|:1: tau is neither a value, nor a list of values, nor a range",
        "tau: {from: 0.1, till: 0.2}|:1: a range of tau has no 'till'; it has from, to, scale, whole",
        "tau:;  from: 0.1;  from: 0.2|:3: 'from' of tau is given twice",
        "l2: [1];tau: {from: 0.1}|:2: the range of tau has no 'to'",
        "tau: {from: 0.5, to: 0.1}|:1: tau is to go from 0.5 to 0.1, which is no range",
        "l2: {from: 0, to: 1, scale: log}|:1: l2 on a log scale cannot begin at 0, which is not above 0",
        "l2: {from: 0, to: 1, scale: lin}|:1: scale 'lin' of l2 is neither log nor linear",
        "l2: {from: 0, to: 1, whole: maybe}|:1: whole 'maybe' of l2 is neither true nor false",
        "dropout: {from: 0.2, to: 0.7, whole: true}|:1: dropout has no whole number from 0.2 to 0.7",
        "mode: {from: 1, to: 2}|:1: mode takes no numbers; give a list of its values instead of a range",
        "tau:;  from: 0.1;  to: abc|:3: tau 'abc' is not a number from 1e-18 to 1e30",
        "tau:;  from: 0.1;  to: 1;  scale: lag|:4: scale 'lag' of tau is neither log nor linear",
        "tau: [1, 2];tau: [3]|:2: tau is given twice",
        "dataset: [a, b]|:1: dataset is not searched: it is given by its option",
        "seed: [1, 2]|:1: seed is not searched: it is given by its option",
        "tau: [1, 2];patience: 3|:2: patience is not searched: it is decided by the search itself",
        "held_out_fraction: [0.1, 0.2]|:1: held_out_fraction is not searched: it changes the pairs",
        "[tau]|:1: is not a list of 'key: values' lines",
        "tau: [1, 2|:1: is not YAML: expected ',' or ']', but got <stream end>",
        "tau: {from: 1,;\tto: 2}|:2: is not YAML: found character '\\t(TAB)' that cannot start",
        "tau: [1, 2];---;tau: [1]|:3: belongs to a second YAML document",
        "# nothing|: is empty",
      })
  void aBadSpaceIsRefusedWithFileLineAndValue(String lines, String message) {
    assertThatThrownBy(() -> read(lines.replace(";", "\n") + "\n"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder.resolve("s.yaml") + message)
        .message()
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tau: [0.1, 0.2];margin: [0, 1]|:2: margin is not read by loss bsl",
        "tau: [0.1, 0.2];layers: [1, 2]|:2: layers is not read by backbone mf",
        "tau: [0.1, 0.2];pairs_per_user: 3|:2: pairs_per_user has no effect without batch_users",
        "tau: 0.1;l2: 0|:1: searches nothing, since every setting has a single value",
        "negatives: [0, 5];negative_sampling: independent;batch_users: 4|:1: no settings go together:",
      })
  void settingsThatTheRunDoesNotReadAreRefused(String lines, String message) throws IOException {
    SearchSpace space = read(lines.replace(";", "\n") + "\n");

    assertThatThrownBy(() -> space.readBy(BASE, true))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder.resolve("s.yaml") + message);
  }

  @Test
  void aSettingThatOnlySomeTrialsReadIsSearched() throws IOException {
    SearchSpace space = read("batch_users: [0, 8]\npairs_per_user: [2, 4]\n");

    assertThat(space.readBy(BASE, true).searched()).hasSize(2);
  }

  @Test
  void settingsThatDoNotGoTogetherAreDrawnAnew() throws IOException {
    SearchSpace space = read("batch_users: [0, 8]\nnegative_sampling: [shared, independent]\n");
    List<Trial> trials = new TrialDraws(BASE, space, false, run -> run).trials(0, 100);

    assertThat(trials)
        .as("batch_users 8 goes with shared only")
        .extracting(trial -> List.copyOf(trial.values().values()))
        .containsExactlyInAnyOrder(
            List.of("0", "shared"), List.of("8", "shared"), List.of("0", "independent"));
  }

  @Test
  void theFirstTrialIsThePresetIfTheSpaceHasIt() throws IOException {
    SearchSpace with = read("tau: {from: 0.1, to: 0.5}\nl2: [1.0e-4, 1.0e-3]\n");
    SearchSpace without = read("tau: {from: 0.3, to: 0.5}\n");

    assertThat(new TrialDraws(BASE, with, false, run -> run).trials(0, 1).get(0).run())
        .isEqualTo(BASE);
    assertThat(new TrialDraws(BASE, without, false, run -> run).trials(0, 1).get(0).run().tau())
        .isBetween(0.3, 0.5);
  }

  @Test
  void nearARunAboutHalfOfItsSettingsAreKept() throws IOException {
    SearchSpace space =
        read("tau: {from: 0.1, to: 0.5}\nlearning_rate: {from: 1e-4, to: 1}\nl2: [5, 6]\n");
    RunSpec run = BASE.with(SettingKey.TAU, 0.25).with(SettingKey.LEARNING_RATE, 0.01);
    List<RunSpec> drawn =
        new TrialDraws(run, space, true, trial -> trial)
            .trials(0, 400).stream().map(Trial::run).toList();

    assertThat(drawn).hasSize(400);
    long tau = drawn.stream().filter(trial -> trial.tau() == 0.25).count();
    long rate = drawn.stream().filter(trial -> trial.learningRate() == 0.01).count();
    // Trials that keep both have only two values of l2 to differ in, so that they are drawn anew.
    assertThat(tau).isBetween(110L, 190L);
    assertThat(rate).isBetween(110L, 190L);
    assertThat(drawn.get(0))
        .as("the run itself, although the space does not have it")
        .isEqualTo(run);
    assertThat(drawn.subList(1, 400))
        .allMatch(trial -> trial.l2() >= 5 && trial.tau() >= 0.1 && trial.tau() <= 0.5);
  }

  @Test
  void moreTrialsBeginWithTheSameOnes() throws IOException {
    SearchSpace space = read("tau: {from: 0.1, to: 0.5}\n");
    List<Trial> few = new TrialDraws(BASE, space, false, run -> run).trials(0, 5);
    TrialDraws draws = new TrialDraws(BASE, space, false, run -> run);
    draws.trials(0, 2);

    assertThat(draws.trials(0, 30).subList(0, 5)).isEqualTo(few);
    assertThat(draws.trials(3, 2)).isEqualTo(few.subList(3, 5));
    assertThat(new TrialDraws(BASE.with(SettingKey.SEED, 2), space, false, run -> run).trials(0, 5))
        .extracting(trial -> trial.run().tau())
        .isNotEqualTo(few.stream().map(trial -> trial.run().tau()).toList());
  }

  @Test
  void trialsAreEvaluatedAtRungsOnHeldOutPairs() throws IOException {
    SearchSpace space = read("epochs: [18, 60]\n");
    Map<Integer, RunSpec> byEpochs = new TreeMap<>();
    new TrialDraws(BASE, space, false, run -> run)
        .trials(0, 9)
        .forEach(trial -> byEpochs.put(trial.run().epochs(), trial.run()));

    assertThat(byEpochs.keySet()).containsExactly(18, 60);
    assertThat(byEpochs.get(18).evaluateEvery()).isEqualTo(2);
    assertThat(byEpochs.get(60).evaluateEvery()).isEqualTo(7);
    assertThat(byEpochs.get(60).patience()).isEqualTo(60);
    assertThat(byEpochs.get(60).protocol().key()).isEqualTo("held-out");
  }

  static List<String> cells() {
    List<String> cells = new ArrayList<>();
    for (String backbone : BackboneKinds.names()) {
      for (String loss : LossKinds.names()) {
        cells.add(backbone + " " + loss);
      }
    }
    return cells;
  }

  @ParameterizedTest
  @MethodSource("cells")
  void everyPresetHasADefaultSpaceWhoseTrialsCanBeMade(String cell) {
    String backbone = cell.split(" ")[0];
    String loss = cell.split(" ")[1];
    for (String dataset : List.of("some", "ml-1m", "gowalla")) {
      RunSpec base;
      try {
        base = Presets.spec("fast", dataset, backbone, loss);
      } catch (InputException e) {
        continue;
      }
      SearchSpace space = DefaultSpaces.of(base);
      assertThat(space.searched()).extracting(Dimension::key).contains(SettingKey.LEARNING_RATE);
      assertThat(space.searched().stream().map(Dimension::key).map(base::whyIgnored))
          .allMatch(Optional::isEmpty);
      assertThat(new TrialDraws(TrialDraws.asTrial(base), space, false, run -> run).trials(0, 20))
          .hasSize(20);
      if (LossKinds.isStandard(loss)) {
        assertThat(space.searched().stream().filter(d -> !d.key().equals(SettingKey.L2)).count())
            .as("something of the loss, too")
            .isGreaterThan(loss.equals("bpr") ? 1 : 2);
      }
      if (loss.equals("bsl")) {
        assertThat(space.searched())
            .extracting(Dimension::key)
            .contains(SettingKey.TAU, SettingKey.TAU_RATIO);
      }
    }
  }
}
