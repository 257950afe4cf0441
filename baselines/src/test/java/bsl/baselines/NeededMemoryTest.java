package bsl.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.core.HyperparameterValues;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fit that does not have the memory is refused. It does not run out of it on the way. */
class NeededMemoryTest {
  /** Objects are larger where they lie at cache lines, as the launcher has them. */
  @ParameterizedTest
  @ValueSource(ints = {8, 64})
  void itemKnnIsFittedOrRefused(int alignment) throws Exception {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    ProcessBuilder builder =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx96m",
                "-XX:ObjectAlignmentInBytes=" + alignment,
                "-cp",
                path + File.pathSeparator + System.getProperty("java.class.path"),
                Fits.class.getName())
            .redirectErrorStream(true);
    // A JVM takes options from them, too, and the last overrules the size of the heap above.
    builder
        .environment()
        .keySet()
        .removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("fitted").contains("refused");
  }

  /** Fits larger and larger data in a small heap, until a fit is refused. */
  static final class Fits {
    private Fits() {}

    public static void main(String[] arguments) {
      BaselineKind kind = BaselineKinds.named("itemknn");
      HyperparameterValues values = HyperparameterValues.of(kind.hyperparameters(), Map.of("k", 1));
      try (WorkPool pool = new WorkPool(1)) {
        FitContext context = FitContext.of(pool).withKernels(Kernels.scalar());
        for (int items = 20_000; ; items += items / 8) {
          kind.fit(chain(items), values, context);
          System.out.println("fitted " + items);
        }
      } catch (InsufficientMemoryException e) {
        System.out.println("refused: " + e.getMessage());
      }
    }

    /** Users with two items each, so that each item has two that are similar. */
    private static Interactions chain(int items) {
      int[] users = new int[2 * items];
      int[] chained = new int[2 * items];
      for (int k = 0; k < items; k++) {
        users[2 * k] = k;
        users[2 * k + 1] = k;
        chained[2 * k] = k;
        chained[2 * k + 1] = (k + 1) % items;
      }
      return Interactions.of(items, items, users, chained);
    }
  }

  /** Each thread has memory of its own: a float or more for each item. */
  @ParameterizedTest
  @ValueSource(strings = {"ease", "itemknn", "ials"})
  void moreThreadsThanCoresAreCounted(String name) {
    BaselineKind kind = BaselineKinds.named(name);
    HyperparameterValues values = HyperparameterValues.of(kind.hyperparameters(), Map.of());
    Interactions train = Interactions.of(40, 40, new int[] {0, 1}, new int[] {0, 1});
    long bytes = kind.bytes(train, values);
    try (WorkPool pool = new WorkPool(Runtime.getRuntime().availableProcessors() + 10)) {
      FitContext context = FitContext.of(pool).withMemoryLimit(bytes + 10 * 40 * Float.BYTES - 1);

      assertThatThrownBy(() -> kind.fit(train, values, context))
          .isInstanceOf(InsufficientMemoryException.class);
    }
  }

  /** A count and a score for each item. */
  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void popularityHasTwoNumbersPerItem(int items) {
    BaselineKind kind = BaselineKinds.named("popularity");
    Interactions train = Interactions.of(1, items, new int[1], new int[1]);

    assertThat(kind.bytes(train, HyperparameterValues.of(List.of(), Map.of())))
        .isGreaterThanOrEqualTo(8L * items);
  }
}
