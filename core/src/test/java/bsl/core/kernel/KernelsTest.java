package bsl.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  @Test
  void anUnknownValueIsRefusedInTheSameWayEachTime() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("-Dbsl.kernels=quick");
    command.add("-cp");
    command.add(folderOf(Kernels.class) + File.pathSeparator + folderOf(Refused.class));
    command.add(Refused.class.getName());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // A JVM says on standard error that it reads them.
    builder
        .environment()
        .keySet()
        .removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    String refusal =
        "java.lang.IllegalStateException: -Dbsl.kernels=quick is none of auto, vector, scalar";
    assertThat(said.lines()).containsExactly(refusal, refusal);
  }

  private static Path folderOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** Says, in a JVM of its own, how kernels are refused twice. */
  static final class Refused {
    private Refused() {}

    public static void main(String[] arguments) {
      for (int call = 0; call < 2; call++) {
        try {
          Kernels.best();
        } catch (Throwable e) {
          System.out.println(e);
        }
      }
    }
  }
}
