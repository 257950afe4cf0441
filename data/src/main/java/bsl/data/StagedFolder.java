package bsl.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder that is filled under another, hidden name and then takes its place in one move, so that
 * nobody ever sees it half-written. Closing it before {@link #publish} removes it.
 *
 * <p>A process that is killed leaves its hidden folder behind. Whoever fills a folder of the same
 * name next removes it: beside each hidden folder lies a {@link ProcessLock} of the process that
 * fills it, made before the folder and removed after it.
 */
public final class StagedFolder implements AutoCloseable {
  private static final String LOCK = ".lock";
  private static final String UNIQUE = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  private final Path target;
  private final Path staging;
  private final ProcessLock lock;

  private StagedFolder(Path target, Path staging, ProcessLock lock) {
    this.target = target;
    this.staging = staging;
    this.lock = lock;
  }

  /**
   * Begins to fill a folder.
   *
   * @param target the folder, which does not exist yet; those above it are made
   */
  public static StagedFolder beside(Path target) throws WriteException {
    try {
      Path parent = target.toAbsolutePath().getParent();
      Files.createDirectories(parent);
      sweep(parent, prefix(target));
      Path staging;
      Optional<ProcessLock> taken;
      do {
        staging = parent.resolve(prefix(target) + UUID.randomUUID());
        // Another process that sweeps may have the lock of a new name for a moment.
        taken = ProcessLock.takeRemovable(lockOf(staging));
      } while (taken.isEmpty());
      ProcessLock lock = taken.get();
      boolean made = false;
      try {
        // Not createTempDirectory: nobody but its owner could read what is published.
        Files.createDirectory(staging);
        made = true;
        return new StagedFolder(target, staging, lock);
      } finally {
        if (!made) {
          new StagedFolder(target, staging, lock).close();
        }
      }
    } catch (IOException e) {
      throw new WriteException(target, e);
    }
  }

  /** Whether something has the name of a folder already, be it a link that leads nowhere. */
  public static boolean isTaken(Path target) {
    return Files.exists(target, LinkOption.NOFOLLOW_LINKS);
  }

  private static String prefix(Path target) {
    return "." + target.getFileName() + "-";
  }

  private static Path lockOf(Path staging) {
    return staging.resolveSibling(staging.getFileName() + LOCK);
  }

  /** Removes what processes that are no more have left. */
  private static void sweep(Path parent, String prefix) throws IOException {
    String left = Pattern.quote(prefix) + UNIQUE + "(" + Pattern.quote(LOCK) + ")?";
    List<Path> stagings;
    try (Stream<Path> children = Files.list(parent)) {
      stagings =
          children
              .map(path -> path.getFileName().toString())
              .filter(name -> name.matches(left))
              .map(
                  name ->
                      name.endsWith(LOCK) ? name.substring(0, name.length() - LOCK.length()) : name)
              .distinct()
              .map(parent::resolve)
              .toList();
    }
    for (Path staging : stagings) {
      try {
        Optional<ProcessLock> abandoned = ProcessLock.takeRemovable(lockOf(staging));
        if (abandoned.isPresent()) {
          new StagedFolder(parent, staging, abandoned.get()).close();
        }
      } catch (IOException e) {
        // It may be somebody else's, who alone can remove it. It is in nobody's way.
      }
    }
  }

  /** Where to write until {@link #publish}. */
  public Path path() {
    return staging;
  }

  /**
   * Gives the folder its name.
   *
   * @throws WriteException if something of this name has appeared meanwhile
   */
  public void publish() throws WriteException {
    try {
      DiskSync.folder(staging);
      Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
      DiskSync.names(target.toAbsolutePath().getParent());
    } catch (IOException e) {
      if (Files.exists(staging) && isTaken(target)) {
        throw new WriteException(target, new IOException("it has appeared meanwhile", e));
      }
      throw new WriteException(target, e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      delete(staging);
    } finally {
      lock.remove();
    }
  }

  /** Deletes a folder with all that is in it, if it is there. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
