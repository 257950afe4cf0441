package bsl.run;

import bsl.core.Sha256;
import bsl.losses.LossKind;
import bsl.losses.LossKinds;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Says which code a run's loss and backbone are, as far as {@link Numerics#VERSION} does not say
 * it. So a run with a loss of another project is another run once that loss has changed.
 *
 * <p>A loss or backbone of this project has nothing to say while its version is 1. One from outside
 * has its version, and the SHA-256 of where its class comes from: of a jar's bytes, or of a
 * folder's class files with their names, in the order of their names.
 */
final class KindCode {
  /** By class. A file is read once, so that all records of a process say the code that it runs. */
  private static final Map<Class<?>, String> DIGESTS = new ConcurrentHashMap<>();

  private KindCode() {}

  /**
   * The code of a run's loss and backbone.
   *
   * @return by what it is of, for example {@code loss mine}; empty for this project's own
   * @throws InputException if a jar or folder on the class path cannot be read
   */
  static Map<String, String> of(RunSpec spec) {
    Map<String, String> code = new TreeMap<>();
    LossKind loss = LossKinds.named(spec.lossName());
    add("loss " + loss.name(), loss, loss.version(), LossKinds.isStandard(loss.name()), code);
    BackboneKind backbone = BackboneKinds.named(spec.backbone());
    boolean standard = BackboneKinds.isStandard(backbone.name());
    add("backbone " + backbone.name(), backbone, backbone.version(), standard, code);
    return code;
  }

  private static void add(
      String owner, Object kind, int version, boolean standard, Map<String, String> code) {
    if (!standard) {
      code.put(owner, "version " + version + ", SHA-256 " + digest(kind.getClass()));
    } else if (version != 1) {
      code.put(owner, "version " + version);
    }
  }

  /**
   * SHA-256 of where a class comes from.
   *
   * @throws InputException if it cannot be read
   */
  static String digest(Class<?> type) {
    return DIGESTS.computeIfAbsent(type, KindCode::read);
  }

  private static String read(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      throw new InputException(type.getName() + ": comes from neither a jar nor a folder");
    }
    try {
      Path place = Path.of(source.getLocation().toURI());
      return Files.isDirectory(place) ? ofFolder(place) : Sha256.of(place);
    } catch (IOException | URISyntaxException | RuntimeException e) {
      throw new InputException(
          source.getLocation() + ": code of " + type.getName() + " cannot be read: " + e, e);
    }
  }

  private static String ofFolder(Path folder) throws IOException {
    List<String> names;
    try (Stream<Path> files = Files.walk(folder)) {
      names =
          files
              .filter(Files::isRegularFile)
              .map(file -> folder.relativize(file).toString().replace('\\', '/'))
              .filter(name -> name.endsWith(".class"))
              .sorted()
              .toList();
    }
    Sha256 sha = new Sha256();
    for (String name : names) {
      sha.add(name + "\n" + Sha256.of(folder.resolve(name)) + "\n");
    }
    return sha.hex();
  }
}
