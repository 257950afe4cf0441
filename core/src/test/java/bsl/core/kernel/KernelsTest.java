package bsl.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Which kernels a JVM runs on. */
class KernelsTest {
  @Test
  void theBuildRunsOnTheVectorKernelsOfTheWidthThatItAsksFor() {
    String bits = System.getProperty(Kernels.BITS_PROPERTY);

    assertThat(Kernels.best().name()).matches("vector-" + (bits == null ? "(128|256|512)" : bits));
    assertThat(Kernels.scalar().name()).isEqualTo("scalar");
  }

  @Test
  void thePropertyIsCheckedAndObeyed() {
    assertThat(Kernels.Holder.choose("scalar", null)).isSameAs(Kernels.scalar());
    assertThat(Kernels.Holder.choose("auto", null).name()).startsWith("vector-");
    assertThatThrownBy(() -> Kernels.Holder.choose("quick", null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("-Dbsl.kernels=quick is none of auto, vector, scalar");
    for (String bits : new String[] {"1024", "64", "wide", ""}) {
      assertThatThrownBy(() -> Kernels.Holder.choose("auto", bits))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("-Dbsl.kernels.bits=" + bits + " is none of 128, 256, 512");
    }
  }
}
