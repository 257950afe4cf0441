package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContrastiveKindTest {
  @TempDir Path folder;

  static Stream<String> names() {
    return ContrastiveKind.ALL.stream().map(BackboneKind::name);
  }

  private static RunSpec spec(String backbone, String... assignments) {
    Settings settings = new Settings();
    Stream.concat(
            Stream.of(
                "dataset=parity",
                "backbone=" + backbone,
                "layers=2",
                "batch_size=100",
                "negatives=20",
                "epochs=2",
                "learning_rate=0.02"),
            Stream.of(assignments))
        .forEach(settings::setAssignment);
    return RunSpec.of(settings);
  }

  private static RunSpec simplest(RunSpec spec) {
    return BackboneKinds.named(spec.backbone()).simplest(spec);
  }

  private String model(RunSpec spec) {
    RunData data = RunData.of(TrainingRunTest.parity(120, 80, 10, 3), spec);
    RunFolder run = new RunFolder(folder.resolve(spec.backbone()));
    return new TrainingRun(spec, data, "none", 1, run)
        .execute(true, RunListener.SILENT, () -> false)
        .modelSha256();
  }

  @ParameterizedTest
  @MethodSource("names")
  void withoutItsTermABackboneIsLightGcnToTheBit(String backbone) {
    boolean twoParts = backbone.equals("ncl");
    RunSpec without =
        twoParts
            ? spec(backbone, "contrast_weight=0", "prototype_weight=0")
            : spec(backbone, "contrast_weight=0");

    RunSpec simplest = simplest(without);

    assertThat(simplest).isEqualTo(spec("lightgcn"));
    assertThat(model(simplest)).isEqualTo(model(without));
  }

  @ParameterizedTest
  @MethodSource("names")
  void inShallowEpochsNoSettingOfTheTermHasAnEffect(String backbone) {
    RunSpec shallow = spec(backbone, "shallow_epochs=2", "contrast_weight=0.1");
    SettingKey weight = SettingKey.named("contrast_weight", "test");

    assertThat(shallow.whyIgnored(weight))
        .contains("has no effect in epochs that are all shallow (shallow_epochs 2)");
    assertThat(shallow.whyIgnored(SettingKey.LAYERS)).isEmpty();
    assertThat(spec(backbone, "shallow_epochs=1").whyIgnored(weight)).isEmpty();
    assertThat(model(shallow)).isEqualTo(model(spec("lightgcn", "shallow_epochs=2")));
  }

  @ParameterizedTest
  @MethodSource("names")
  void withItsTermABackboneIsNoOther(String backbone) {
    RunSpec with = spec(backbone, "contrast_weight=0.1");

    assertThat(simplest(with)).isSameAs(with);
    assertThat(model(with)).isNotEqualTo(model(spec("lightgcn")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"simgcl", "xsimgcl"})
  void aMeanWithoutLayerZeroIsNotLightGcns(String backbone) {
    RunSpec other = spec(backbone, "contrast_weight=0", "mean_from=1");

    assertThat(simplest(other)).isSameAs(other);
  }
}
