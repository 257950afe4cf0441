package bsl.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/**
 * Spark's jars are brought by a pom without parent, so nothing else keeps their version in step.
 */
class SparkVersionTest {
  @Test
  void whatIsBroughtIsWhatTheSuiteIsCompiledAgainst() {
    Element parent = Project.pom(Project.ROOT);
    Element distribution = Project.pom(Project.ROOT.resolve("spark").resolve("distribution"));

    assertThat(Project.text(distribution, "properties", "spark.version"))
        .isPresent()
        .isEqualTo(Project.text(parent, "properties", "spark.version"));
    for (String part : List.of("groupId", "version")) {
      assertThat(Project.text(distribution, part)).isEqualTo(Project.text(parent, part));
    }
  }
}
