package bsl.spark;

import bsl.data.FileFailure;
import bsl.run.InputException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Finds what workers need beside Spark: all jars of the driver's class path that are not Spark's.
 */
final class SparkJars {
  private SparkJars() {}

  /**
   * The jars to send. Folders are compared behind symbolic links: a JVM says of a class in which
   * folder its jar really is, and a class path says how the user calls it.
   *
   * @param classPath the driver's class path
   * @param spark the folder of Spark's own jars
   * @throws InputException if there is a folder of classes, which cannot be sent
   */
  static List<Path> toSend(String classPath, Path spark) {
    Path sparkReally = real(spark);
    List<Path> jars = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator)) {
      Path path = Path.of(entry).toAbsolutePath().normalize();
      if (entry.isEmpty() || !Files.exists(path)) {
        continue;
      }
      if (Files.isDirectory(path)) {
        throw new InputException(
            path + ": is a folder of classes, and workers are sent jars only; make a jar of it");
      }
      // A jar may be a link, too, into Spark's folder or out of it.
      boolean ofSpark =
          real(path.getParent()).equals(sparkReally) || real(path).getParent().equals(sparkReally);
      if (!ofSpark) {
        jars.add(path);
      }
    }
    return jars;
  }

  /**
   * Jars as Spark lists them: addresses with commas between them. In a bare path Spark would cut at
   * a comma and at a hash, and go on without the jar.
   */
  static String listed(List<Path> jars) {
    return jars.stream()
        .map(jar -> jar.toUri().toASCIIString().replace(",", "%2C"))
        .collect(Collectors.joining(","));
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read: " + FileFailure.reason(file, e), e);
    }
  }

  /**
   * Where a class comes from.
   *
   * @param type a class of Spark's
   * @return the folder of its jar
   */
  static Path folderOf(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    try {
      return Path.of(source.getLocation().toURI()).toAbsolutePath().normalize().getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(source.getLocation() + " is no file", e);
    }
  }
}
