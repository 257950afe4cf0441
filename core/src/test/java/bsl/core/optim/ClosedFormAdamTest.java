package bsl.core.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.EmbeddingTable;
import bsl.core.Grouping;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rows with gradients at gaps from 1 to 2,000 steps, of sizes from 1 down to 1e-6, against a dense
 * Adam in double precision.
 */
class ClosedFormAdamTest {
  private static final int ROWS = 80;
  private static final int DIMENSION = 5;
  private static final int STEPS = 5000;
  private static final int LONGEST_GAP = 2000;

  /** More than 200 steps later a step moves a row by less than 1e-9 of what the first moves it. */
  private static final double CUT_OFF = 2e-9;

  /** The last rows never have a gradient. */
  private static final int TOUCHED_ROWS = 77;

  /** Sets of rows by step. */
  private static final int[][] TOUCHED = touched();

  /** How the learning rate goes. */
  enum Schedule {
    CONSTANT(step -> 0.01),
    WARM_UP(step -> 0.01 * Math.min(1, step / 1000.0)),
    DECAY_TO_ZERO(step -> 0.01 * (STEPS - 1 - step) / (STEPS - 1)),
    JUMPING(step -> step / 150 % 3 == 0 ? 0 : 0.01 * (1 + step % 7));

    private final IntToDoubleFunction rate;

    Schedule(IntToDoubleFunction rate) {
      this.rate = rate;
    }

    double at(int step) {
      return rate.applyAsDouble(step);
    }
  }

  /** Row r has gradients at random gaps, up to a longest one that grows with r from 1 to 2,000. */
  private static int[][] touched() {
    boolean[][] hit = new boolean[STEPS][ROWS];
    for (int r = 0; r < TOUCHED_ROWS; r++) {
      RandomStream random = RandomStream.of(1, Purpose.TEST, r);
      int longest = (int) Math.round(Math.pow(LONGEST_GAP, r / (TOUCHED_ROWS - 1.0)));
      for (int s = random.nextInt(longest); s < STEPS; s += 1 + random.nextInt(longest)) {
        hit[s][r] = true;
      }
    }
    return Arrays.stream(hit)
        .map(row -> IntStream.range(0, ROWS).filter(r -> row[r]).toArray())
        .toArray(int[][]::new);
  }

  private static float gradient(int step, int row, int d) {
    double size = Math.pow(10, -(row % 7));
    return (float) (size * RandomStream.of(2, Purpose.TEST, step, row, d).nextGaussian());
  }

  private static RowGradients gradients(int step, int stride) {
    RowGradients gradients = new RowGradients(stride);
    int[] rows = TOUCHED[step];
    gradients.reset(rows.length);
    for (int k = 0; k < rows.length; k++) {
      gradients.setRow(k, rows[k]);
      for (int d = 0; d < DIMENSION; d++) {
        gradients.values()[gradients.offset(k) + d] = gradient(step, rows[k], d);
      }
    }
    return gradients;
  }

  private static EmbeddingTable initial() {
    EmbeddingTable table = new EmbeddingTable(ROWS, DIMENSION);
    table.initialiseXavierUniform(3, 0);
    return table;
  }

  private static Adam adam(EmbeddingTable table, Kernels kernels, WorkPool pool) {
    return new Adam(table, Adam.Mode.CLOSED_FORM, kernels, pool);
  }

  /** Steps as a training takes them: rows are refreshed, and then they get their gradients. */
  private static void train(Adam adam, EmbeddingTable table, Schedule schedule, int from, int to) {
    Grouping rows = new Grouping();
    for (int step = from; step < to; step++) {
      rows.reset(TOUCHED[step], TOUCHED[step].length);
      adam.refresh(rows);
      adam.step(gradients(step, table.stride()), schedule.at(step));
    }
  }

  /** Table and moments after all steps. */
  private static List<EmbeddingTable> trained(Schedule schedule, Kernels kernels, int threads) {
    EmbeddingTable table = initial();
    try (WorkPool pool = new WorkPool(threads)) {
      Adam adam = adam(table, kernels, pool);
      train(adam, table, schedule, 0, STEPS);
      adam.refreshAll();
      return List.of(table, adam.firstMoments(), adam.secondMoments());
    }
  }

  private static void assertSameBits(List<EmbeddingTable> actual, List<EmbeddingTable> expected) {
    for (int t = 0; t < expected.size(); t++) {
      assertThat(actual.get(t).values()).isEqualTo(expected.get(t).values());
    }
  }

