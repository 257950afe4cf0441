package bsl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.paper.ReproductionPlan;
import bsl.run.Presets;
import bsl.run.RunSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunPlanTextTest {
  @Test
  void aRunThatGoesOnIsPlannedForWhatItStillLacks() {
    RunSpec spec = Presets.spec("pairwise", "ml-1m", "mf", "sl");
    ReproductionPlan plan =
        new ReproductionPlan(
            3,
            List.of(
                new ReproductionPlan.OpenRun(spec, Path.of("runs", "a"), 20, 3600, 1200),
                new ReproductionPlan.OpenRun(spec, Path.of("runs", "b"), 0, 600, 600)),
            2,
            1,
            Map.of());

    assertThat(RunPlanText.lines(plan))
        .containsExactly(
            "run a, up to 30 epochs, 20 of them trained, about 20 min on one core",
            "run b, up to 30 epochs, about 10 min on one core",
            "3 runs, 1 of them finished before; about 20 min on 2 threads");
  }
}
