package bsl.cli;

import bsl.core.CountText;
import bsl.core.kernel.Kernels;
import bsl.report.FigureRenderer;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Checks Java, processor, disk and fonts. */
final class MachineHealth {
  private static final int TESTED_UP_TO = 25;
  private static final long MEBIBYTE = 1L << 20;
  private static final long LITTLE_ROOM = 2048 * MEBIBYTE;
  private static final long NO_ROOM = 100 * MEBIBYTE;
  private static final Path CPU_LIMIT = Path.of("/sys/fs/cgroup/cpu.max");
  private static final Path MEMORY_LIMIT = Path.of("/sys/fs/cgroup/memory.max");

  /** What a folder is that cannot be written to; data that are there can still be read. */
  private interface Unwritable {
    HealthCheck of(String about, String state, String advice);
  }

  private MachineHealth() {}

  static List<HealthCheck> checks(Path data, Path runs) {
    List<HealthCheck> found = new ArrayList<>();
    found.add(HealthCheck.of("build", MachineHealth::build));
    found.add(HealthCheck.of("Java", MachineHealth::java));
    found.add(HealthCheck.of("vector kernels", MachineHealth::kernels));
    found.add(HealthCheck.of("cores", MachineHealth::cores));
    found.add(HealthCheck.of("memory limit", MachineHealth::memoryLimit));
    found.add(
        HealthCheck.of("disk for data", () -> disk("disk for data", data, HealthCheck::warning)));
    found.add(
        HealthCheck.of("disk for runs", () -> disk("disk for runs", runs, HealthCheck::problem)));
    found.add(HealthCheck.of("fonts", MachineHealth::fonts));
    found.add(
        HealthCheck.ok("browser", "none is needed; reports are HTML files that any browser shows"));
    return found;
  }

  private static HealthCheck build() {
    String[] version = new Version().getVersion();
    String commit = System.getProperty("bsl.commit", "unknown");
    String state = version[0] + ", " + version[1];
    return commit.equals("unknown")
        ? HealthCheck.warning(
            "build", state, "runs record no commit; start ./bsl from a git checkout for that")
        : HealthCheck.ok("build", state);
  }

  private static HealthCheck java() {
    String state =
        System.getProperty("java.runtime.version") + ", " + System.getProperty("java.vendor");
    int version = Runtime.version().feature();
    return version > TESTED_UP_TO
        ? HealthCheck.warning(
            "Java",
            state,
            "newer than what the kernels were tested with; use 17 to 25 if they fail")
        : HealthCheck.ok("Java", state);
  }

  private static HealthCheck kernels() {
    String name = Kernels.best().name();
    if (!name.startsWith("vector")) {
      boolean module = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
      return HealthCheck.warning(
          "vector kernels",
          name + ", several times slower",
          module
              ? "remove -D" + Kernels.PROPERTY + "=scalar from BSL_JAVA_OPTS if it is there"
              : "start with ./bsl, or add --add-modules jdk.incubator.vector to BSL_JAVA_OPTS");
    }
    return HealthCheck.ok("vector kernels", name);
  }

  private static HealthCheck cores() {
    int cores = Runtime.getRuntime().availableProcessors();
    String limit = read(CPU_LIMIT).filter(text -> !text.startsWith("max")).orElse("");
    String state = CountText.of(cores, "core");
    if (limit.matches("\\d+ \\d+")) {
      String[] parts = limit.split(" ");
      double most = Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
      return HealthCheck.ok(
          "cores", String.format(Locale.ROOT, "%s, container limit %.1f", state, most));
    }
    return HealthCheck.ok("cores", state);
  }

  private static HealthCheck memoryLimit() {
    Optional<String> limit = read(MEMORY_LIMIT).filter(text -> text.matches("\\d{1,18}"));
    long heap = Runtime.getRuntime().maxMemory();
    if (limit.isEmpty()) {
      return HealthCheck.ok("memory limit", "no container limit");
    }
    long bytes = Long.parseLong(limit.get());
    String state = "container limit " + bytes / MEBIBYTE + " MiB";
    return bytes < heap
        ? HealthCheck.problem(
            "memory limit",
            state + ", below the heap of " + heap / MEBIBYTE + " MiB",
            "set BSL_JAVA_OPTS=-Xmx" + bytes * 3 / 4 / MEBIBYTE + "m, or raise the limit")
        : HealthCheck.ok("memory limit", state);
  }

  private static Optional<String> read(Path file) {
    try {
      return Files.isReadable(file)
          ? Optional.of(Files.readString(file).strip())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * @param readOnly what it is if nothing can be written there
   */
  private static HealthCheck disk(String about, Path folder, Unwritable readOnly)
      throws IOException {
    Path there = OutputFolder.nearest(folder);
    if (!Files.isDirectory(there)) {
      return HealthCheck.problem(about, there + " is not a folder", "move it away");
    }
    if (!Files.isWritable(there)) {
      return readOnly.of(
          about, there + " cannot be written to", "get permission, or name another folder");
    }
    FileStore store = Files.getFileStore(there);
    long free = store.getUsableSpace();
    String state = String.format(Locale.ROOT, "%,d MiB free for %s", free / MEBIBYTE, folder);
    if (free < NO_ROOM) {
      return HealthCheck.problem(about, state, "make room, or name another folder");
    }
    return free < LITTLE_ROOM
        ? HealthCheck.warning(about, state, "a reproduction of the paper takes about 2 GiB")
        : HealthCheck.ok(about, state);
  }

  private static HealthCheck fonts() {
    return FigureRenderer.whyNot()
        .map(
            why ->
                HealthCheck.problem(
                    "fonts", "figures cannot be drawn: " + why, MissingFonts.ADVICE))
        .orElseGet(() -> HealthCheck.ok("fonts", "figures can be drawn (" + Font.SANS_SERIF + ")"));
  }
}
