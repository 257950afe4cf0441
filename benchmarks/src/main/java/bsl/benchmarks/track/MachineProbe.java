package bsl.benchmarks.track;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out what machine this is. */
final class MachineProbe {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final Pattern MODEL = Pattern.compile("(?m)^model name\\s*:\\s*(.+?)\\s*$");

  /** What Linux says of ARM's processors, which it gives no names. */
  private static final Pattern ARM =
      Pattern.compile(
          "(?ms)^CPU implementer\\s*:\\s*(\\w+).*?^CPU part\\s*:\\s*(\\w+).*?"
              + "^CPU revision\\s*:\\s*(\\w+)");

  private static final Pattern VECTOR = Pattern.compile("(?m)^vector-(\\d+)$");

  private MachineProbe() {}

  /** This machine, with the Java that runs this. */
  static Machine machine() {
    return Holder.MACHINE;
  }

  /** Looks once, on first use: it takes another JVM. */
  private static final class Holder {
    static final Machine MACHINE =
        new Machine(
            cpu(),
            Runtime.getRuntime().availableProcessors(),
            vectorBits(),
            System.getProperty("os.name") + " " + System.getProperty("os.arch"),
            Runtime.version().feature());

    private Holder() {}
  }

  /** Java's launcher. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String cpu() {
    String model =
        Files.isReadable(CPU_INFO)
            ? modelName(contents(CPU_INFO))
            : output(List.of("sysctl", "-n", "machdep.cpu.brand_string")).strip();
    return model.isEmpty() ? "unknown processor" : model;
  }

  /** The processor's model in Linux's description of it; empty if it says none. */
  static String modelName(String cpuInfo) {
    Matcher model = MODEL.matcher(cpuInfo);
    if (model.find()) {
      return model.group(1);
    }
    Matcher arm = ARM.matcher(cpuInfo);
    return arm.find()
        ? "ARM implementer " + arm.group(1) + " part " + arm.group(2) + " rev " + arm.group(3)
        : "";
  }

  /** A JVM of its own tells, as benchmarks have the Vector API and this JVM has not. */
  private static int vectorBits() {
    return vectorBits(
        output(
            List.of(
                java(),
                "--add-modules=jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                KernelName.class.getName())));
  }

  /** Width in the name of the kernels; 0 if they are scalar. */
  static int vectorBits(String kernelName) {
    Matcher vector = VECTOR.matcher(kernelName);
    return vector.find() ? Integer.parseInt(vector.group(1)) : 0;
  }

  private static String contents(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  /** Standard output of a command; empty if there is no such command. */
  private static String output(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      return new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
    } catch (IOException e) {
      return "";
    }
  }
}
