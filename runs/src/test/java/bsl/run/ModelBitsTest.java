package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.core.Split;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bits of short trainings, as digests of their models (model-bits.txt), which are the same on
 * every machine, with every vector width and on every Java version. The file begins with the
 * version of the numerics that it was recorded for; then comes a line per training.
 */
class ModelBitsTest {
  /** Two epochs, of which the second is kept. 40 floats are no whole number of panels. */
  private static final String COMMON =
      "dataset=tiny dimension=40 batch_size=512 negatives=32 learning_rate=0.05 l2=1e-4 tau=0.2"
          + " tau_ratio=1.2 contrast_pairs=128 epochs=2 evaluate_every=2";

  private static final List<String> TRAININGS =
      List.of(
          // Matrix factorisation over mini-batches of pairs.
          "loss=bsl",
          "loss=sl mode=reweight",
          "loss=bsl adam=dense",
          "loss=bsl adam=closed-form",
          "loss=bpr train_score=inner-product test_score=inner-product",
          "loss=bsl dropout=0.2",
          "loss=bsl warmup_epochs=1.5 decay_fraction=0.4",
          "loss=bsl pair_sampling=by-user",
          "loss=bsl negatives=0",
          "loss=bsl negative_sampling=popular",
          "loss=bsl negative_sampling=in-batch",
          "loss=bsl negative_sampling=in-batch in_batch_gradient=reference",
          "loss=sl negative_sampling=independent negatives=8",
          "loss=sl negative_sampling=independent negatives=8 negative_noise=3",
          "loss=sl negative_sampling=independent negatives=8 negative_noise=3"
              + " negative_noise_on=test",
          "loss=bsl positive_noise=0.3",
          "loss=bsl protocol=held-out held_out_fraction=0.2",
          // Over mini-batches of users.
          "loss=bsl batch_users=32 negatives=0",
          "loss=bsl batch_users=32 adam=closed-form",
          "loss=sl batch_users=32 negative_noise=0.3 dropout=0.2",
          "loss=bsl batch_users=32 negative_sampling=popular pairs_per_user=5",
          "loss=bsl batch_users=32 positive_groups=user",
          // On the graph.
          "loss=bsl backbone=lightgcn layers=2",
          "loss=sl backbone=lightgcn layers=3 batch_users=32 shallow_epochs=1 l2_layers=zero",
          "loss=bsl backbone=lightgcn layers=2 shallow_epochs=1 propagate_every=3 l2=1e-3",
          "loss=bsl backbone=lightgcn layers=1 batch_users=32 propagate_every=100",
          "loss=bsl backbone=ngcf layers=2",
          "loss=bsl backbone=sgl layers=2",
          "loss=bsl backbone=simgcl layers=2",
          "loss=bsl backbone=simgcl layers=2 mean_from=1",
          "loss=bsl backbone=xsimgcl layers=2",
          "loss=bsl backbone=lightgcl layers=2 contrast_candidates=all",
          "loss=bsl backbone=lightgcl layers=2 contrast_score=inner-product",
          "loss=bsl backbone=ncl layers=2 prototypes=10");

  private static final Split DATA = SyntheticDatasets.make(SyntheticPreset.TINY, 1);

  @TempDir Path root;

  private String modelSha256(String settings) {
    Settings all = Settings.ofAssignments(List.of(COMMON.split(" ")));
    List.of(settings.split(" ")).forEach(all::setAssignment);
    RunSpec spec = RunSpec.of(all);
    RunFolder folder = new RunFolder(root.resolve(settings));
    RunResult result =
        new TrainingRun(spec, RunData.of(DATA, spec), "none", 2, folder)
            .execute(false, RunListener.SILENT, () -> false);
    assertThat(result.bestEpoch()).as(settings).isEqualTo(2);
    return result.modelSha256();
  }

  @Test
  void modelsHaveTheRecordedBits() throws IOException {
    List<String> actual = new ArrayList<>(List.of("numerics " + Numerics.VERSION));
    TRAININGS.forEach(settings -> actual.add(modelSha256(settings) + " " + settings));

    assertThat(actual)
        .as(
            "Either bits of models have changed by mistake, or on purpose: then raise"
                + " Numerics.VERSION, say so in the changelog, and record model-bits.txt anew.")
        .containsExactlyElementsOf(recorded());
  }

  private static List<String> recorded() throws IOException {
    try (InputStream in = ModelBitsTest.class.getResourceAsStream("model-bits.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
