package bsl.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import bsl.run.TextFiles;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may see whom; the module poms say the same, but let transitive dependencies slip through. */
@AnalyzeClasses(packages = "bsl", importOptions = DoNotIncludeTests.class)
class ModuleGraphTest {
  @ArchTest
  static final ArchRule CORE_SEES_NO_OTHER_MODULE =
      noClasses()
          .that()
          .resideInAPackage("bsl.core..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "bsl.data..",
              "bsl.losses..",
              "bsl.eval..",
              "bsl.noise..",
              "bsl.backbones..",
              "bsl.run..",
              "bsl.paper..",
              "bsl.cli..");

  @ArchTest static final ArchRule LOSSES_SEE_ONLY_CORE = onlySeesCore("bsl.losses..");

  @ArchTest static final ArchRule EVAL_SEES_ONLY_CORE = onlySeesCore("bsl.eval..");

  @ArchTest static final ArchRule NOISE_SEES_ONLY_CORE = onlySeesCore("bsl.noise..");

  @ArchTest
  static final ArchRule BACKBONES_SEE_CORE_AND_LOSSES =
      classes()
          .that()
          .resideInAPackage("bsl.backbones..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("bsl.backbones..", "bsl.losses..", "bsl.core..", "java..");

  @ArchTest
  static final ArchRule THE_VECTOR_API_STAYS_BEHIND_THE_KERNELS =
      noClasses()
          .that()
          .resideOutsideOfPackage("bsl.core.kernel..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator..");

  @ArchTest
  static final ArchRule RUNS_DO_NOT_KNOW_THE_COMMAND_LINE =
      noClasses()
          .that()
          .resideInAnyPackage("bsl.run..", "bsl.paper..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("bsl.cli..");

  @ArchTest
  static final ArchRule REPORTS_DO_NOT_KNOW_RUNS =
      noClasses()
          .that()
          .resideInAPackage("bsl.report..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("bsl.run..", "bsl.paper..", "bsl.cli..")
                  .and(not(type(TextFiles.class))));

  @ArchTest
  static final ArchRule MODULES_HAVE_NO_CYCLES =
      slices().matching("bsl.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule RANDOMNESS_IS_SEEDED_AND_STABLE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.Random")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
          .orShould()
          .callMethod(Math.class, "random");

  private static ArchRule onlySeesCore(String module) {
    return classes()
        .that()
        .resideInAPackage(module)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(module, "bsl.core..", "java..", "org.apache.commons.math3..")
        .allowEmptyShould(true);
  }
}
