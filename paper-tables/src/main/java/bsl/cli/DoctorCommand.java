package bsl.cli;

import bsl.cli.HealthCheck.Status;
import bsl.core.CountText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bsl doctor}: whether everything is there that the other commands need. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Check the installation, and say what to do about what is wrong.",
      "It looks at Java, kernels, cores, memory, disk, data, runs and fonts. The exit code is 1 if there"
          + " is a problem, else 0."
    })
final class DoctorCommand implements Callable<Integer> {
  @Mixin private DataOptions data;

  @Mixin private RunsOption runs;

  @Mixin private JsonOption json;

  @Override
  public Integer call() {
    List<HealthCheck> found = new ArrayList<>(MachineHealth.checks(data.named(), runs.directory()));
    found.add(HealthCheck.of("memory", MemoryHealth::check));
    found.addAll(DataHealth.checks(data.named()));
    found.addAll(StoreHealth.checks(runs.directory()));
    for (HealthCheck check : found) {
      json.text()
          .printf(
              Locale.ROOT,
              "%-8s %s: %s%n",
              check.status().text(),
              check.about(),
              Invocation.in(check.state()));
      if (!check.advice().isEmpty()) {
        json.text().printf(Locale.ROOT, "%-8s -> %s%n", "", Invocation.in(check.advice()));
      }
    }
    long problems = count(found, Status.PROBLEM);
    json.text()
        .printf(
            Locale.ROOT,
            "%d ok, %s, %s%n",
            count(found, Status.OK),
            CountText.of(count(found, Status.WARNING), "warning"),
            CountText.of(problems, "problem"));
    json.text().flush();
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("problems", problems);
    record.put("checks", found.stream().map(HealthCheck::asMap).toList());
    json.write(record);
    return problems == 0 ? ExitCode.DONE : ExitCode.CLAIM_FAILED;
  }

  private static long count(List<HealthCheck> found, Status status) {
    return found.stream().filter(check -> check.status() == status).count();
  }
}