  @ParameterizedTest
  @EnumSource
  void isDenseAdamToRoundingAndEpsilon(Schedule schedule) {
    DenseAdamParameter[][] dense = new DenseAdamParameter[ROWS][DIMENSION];
    EmbeddingTable start = initial();
    for (int r = 0; r < ROWS; r++) {
      for (int d = 0; d < DIMENSION; d++) {
        dense[r][d] = new DenseAdamParameter(start.row(r)[d]);
      }
    }
    for (int step = 0; step < STEPS; step++) {
      for (int r = 0; r < ROWS; r++) {
        boolean hit = Arrays.binarySearch(TOUCHED[step], r) >= 0;
        for (int d = 0; d < DIMENSION; d++) {
          dense[r][d].step(step, hit ? gradient(step, r, d) : 0, schedule.at(step));
        }
      }
    }

    List<EmbeddingTable> ours = trained(schedule, Kernels.best(), 1);

    for (int r = 0; r < ROWS; r++) {
      for (int d = 0; d < DIMENSION; d++) {
        DenseAdamParameter expected = dense[r][d];
        assertThat((double) ours.get(0).row(r)[d])
            .as("row %d, element %d", r, d)
            .isCloseTo(expected.value(), within(expected.tolerance()));
        assertThat((double) ours.get(1).row(r)[d])
            .as("first moment, row %d, element %d", r, d)
            .isCloseTo(0.9 * expected.first(), within(expected.firstTolerance()));
        assertThat((double) ours.get(2).row(r)[d])
            .as("second moment, row %d, element %d", r, d)
            .isCloseTo(0.999 * expected.second(), within(expected.secondTolerance()));
      }
    }
  }

  /**
   * Takes steps of which one has a gradient, and refreshes once, after the last.
   *
   * @return where a parameter that was 0 is, here and under dense Adam
   */
  private static double[] afterOneGradient(float gradient, int at, int steps, Schedule schedule) {
    EmbeddingTable table = new EmbeddingTable(1, 1);
    DenseAdamParameter dense = new DenseAdamParameter(0);
    RowGradients gradients = new RowGradients(table.stride());
    gradients.reset(1);
    gradients.values()[gradients.offset(0)] = gradient;
    try (WorkPool pool = new WorkPool(1)) {
      Adam adam = adam(table, Kernels.best(), pool);
      for (int step = 0; step < steps; step++) {
        gradients.reset(step == at ? 1 : 0);
        adam.step(gradients, schedule.at(step));
        dense.step(step, step == at ? gradient : 0, schedule.at(step));
      }
      adam.refreshAll();
    }
    return new double[] {table.values()[table.offset(0)], dense.value()};
  }

  @ParameterizedTest
  @EnumSource
  void oneRefreshMakesUpForAnyNumberOfSteps(Schedule schedule) {
    for (int gap = 1; gap <= LONGEST_GAP; gap += 1 + gap / 4) {
      for (int at : new int[] {0, 1, 170, 2500}) {
        double[] closedFormAndDense = afterOneGradient(0.5f, at, at + gap, schedule);

        assertThat(closedFormAndDense[0])
            .as("%d steps from %d", gap, at)
            .isCloseTo(
                closedFormAndDense[1], within(1e-6 * Math.abs(closedFormAndDense[1]) + CUT_OFF));
      }
    }
  }

