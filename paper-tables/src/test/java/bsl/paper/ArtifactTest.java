package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArtifactTest {
  private static final Scope SCOPE =
      new Scope(Profile.PAPER, "fast", List.of("ml-1m", "gowalla"), Scope.BACKBONES, 3);

  @Test
  void allOfTheScopeIsReportableOnceAllRunsAreFinished() {
    assertThat(new TauRatioArtifact().reportable(SCOPE, run -> true)).contains(SCOPE);
    assertThat(new DatasetsArtifact().reportable(SCOPE, run -> false)).contains(SCOPE);
  }

  @Test
  void dataSetsWithEveryRunFinishedAreReportableBeforeTheOthers() {
    assertThat(new TauRatioArtifact().reportable(SCOPE, run -> run.dataset().equals("gowalla")))
        .contains(new Scope(Profile.PAPER, "fast", List.of("gowalla"), Scope.BACKBONES, 3));
    assertThat(
            new TauRatioArtifact()
                .reportable(SCOPE, run -> run.dataset().equals("gowalla") && run.tauRatio() != 1.1))
        .isEmpty();
  }

  @Test
  void noDataSetStandsInForTheOneThatAnArtifactPrefers() {
    assertThat(new BslAblationArtifact().reportable(SCOPE, run -> run.dataset().equals("gowalla")))
        .isEmpty();
    assertThat(new BslAblationArtifact().reportable(SCOPE, run -> run.dataset().equals("ml-1m")))
        .contains(SCOPE);
  }
}
