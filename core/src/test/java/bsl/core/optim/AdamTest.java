package bsl.core.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.EmbeddingTable;
import bsl.core.Grouping;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdamTest {
  private static final int ROWS = 40;
  private static final int DIMENSION = 5;
  private static final int STEPS = 2500;

  /** Which rows a step touches: row r about every (r + 1)^2 steps, the last rows almost never. */
  private static int[] touched(int step) {
    RandomStream random = RandomStream.of(1, Purpose.TEST, step);
    int[] rows = new int[ROWS];
    int count = 0;
    for (int r = 0; r < ROWS; r++) {
      if (random.nextInt((r + 1) * (r + 1)) == 0) {
        rows[count++] = r;
      }
    }
    return Arrays.copyOf(rows, count);
  }

  private static float gradient(int step, int row, int d) {
    return (float) RandomStream.of(2, Purpose.TEST, step, row, d).nextGaussian();
  }

  private static double rate(int step) {
    return 0.01 * (1 + step % 7);
  }

  private static RowGradients gradients(int step, int stride) {
    RowGradients gradients = new RowGradients(stride);
    int[] rows = touched(step);
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

  private static EmbeddingTable train(Adam.Mode mode, Kernels kernels, int threads) {
    EmbeddingTable table = initial();
    try (WorkPool pool = new WorkPool(threads)) {
      Adam adam = new Adam(table, mode, kernels, pool);
      Grouping rows = new Grouping();
      for (int step = 0; step < STEPS; step++) {
        int[] read = touched(step);
        rows.reset(read, read.length);
        adam.refresh(rows);
        adam.step(gradients(step, table.stride()), rate(step));
      }
      adam.refreshAll();
    }
    return table;
  }

  @Test
  void lazyAndDenseGiveTheSameBits() {
    assertThat(train(Adam.Mode.LAZY, Kernels.best(), 1).values())
        .isEqualTo(train(Adam.Mode.DENSE, Kernels.best(), 1).values());
  }

  @Test
  void scalarAndVectorKernelsGiveTheSameBits() {
    assertThat(train(Adam.Mode.LAZY, Kernels.best(), 1).values())
        .isEqualTo(train(Adam.Mode.LAZY, Kernels.scalar(), 1).values());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void theNumberOfThreadsChangesNothing(int threads) {
    for (Adam.Mode mode : Adam.Mode.values()) {
      assertThat(trainManyRows(mode, threads)).isEqualTo(trainManyRows(mode, 1));
    }
  }

  /** So many rows that threads share each step, about half of them read and touched by it. */
  private static float[] trainManyRows(Adam.Mode mode, int threads) {
    EmbeddingTable table = new EmbeddingTable(400, DIMENSION);
    table.initialiseXavierUniform(3, 0);
    try (WorkPool pool = new WorkPool(threads)) {
      Adam adam = new Adam(table, mode, Kernels.best(), pool);
      Grouping read = new Grouping();
      for (int step = 0; step < 40; step++) {
        RandomStream random = RandomStream.of(4, Purpose.TEST, step);
        int[] rows = IntStream.range(0, table.rows()).filter(r -> random.nextInt(2) == 0).toArray();
        read.reset(rows, rows.length);
        adam.refresh(read);
        RowGradients gradients = new RowGradients(table.stride());
        gradients.reset(rows.length);
        for (int k = 0; k < rows.length; k++) {
          gradients.setRow(k, rows[k]);
          for (int d = 0; d < DIMENSION; d++) {
            gradients.values()[gradients.offset(k) + d] = gradient(step, rows[k], d);
          }
        }
        adam.step(gradients, rate(step));
      }
      adam.refreshAll();
    }
    return table.values();
  }

  @ParameterizedTest
  @EnumSource(names = {"DENSE", "LAZY"})
  void aTableOfGradientsGivesTheSameBitsAsItsRowsThatAreNotZero(Adam.Mode mode) {
    EmbeddingTable table = initial();
    try (WorkPool pool = new WorkPool(2)) {
      Adam adam = new Adam(table, mode, Kernels.best(), pool);
      EmbeddingTable all = new EmbeddingTable(ROWS, DIMENSION);
      for (int step = 0; step < STEPS; step++) {
        RowGradients some = gradients(step, table.stride());
        // Row by row for a while, so that rows have missed steps when the whole table comes.
        if (step % 100 < 30) {
          adam.step(some, rate(step));
          continue;
        }
        Arrays.fill(all.values(), 0f);
        for (int k = 0; k < some.count(); k++) {
          System.arraycopy(
              some.values(), some.offset(k), all.values(), all.offset(some.row(k)), DIMENSION);
        }
        adam.step(all, rate(step));
      }
      assertThat(adam.steps()).isEqualTo(STEPS);
      adam.refreshAll();
    }

    assertThat(table.values()).isEqualTo(train(Adam.Mode.DENSE, Kernels.best(), 1).values());
  }

  /** Rows that a step does not touch, against the same steps with a table of all gradients. */
  @ParameterizedTest
  @EnumSource(names = {"DENSE", "LAZY"})
  void idleRowsTakeTheStepsOfTheirOwnGradient(Adam.Mode mode) {
    EmbeddingTable expected = initial();
    EmbeddingTable table = initial();
    EmbeddingTable idle = new EmbeddingTable(ROWS, DIMENSION);
    try (WorkPool pool = new WorkPool(2)) {
      Adam oneByOne = new Adam(table, mode, Kernels.best(), pool);
      Adam allAtOnce = new Adam(expected, Adam.Mode.DENSE, Kernels.best(), pool);
      for (int step = 0; step < STEPS; step++) {
        if (step % 70 == 20) {
          oneByOne.refreshAll();
          idle.initialiseXavierUniform(step, 1);
          oneByOne.setIdleGradients(idle);
        }
        RowGradients some = gradients(step, table.stride());
        EmbeddingTable all = idle.copy();
        for (int k = 0; k < some.count(); k++) {
          System.arraycopy(
              some.values(), some.offset(k), all.values(), all.offset(some.row(k)), DIMENSION);
        }
        oneByOne.step(some, rate(step));
        allAtOnce.step(all, rate(step));
      }
      oneByOne.refreshAll();

      assertThat(oneByOne.secondMoments().values()).isEqualTo(allAtOnce.secondMoments().values());
    }

    assertThat(table.values()).isEqualTo(expected.values());
  }

  /** Steps that a row has missed until then have the gradients that were there before. */
  @ParameterizedTest
  @EnumSource(names = {"DENSE", "LAZY"})
  void otherIdleGradientsCountFromTheNextStepOn(Adam.Mode mode) {
    EmbeddingTable expected = initial();
    EmbeddingTable table = initial();
    EmbeddingTable none = new EmbeddingTable(ROWS, DIMENSION);
    EmbeddingTable before = initial();
    EmbeddingTable after = new EmbeddingTable(ROWS, DIMENSION);
    after.initialiseXavierUniform(4, 0);
    try (WorkPool pool = new WorkPool(2)) {
      Adam oneByOne = new Adam(table, mode, Kernels.best(), pool);
      Adam allAtOnce = new Adam(expected, Adam.Mode.DENSE, Kernels.best(), pool);
      RowGradients nothing = new RowGradients(table.stride());
      for (EmbeddingTable idle : List.of(none, before, after)) {
        oneByOne.setIdleGradients(idle);
        for (int step = 0; step < 3; step++) {
          oneByOne.step(nothing, 0.1);
          allAtOnce.step(idle, 0.1);
        }
      }
      oneByOne.refreshAll();
    }

    assertThat(table.values()).isEqualTo(expected.values());
  }

  @Test
  void refusesIdleGradientsThatItCannotTake() {
    try (WorkPool pool = new WorkPool(1)) {
      Adam closed = new Adam(initial(), Adam.Mode.CLOSED_FORM, Kernels.best(), pool);
      Adam lazy = new Adam(initial(), Adam.Mode.LAZY, Kernels.best(), pool);

      assertThatThrownBy(() -> closed.setIdleGradients(initial()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("mode CLOSED_FORM takes no gradients of idle rows");
      assertThatThrownBy(() -> lazy.setIdleGradients(new EmbeddingTable(ROWS + 1, DIMENSION)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("shapes differ");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, -0.1, Double.POSITIVE_INFINITY})
  void refusesALearningRateThatIsNone(double rate) {
    EmbeddingTable table = initial();
    try (WorkPool pool = new WorkPool(1)) {
      Adam adam = new Adam(table, Adam.Mode.LAZY, Kernels.best(), pool);

      assertThatThrownBy(() -> adam.step(gradients(0, table.stride()), rate))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("learning rate must be finite and at least 0: " + rate);
      assertThatThrownBy(() -> adam.step(initial(), rate))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> adam.resumeAt(-5))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("steps must be at least 0: -5");
      assertThat(adam.steps()).isZero();
    }
    assertThat(table.values()).isEqualTo(initial().values());
  }

  /** Kingma and Ba's algorithm 1, dense, in double precision. */
  @Test
  void isTheTextbooksAdamOverAllRows() {
    double[][] p = new double[ROWS][DIMENSION];
    double[][] m = new double[ROWS][DIMENSION];
    double[][] v = new double[ROWS][DIMENSION];
    EmbeddingTable start = initial();
    for (int r = 0; r < ROWS; r++) {
      for (int d = 0; d < DIMENSION; d++) {
        p[r][d] = start.row(r)[d];
      }
    }
    for (int step = 0; step < STEPS; step++) {
      boolean[] hit = new boolean[ROWS];
      for (int r : touched(step)) {
        hit[r] = true;
      }
      for (int r = 0; r < ROWS; r++) {
        for (int d = 0; d < DIMENSION; d++) {
          double g = hit[r] ? gradient(step, r, d) : 0;
          m[r][d] = 0.9 * m[r][d] + 0.1 * g;
          v[r][d] = 0.999 * v[r][d] + 0.001 * g * g;
          double first = m[r][d] / (1 - Math.pow(0.9, step + 1));
          double second = v[r][d] / (1 - Math.pow(0.999, step + 1));
          p[r][d] -= rate(step) * first / (Math.sqrt(second) + 1e-8);
        }
      }
    }

    EmbeddingTable ours = train(Adam.Mode.LAZY, Kernels.best(), 1);
    for (int r = 0; r < ROWS; r++) {
      for (int d = 0; d < DIMENSION; d++) {
        // Thousands of steps of size up to 0.07, each rounded.
        assertThat((double) ours.row(r)[d]).isCloseTo(p[r][d], within(2e-4));
      }
    }
  }

  @Test
  void goesOnFromASavedStateToTheSameBits() {
    EmbeddingTable whole = train(Adam.Mode.LAZY, Kernels.best(), 1);
    EmbeddingTable table = initial();
    try (WorkPool pool = new WorkPool(1)) {
      Adam before = new Adam(table, Adam.Mode.LAZY, Kernels.best(), pool);
      for (int step = 0; step < 1000; step++) {
        before.step(gradients(step, table.stride()), rate(step));
      }
      before.refreshAll();
      Adam after = new Adam(table, Adam.Mode.LAZY, Kernels.best(), pool);
      after.firstMoments().copyFrom(before.firstMoments());
      after.secondMoments().copyFrom(before.secondMoments());
      after.resumeAt(1000);
      for (int step = 1000; step < STEPS; step++) {
        after.step(gradients(step, table.stride()), rate(step));
      }
      after.refreshAll();
    }

    assertThat(table.values()).isEqualTo(whole.values());
  }

  @Test
  void paddingStaysZero() {
    EmbeddingTable table = train(Adam.Mode.LAZY, Kernels.best(), 1);

    for (int r = 0; r < ROWS; r++) {
      for (int d = DIMENSION; d < table.stride(); d++) {
        assertThat(table.values()[table.offset(r) + d]).isZero();
      }
    }
  }

  @Test
  void refusesGradientsOfAnotherShape() {
    EmbeddingTable parameters = new EmbeddingTable(4, 64);
    try (WorkPool pool = new WorkPool(1)) {
      Adam adam = new Adam(parameters, Adam.Mode.DENSE, Kernels.best(), pool);

      assertThatThrownBy(() -> adam.step(new EmbeddingTable(8, 32), 0.1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "shapes differ: gradients EmbeddingTable[8 x 32], parameters EmbeddingTable[4 x 64]");
      assertThatThrownBy(() -> adam.step(new EmbeddingTable(5, 64), 0.1))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> adam.step(new RowGradients(32), 0.1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("gradients are 32 floats apart, rows of EmbeddingTable[4 x 64] 64");
      assertThat(adam.steps()).isZero();
    }
  }
}