  /** A gradient so small that the root is no larger than epsilon, which one step has exactly. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 50, 2500})
  void theStepOfAGradientHasItsOwnEpsilon(int at) {
    double[] closedFormAndDense = afterOneGradient(1e-8f, at, at + 1, Schedule.CONSTANT);

    assertThat(closedFormAndDense[0])
        .isCloseTo(closedFormAndDense[1], within(1e-6 * Math.abs(closedFormAndDense[1])));
  }

  @Test
  void rowsWithoutAGradientStayWhereTheyAre() {
    EmbeddingTable start = initial();
    List<EmbeddingTable> ours = trained(Schedule.CONSTANT, Kernels.best(), 1);

    for (int r = 0; r < ROWS; r++) {
      if (r < TOUCHED_ROWS) {
        assertThat(ours.get(0).row(r)).isNotEqualTo(start.row(r));
      } else {
        assertThat(ours.get(0).row(r)).isEqualTo(start.row(r));
        assertThat(ours.get(1).row(r)).containsOnly(0f);
        assertThat(ours.get(2).row(r)).containsOnly(0f);
      }
    }
  }

  @Test
  void scalarAndVectorKernelsGiveTheSameBits() {
    assertSameBits(
        trained(Schedule.WARM_UP, Kernels.scalar(), 1),
        trained(Schedule.WARM_UP, Kernels.best(), 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void theNumberOfThreadsChangesNothing(int threads) {
    // More rows than a block of work has.
    int rows = 1000;
    EmbeddingTable one = new EmbeddingTable(rows, DIMENSION);
    EmbeddingTable many = new EmbeddingTable(rows, DIMENSION);
    for (EmbeddingTable table : List.of(one, many)) {
      table.initialiseXavierUniform(3, 0);
      try (WorkPool pool = new WorkPool(table == one ? 1 : threads)) {
        Adam adam = adam(table, Kernels.best(), pool);
        RowGradients gradients = new RowGradients(table.stride());
        for (int step = 0; step < 60; step++) {
          RandomStream random = RandomStream.of(5, Purpose.TEST, step);
          int[] touched = IntStream.range(0, rows).filter(r -> random.nextDouble() < 0.7).toArray();
          gradients.reset(touched.length);
          Grouping keys = new Grouping();
          keys.reset(touched, touched.length);
          adam.refresh(keys);
          for (int k = 0; k < touched.length; k++) {
            gradients.setRow(k, touched[k]);
            for (int d = 0; d < DIMENSION; d++) {
              gradients.values()[gradients.offset(k) + d] = (float) random.nextGaussian();
            }
          }
          adam.step(gradients, 0.01);
        }
        adam.refreshAll();
      }
    }

    assertThat(many.values()).isEqualTo(one.values());
  }

  @Test
  void goesOnFromASavedStateToTheSameBits() {
    int middle = 2100;
    EmbeddingTable whole = initial();
    EmbeddingTable table = initial();
    try (WorkPool pool = new WorkPool(1)) {
      Adam uninterrupted = adam(whole, Kernels.best(), pool);
      train(uninterrupted, whole, Schedule.DECAY_TO_ZERO, 0, middle);
      uninterrupted.refreshAll();
      train(uninterrupted, whole, Schedule.DECAY_TO_ZERO, middle, STEPS);
      uninterrupted.refreshAll();

      Adam before = adam(table, Kernels.best(), pool);
      train(before, table, Schedule.DECAY_TO_ZERO, 0, middle);
      before.refreshAll();
      // One that was in use: nothing of what it knew may be left.
      EmbeddingTable saved = table.copy();
      Adam after = adam(table, Kernels.best(), pool);
      for (int step = 0; step < 50; step++) {
        after.step(gradients(step, table.stride()), 7);
      }
      table.copyFrom(saved);
      after.firstMoments().copyFrom(before.firstMoments());
      after.secondMoments().copyFrom(before.secondMoments());
      after.resumeAt(middle);
      assertThat(after.steps()).isEqualTo(middle);
      train(after, table, Schedule.DECAY_TO_ZERO, middle, STEPS);
      after.refreshAll();

      assertSameBits(
          List.of(table, after.firstMoments(), after.secondMoments()),
          List.of(whole, uninterrupted.firstMoments(), uninterrupted.secondMoments()));
    }
  }

  /** All rows move in the step itself; with one row left out, the others do when refreshed. */
  @ParameterizedTest
  @ValueSource(ints = {ROWS, ROWS - 1})
  void aTableOfGradientsGivesTheSameBitsAsItsRows(int count) {
    EmbeddingTable table = initial();
    EmbeddingTable byRow = initial();
    try (WorkPool pool = new WorkPool(2)) {
      Adam adam = adam(table, Kernels.best(), pool);
      Adam adamByRow = adam(byRow, Kernels.best(), pool);
      EmbeddingTable all = new EmbeddingTable(ROWS, DIMENSION);
      RowGradients rows = new RowGradients(all.stride());
      for (int step = 0; step < 600; step++) {
        // Some rows only for a while, so that rows have missed steps when the whole table comes.
        if (step % 100 < 30) {
          RowGradients some = gradients(step, table.stride());
          adam.step(some, 0.01);
          adamByRow.step(some, 0.01);
          continue;
        }
        rows.reset(count);
        for (int r = 0; r < count; r++) {
          rows.setRow(r, r);
          for (int d = 0; d < DIMENSION; d++) {
            all.values()[all.offset(r) + d] = gradient(step, r, d);
          }
        }
        System.arraycopy(all.values(), 0, rows.values(), 0, rows.offset(count));
        adam.step(all, 0.01);
        adamByRow.step(rows, 0.01);
        EmbeddingTable moved = table.copy();
        adam.refreshAll();
        assertThat(table.values()).as("up to date after the step").isEqualTo(moved.values());
        assertThat(Arrays.equals(byRow.values(), table.values())).isEqualTo(count == ROWS);
        adamByRow.refreshAll();
      }
      assertThat(adam.steps()).isEqualTo(600);
      assertSameBits(
          List.of(table, adam.firstMoments(), adam.secondMoments()),
          List.of(byRow, adamByRow.firstMoments(), adamByRow.secondMoments()));
    }
  }

  @Test
  void paddingStaysZero() {
    for (EmbeddingTable table : trained(Schedule.CONSTANT, Kernels.best(), 1)) {
      for (int r = 0; r < ROWS; r++) {
        for (int d = DIMENSION; d < table.stride(); d++) {
          assertThat(table.values()[table.offset(r) + d]).isZero();
        }
      }
    }
  }
}
