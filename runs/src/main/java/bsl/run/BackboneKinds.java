package bsl.run;

import bsl.core.NamedServices;
import java.util.List;
import java.util.Optional;

/**
 * Finds backbones by name: those of this project, and those that {@link java.util.ServiceLoader}
 * finds on the class path (see {@link BackboneKind}).
 */
public final class BackboneKinds {
  private static final NamedServices<BackboneKind> KINDS =
      new NamedServices<>(
          BackboneKind.class, "backbone", BackboneKind::name, StandardBackbones.ALL);

  private BackboneKinds() {}

  /**
   * All backbones: this project's first, then the others by name.
   *
   * @throws IllegalStateException if a backbone on the class path cannot be made, or its name is
   *     taken or malformed
   */
  public static List<BackboneKind> all() {
    return KINDS.all();
  }

  /** The names of all backbones, in the order of {@link #all}. */
  public static List<String> names() {
    return KINDS.names();
  }

  /** The backbone of a name, if there is one. */
  public static Optional<BackboneKind> find(String name) {
    return KINDS.find(name);
  }

  /**
   * The backbone of a name.
   *
   * @throws IllegalArgumentException if there is none; the message says which there are
   */
  public static BackboneKind named(String name) {
    return KINDS.named(name);
  }

  /** Whether a backbone is one of this project's. */
  public static boolean isStandard(String name) {
    return KINDS.isStandard(name);
  }
}
