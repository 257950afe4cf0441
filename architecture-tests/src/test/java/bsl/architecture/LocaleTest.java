package bsl.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Formatter;
import org.junit.jupiter.api.Test;

/**
 * No number and no name depends on the JVM's locale: some locales have digits of their own, a comma
 * for a point, or another upper case of i. What formats or changes case is told which locale to
 * use. Tests write input and expect output, and are to pass wherever the build runs.
 */
class LocaleTest {
  private static final ArchRule RULE =
      noClasses()
          .should()
          .callMethod(String.class, "format", String.class, Object[].class)
          .orShould()
          .callMethod(String.class, "formatted", Object[].class)
          .orShould()
          .callMethod(String.class, "toLowerCase")
          .orShould()
          .callMethod(String.class, "toUpperCase")
          .orShould()
          .callMethod(PrintStream.class, "printf", String.class, Object[].class)
          .orShould()
          .callMethod(PrintStream.class, "format", String.class, Object[].class)
          .orShould()
          .callMethod(PrintWriter.class, "printf", String.class, Object[].class)
          .orShould()
          .callMethod(PrintWriter.class, "format", String.class, Object[].class)
          .orShould()
          .callConstructor(Formatter.class)
          .orShould()
          .callConstructor(Formatter.class, Appendable.class)
          .because("these follow the JVM's locale; give Locale.ROOT");

  @Test
  void nothingFollowsTheLocaleOfTheJvm() {
    RULE.check(CompiledClasses.ALL);
  }

  @Test
  void neitherDoTests() {
    RULE.check(new ClassFileImporter().importPaths(Project.testClasses()));
  }

  @Test
  void theRuleFindsWhatItIsAbout() {
    JavaClasses wrong = new ClassFileImporter().importClasses(Wrong.class);

    assertThatThrownBy(() -> RULE.check(wrong))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("formatted")
        .hasMessageContaining("toUpperCase");
  }

  /** Breaks the rule. */
  private static final class Wrong {
    private Wrong() {}

    static String name(int number) {
      return "%d".formatted(number).toUpperCase();
    }
  }
}
