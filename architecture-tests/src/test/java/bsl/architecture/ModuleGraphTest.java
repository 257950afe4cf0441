package bsl.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import bsl.run.TextFiles;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who may see whom. The poms say the same, but what a dependency depends on is on the class path,
 * too. Classes are read from each module's folder, so that none is overlooked.
 */
class ModuleGraphTest {
  /**
   * What a module may use.
   *
   * @param packages its own packages
   * @param modules folders of the modules that it may see
   * @param libraries packages from outside, beside {@code java}
   */
  private record Rule(List<String> packages, List<String> modules, List<String> libraries) {}

  private static final String MATH = "org.apache.commons.math3..";
  private static final String JSON = "com.fasterxml.jackson..";
  private static final List<String> BELOW_RUNS =
      List.of("core", "data", "losses", "eval", "noise", "backbones");
  private static final List<String> UP_TO_RUNS =
      Stream.concat(BELOW_RUNS.stream(), Stream.of("runs")).toList();
  private static final List<String> BELOW_THE_COMMAND_LINE =
      Stream.concat(UP_TO_RUNS.stream(), Stream.of("ingest", "baselines")).toList();

  private static final Map<String, Rule> RULES =
      new TreeMap<>(
          Map.ofEntries(
              rule("core", List.of("bsl.core"), List.of(), "jdk.incubator.vector.."),
              rule("data", List.of("bsl.data"), List.of("core"), "org.apache.commons.compress.."),
              rule("ingest", List.of("bsl.ingest"), List.of("core", "data"), JSON),
              rule("losses", List.of("bsl.losses"), List.of("core"), MATH),
              rule("eval", List.of("bsl.eval"), List.of("core"), MATH),
              rule("baselines", List.of("bsl.baselines"), List.of("core", "eval"), "org.ejml.."),
              rule("noise", List.of("bsl.noise"), List.of("core")),
              rule("backbones", List.of("bsl.backbones"), List.of("core", "losses"), MATH),
              rule("runs", List.of("bsl.run", "bsl.tune", "bsl.recommend"), BELOW_RUNS, MATH, JSON),
              rule(
                  "paper-tables",
                  List.of("bsl.report", "bsl.paper", "bsl.compare", "bsl.cli"),
                  BELOW_THE_COMMAND_LINE,
                  MATH,
                  JSON,
                  "picocli..",
                  "me.tongfei.progressbar..",
                  "org.jfree..",
                  "org.apache.batik..",
                  "org.w3c.dom..",
                  "javax.."),
              rule(
                  "spark",
                  List.of("bsl.spark"),
                  List.of("core", "data", "losses", "backbones", "runs"),
                  "org.apache.spark..",
                  "scala.."),
              rule(
                  "tribuo",
                  List.of("bsl.tribuo"),
                  UP_TO_RUNS,
                  "org.tribuo..",
                  "com.oracle.labs.mlrg.olcut..",
                  "com.google.protobuf.."),
              rule(
                  "benchmarks",
                  List.of("bsl.benchmarks"),
                  Stream.concat(BELOW_RUNS.stream(), Stream.of("baselines")).toList(),
                  MATH,
                  JSON,
                  "org.openjdk.jmh..",
                  "org.ejml..",
                  "dev.ludovic.netlib..",
                  "org.jfree..",
                  "org.apache.batik..",
                  "org.w3c.dom..",
                  "javax..")));

  private static final JavaClasses ALL = CompiledClasses.ALL;
  private static final Map<String, JavaClasses> CLASSES = CompiledClasses.BY_MODULE;

  private static Map.Entry<String, Rule> rule(
      String module, List<String> packages, List<String> modules, String... libraries) {
    return Map.entry(module, new Rule(packages, modules, List.of(libraries)));
  }

  static Set<String> modules() {
    return CLASSES.keySet();
  }

  @Test
  void everyModuleHasARuleAndClasses() {
    assertThat(CLASSES.keySet()).isEqualTo(RULES.keySet());
    CLASSES.forEach((module, classes) -> assertThat(classes).as(module).isNotEmpty());
  }

  @ParameterizedTest
  @MethodSource("modules")
  void aModuleHasItsOwnPackagesOnly(String module) {
    classes()
        .should()
        .resideInAnyPackage(within(RULES.get(module).packages()))
        .check(CLASSES.get(module));
  }

  @Test
  void noPackageIsInTwoModules() {
    Map<String, Set<String>> modulesByPackage = new TreeMap<>();
    CLASSES.forEach(
        (module, classes) -> {
          for (JavaClass one : classes) {
            modulesByPackage
                .computeIfAbsent(one.getPackageName(), name -> new TreeSet<>())
                .add(module);
          }
        });

    assertThat(modulesByPackage).allSatisfy((name, in) -> assertThat(in).as(name).hasSize(1));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void aModuleSeesWhatItMay(String module) {
    Rule rule = RULES.get(module);
    List<String> visible = new ArrayList<>(List.of("java.."));
    visible.addAll(List.of(within(rule.packages())));
    rule.modules().forEach(seen -> visible.addAll(List.of(within(RULES.get(seen).packages()))));
    visible.addAll(rule.libraries());

    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(visible.toArray(String[]::new))
        .check(CLASSES.get(module));
  }

  @Test
  void aModuleIsNamedAfterOneOfItsPackages() {
    Map<String, String> names = new TreeMap<>();
    for (String module : CLASSES.keySet()) {
      String name =
          Project.text(Project.pom(Project.ROOT.resolve(module)), "properties", "module.name")
              .orElse("");
      assertThat(RULES.get(module).packages()).as("module.name of " + module).contains(name);
      names.put(name, module);
    }
    assertThat(names).hasSameSizeAs(CLASSES.keySet());
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("bsl.(*)..").should().beFreeOfCycles().check(ALL);
  }

  @Test
  void theVectorApiStaysBehindTheKernels() {
    noClasses()
        .that()
        .resideOutsideOfPackage("bsl.core.kernel..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator..")
        .check(ALL);
  }

  @Test
  void onlyTheCommandLineKnowsItselfAndPicocli() {
    noClasses()
        .that()
        .resideOutsideOfPackage("bsl.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("bsl.cli..", "picocli..")
        .check(ALL);
  }

  @Test
  void onlyCommandLinesEndTheJvm() {
    noClasses()
        .that()
        .resideOutsideOfPackages("bsl.cli..", "bsl.benchmarks.track..")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(ALL);
  }

  @Test
  void reportsDoNotKnowRuns() {
    noClasses()
        .that()
        .resideInAPackage("bsl.report..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("bsl..")
                .and(not(resideInAnyPackage("bsl.report..", "bsl.core..")))
                .and(not(type(TextFiles.class))))
        .check(ALL);
  }

  @Test
  void randomnessIsSeededAndStable() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.Random")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
        .orShould()
        .callMethod(Math.class, "random")
        .check(ALL);
  }

  private static String[] within(List<String> packages) {
    return packages.stream().map(name -> name + "..").toArray(String[]::new);
  }
}
