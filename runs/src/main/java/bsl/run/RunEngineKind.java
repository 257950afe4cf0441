package bsl.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Makes an engine available by its name. The local one is always there. Others are found by {@link
 * ServiceLoader}, so that only those who want them need what they are made of.
 */
public interface RunEngineKind {
  /** The name of the engine that is always there. */
  String LOCAL = "local";

  /**
   * What a user says of an engine on many machines.
   *
   * @param master where the cluster is, in the engine's own terms; empty to take it from where the
   *     program was started
   * @param configuration settings in the engine's own terms
   * @param sharedRuns whether the machines see the store of runs under the same path and may write
   *     there
   * @param sharedData the data directory, if the machines see it under the same path and are to
   *     read it themselves
   * @param allModels whether the models of all runs are brought into the store, and not only those
   *     that are read
   * @param notices hears what a user should know, a line at a time, for example that a machine was
   *     lost and its runs begin again; called from several threads
   */
  record Options(
      Optional<String> master,
      Map<String, String> configuration,
      boolean sharedRuns,
      Optional<Path> sharedData,
      boolean allModels,
      Consumer<String> notices) {}

  /** The engine's name, as {@code --engine} has it. */
  String name();

  /**
   * The engine; nothing is started before it is needed.
   *
   * @throws InputException if options make no sense, or something that the engine needs is not on
   *     the class path; the message says how to get it
   */
  RunEngine open(Options options);

  /**
   * The kind with a name.
   *
   * @param name not {@value #LOCAL}
   * @return empty if there is none on the class path
   */
  static Optional<RunEngineKind> find(String name) {
    return ServiceLoader.load(RunEngineKind.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(kind -> kind.name().equals(name))
        .findFirst();
  }

  /** The names of all engines that are there, the local one first. */
  static List<String> names() {
    TreeSet<String> others = new TreeSet<>();
    ServiceLoader.load(RunEngineKind.class).forEach(kind -> others.add(kind.name()));
    List<String> names = new ArrayList<>(List.of(LOCAL));
    names.addAll(others);
    return names;
  }
}
