package bsl.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Map;
import java.util.TreeMap;

/** The compiled classes of all modules, tests aside; read once, which takes seconds. */
final class CompiledClasses {
  static final JavaClasses ALL;

  /** By the module's folder. */
  static final Map<String, JavaClasses> BY_MODULE = new TreeMap<>();

  static {
    // Names are all that rules look at, and libraries are large.
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    ALL =
        new ClassFileImporter()
            .importPaths(Project.modulesWithClasses().stream().map(Project::classes).toList());
    for (String module : Project.modulesWithClasses()) {
      String folder = Project.classes(module).toUri().toString();
      BY_MODULE.put(
          module,
          ALL.that(
              describe(
                  "are in " + module,
                  one -> one.getSource().orElseThrow().getUri().toString().startsWith(folder))));
    }
  }

  private CompiledClasses() {}
}
