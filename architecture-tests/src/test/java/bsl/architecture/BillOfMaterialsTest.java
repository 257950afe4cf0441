package bsl.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The bill of materials has no parent, so nothing else keeps it in step with the modules. */
class BillOfMaterialsTest {
  private final Element parent = Project.pom(Project.ROOT);
  private final Element bom = Project.pom(Project.ROOT.resolve("bom"));

  @Test
  void hasTheProjectsVersion() {
    assertThat(Project.text(bom, "groupId")).isEqualTo(Project.text(parent, "groupId"));
    assertThat(Project.text(bom, "version")).isPresent().isEqualTo(Project.text(parent, "version"));
    assertThat(Project.children(bom, "parent")).isEmpty();
  }

  @Test
  void listsTheModulesThatAreDeployed() {
    String version = Project.text(parent, "version").orElseThrow();
    Map<String, String> deployed = new TreeMap<>();
    for (String module : Project.modulesWithClasses()) {
      Element pom = Project.pom(Project.ROOT.resolve(module));
      if (Project.text(pom, "properties", "maven.deploy.skip").isEmpty()) {
        String artifact = Project.text(pom, "artifactId").orElseThrow();
        deployed.put(artifact, version);
        if (buildsTestJar(pom)) {
          deployed.put(artifact + " test-jar", version);
        }
      }
    }

    Map<String, String> listed = new TreeMap<>();
    List<Element> dependencies =
        Project.children(
            Project.children(Project.children(bom, "dependencyManagement").get(0), "dependencies")
                .get(0),
            "dependency");
    for (Element dependency : dependencies) {
      listed.put(
          Project.text(dependency, "artifactId").orElseThrow()
              + Project.text(dependency, "type").map(" "::concat).orElse(""),
          Project.text(dependency, "version").orElseThrow());
    }

    assertThat(listed).isEqualTo(deployed);
    assertThat(listed).hasSameSizeAs(dependencies);
  }

  private static boolean buildsTestJar(Element pom) {
    NodeList goals = pom.getElementsByTagName("goal");
    return IntStream.range(0, goals.getLength())
        .anyMatch(g -> goals.item(g).getTextContent().strip().equals("test-jar"));
  }

  /** Central refuses poms without these. */
  @Test
  void everyPomSaysWhatItIs() {
    for (String module : Project.modules()) {
      Element pom = Project.pom(Project.ROOT.resolve(module));
      assertThat(new TreeSet<>(List.of("name", "description")))
          .as(module)
          .allSatisfy(name -> assertThat(Project.text(pom, name)).isPresent());
    }
    for (Element pom : List.of(parent, bom)) {
      for (String name : List.of("url", "licenses", "developers", "scm", "description")) {
        assertThat(Project.text(pom, name)).as(name).isPresent();
      }
    }
  }
}
