package bsl.backbones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.Adam;
import bsl.core.sampling.EpochBatches;
import bsl.core.sampling.MiniBatch;
import bsl.core.sampling.NegativeSampler;
import bsl.core.sampling.NegativeSharing;
import bsl.losses.BilateralSoftmaxLoss;
import bsl.losses.BilateralSoftmaxLoss.Mode;
import bsl.losses.FirstPositiveTwice;
import bsl.losses.RankingLoss;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Four optimiser steps of the reference implementation on a toy graph (training.json, made with the
 * reference implementation in double precision), reproduced in single precision.
 */
class GoldenTrainingTest {
  private static final double RELATIVE = 1e-5;

  private static JsonNode trace(String name) throws IOException {
    try (InputStream in = GoldenTrainingTest.class.getResourceAsStream("training.json")) {
      for (JsonNode trace : new ObjectMapper().readTree(in).get("traces")) {
        if (trace.get("name").asText().equals(name)) {
          return trace;
        }
      }
      throw new IllegalStateException("no trace " + name);
    }
  }

  private static EmbeddingTable table(JsonNode rows) {
    EmbeddingTable table = new EmbeddingTable(rows.size(), rows.get(0).size());
    for (int r = 0; r < rows.size(); r++) {
      float[] row = new float[rows.get(r).size()];
      for (int d = 0; d < row.length; d++) {
        row[d] = (float) rows.get(r).get(d).asDouble();
      }
      table.setRow(r, row);
    }
    return table;
  }

  /** Relative to the largest element of the row: single elements pass through zero. */
  private static void assertTable(String what, EmbeddingTable ours, JsonNode golden) {
    for (int r = 0; r < golden.size(); r++) {
      double scale = 0;
      for (JsonNode value : golden.get(r)) {
        scale = Math.max(scale, Math.abs(value.asDouble()));
      }
      float[] row = ours.row(r);
      for (int d = 0; d < row.length; d++) {
        assertThat((double) row[d])
            .as("%s, row %d, element %d", what, r, d)
            .isCloseTo(golden.get(r).get(d).asDouble(), within(RELATIVE * scale));
      }
    }
  }

  private static MiniBatch batch(JsonNode step) {
    JsonNode negatives = step.get("negatives");
    boolean inBatch = negatives.isNull();
    MiniBatch batch =
        new MiniBatch(inBatch ? NegativeSharing.IN_BATCH : NegativeSharing.INDEPENDENT);
    int n = inBatch ? 0 : negatives.get(0).size();
    batch.reset(step.get("batch_users").size(), n);
    for (int b = 0; b < batch.size(); b++) {
      batch.users()[b] = step.get("batch_users").get(b).asInt();
      batch.positives()[b] = step.get("batch_positives").get(b).asInt();
      for (int j = 0; j < n; j++) {
        batch.negatives()[b * n + j] = negatives.get(b).get(j).asInt();
      }
    }
    return batch;
  }

  private static Interactions pairs(JsonNode trace) {
    JsonNode pairs = trace.get("pairs");
    int[] users = new int[pairs.size()];
    int[] items = new int[pairs.size()];
    for (int p = 0; p < users.length; p++) {
      users[p] = pairs.get(p).get(0).asInt();
      items[p] = pairs.get(p).get(1).asInt();
    }
    return Interactions.of(trace.get("users").asInt(), trace.get("items").asInt(), users, items);
  }

  private static Embeddings initial(JsonNode trace) {
    return new Embeddings(table(trace.get("initial_user")), table(trace.get("initial_item")));
  }

  @ParameterizedTest
  @EnumSource(Adam.Mode.class)
  void matrixFactorisationFollowsTheReference(Adam.Mode mode) throws IOException {
    JsonNode trace = trace("mf");
    Kernels kernels = Kernels.best();
    try (WorkPool pool = new WorkPool(1)) {
      follow(trace, new MatrixFactorization(initial(trace), mode, kernels, pool), kernels, pool);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lightgcn-uniform", "lightgcn-in-batch"})
  void lightGcnFollowsTheReference(String name) throws IOException {
    JsonNode trace = trace(name);
    Kernels kernels = Kernels.best();
    try (WorkPool pool = new WorkPool(2)) {
      Backbone backbone =
          new LightGcn(
              NormalizedGraph.of(pairs(trace)),
              initial(trace),
              trace.get("layers").asInt(),
              Penalised.ALL_LAYERS,
              kernels,
              pool);
      follow(trace, backbone, kernels, pool);
    }
  }

  private static void follow(JsonNode trace, Backbone backbone, Kernels kernels, WorkPool pool) {
    RankingTrainer trainer = trainer(trace, backbone, kernels, pool);
    double rate = trace.get("learning_rate").asDouble();
    int index = 0;
    for (JsonNode step : trace.get("steps")) {
      double loss = trainer.trainPairs(batch(step), 1, index, rate);
      double golden = step.get("loss").asDouble();
      assertThat(loss)
          .as("loss of step " + index)
          .isCloseTo(golden, within(RELATIVE * Math.max(1, Math.abs(golden))));
      assertTable("users after step " + index, backbone.state().get(0), step.get("user_after"));
      assertTable("items after step " + index, backbone.state().get(1), step.get("item_after"));
      index++;
    }
    Embeddings last = backbone.forward();
    assertTable("final users", normalised(last.users()), trace.get("final_user"));
    assertTable("final items", normalised(last.items()), trace.get("final_item"));
  }

  private static RankingTrainer trainer(
      JsonNode trace, Backbone backbone, Kernels kernels, WorkPool pool) {
    int dimension = trace.get("dim").asInt();
    int items = trace.get("items").asInt();
    int[] one = {0};
    EpochBatches unused =
        new EpochBatches(
            Interactions.of(1, items, one, one),
            1,
            NegativeSharing.INDEPENDENT,
            1,
            NegativeSampler.uniform(items),
            1,
            pool);
    return new RankingTrainer(
        backbone,
        loss(trace),
        ScoreFunction.COSINE,
        unused,
        items,
        dimension,
        0,
        trace.get("l2").asDouble(),
        new LearningRateSchedule(trace.get("learning_rate").asDouble(), 0, 0, 1),
        1,
        kernels,
        pool);
  }

  private static RankingLoss loss(JsonNode trace) {
    RankingLoss loss =
        BilateralSoftmaxLoss.codeForm(
            trace.get("tau").asDouble(),
            trace.get("rho").asDouble(),
            Mode.valueOf(trace.get("mode").asText().toUpperCase(Locale.ROOT)));
    boolean inBatch = trace.get("steps").get(0).get("negatives").isNull();
    return inBatch ? new FirstPositiveTwice(loss) : loss;
  }

  private static EmbeddingTable normalised(EmbeddingTable table) {
    EmbeddingTable unit = new EmbeddingTable(table.rows(), table.dimension());
    for (int r = 0; r < table.rows(); r++) {
      float[] row = table.row(r);
      double square = 0;
      for (float x : row) {
        square += x * (double) x;
      }
      for (int d = 0; d < row.length; d++) {
        row[d] = (float) (row[d] / Math.sqrt(square));
      }
      unit.setRow(r, row);
    }
    return unit;
  }
}
