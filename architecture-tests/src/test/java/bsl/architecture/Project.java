package bsl.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The project on disk, seen from the folder of this module. */
final class Project {
  static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private Project() {}

  /** Folders of all modules, as the parent's pom lists them. */
  static List<String> modules() {
    return children(child(pom(ROOT), "modules").orElseThrow(), "module").stream()
        .map(Element::getTextContent)
        .toList();
  }

  /** Folders of the modules that have classes of their own, tests aside. */
  static List<String> modulesWithClasses() {
    return modules().stream().filter(m -> Files.isDirectory(sources(m))).toList();
  }

  /** Folder of a module's compiled classes. */
  static Path classes(String module) {
    return ROOT.resolve(module).resolve("target").resolve("classes");
  }

  /** Folders of the compiled tests of the modules that have classes of their own. */
  static List<Path> testClasses() {
    return modulesWithClasses().stream()
        .map(module -> ROOT.resolve(module).resolve("target").resolve("test-classes"))
        .filter(Files::isDirectory)
        .toList();
  }

  private static Path sources(String module) {
    return ROOT.resolve(module).resolve("src/main/java");
  }

  /** Root element of the pom in a folder. */
  static Element pom(Path folder) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(folder.resolve("pom.xml").toFile())
          .getDocumentElement();
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError(folder + ": pom.xml cannot be read", e);
    }
  }

  /** Text under an element by the names on the way, if it is there. */
  static Optional<String> text(Element element, String... names) {
    Optional<Element> found = Optional.of(element);
    for (String name : names) {
      found = found.flatMap(e -> child(e, name));
    }
    return found.map(e -> e.getTextContent().strip());
  }

  /** Children of an element by name. */
  static List<Element> children(Element element, String name) {
    List<Element> found = new ArrayList<>();
    for (Node n = element.getFirstChild(); n != null; n = n.getNextSibling()) {
      if (n instanceof Element child && child.getTagName().equals(name)) {
        found.add(child);
      }
    }
    return found;
  }

  private static Optional<Element> child(Element element, String name) {
    return children(element, name).stream().findFirst();
  }
}
