package bsl.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps two processes, and two threads of one process, from working on the same files at a time.
 *
 * <p>The lock is one of the operating system on a file. It goes when its process ends, however that
 * happens, so that no crash leaves anything locked. The file itself stays; what is in it says who
 * holds the lock, and means nothing while nobody does.
 *
 * <p>On a network file system the lock works between machines only where the system passes locks on
 * to the server (NFS from version 4 does). Keep the files on a local disk where that is not sure.
 */
public final class ProcessLock implements AutoCloseable {
  /** Beyond the text, so that it can be read where locked bytes cannot be. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private static final int LONGEST_COMMAND = 200;
  private static final int LONGEST_TEXT = 1 << 12;

  private static final int MORE_TRIES = 3;
  private static final long PAUSE_NANOS = 2_000_000;

  /**
   * The locks of this JVM and who holds them. Whoever closes a file gives up all locks that the JVM
   * has on it (POSIX), so a file that is locked from here must not even be opened.
   */
  private static final Map<Path, String> HELD = new HashMap<>();

  private final Path file;
  private final FileChannel channel;

  private ProcessLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock if nobody holds it.
   *
   * @param file the file to lock; made if need be, its folder must exist
   * @return the lock, to be closed by whoever took it, or nothing if it is held
   * @throws IOException if the file cannot be made or the file system has no locks
   */
  public static Optional<ProcessLock> take(Path file) throws IOException {
    Path key = key(file);
    synchronized (HELD) {
      if (HELD.containsKey(key)) {
        return Optional.empty();
      }
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
        // Who only asks for the holder has the lock for a moment, too.
        for (int more = 0; lock == null && more < MORE_TRIES; more++) {
          LockSupport.parkNanos(PAUSE_NANOS);
          lock = channel.tryLock(LOCKED_BYTE, 1, false);
        }
        if (lock == null) {
          channel.close();
          return Optional.empty();
        }
        String self = self();
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(self.getBytes(StandardCharsets.UTF_8)), 0);
        HELD.put(key, self);
        return Optional.of(new ProcessLock(key, channel));
      } catch (IOException | RuntimeException | Error e) {
        channel.close();
        throw e;
      }
    }
  }

  /**
   * Takes a lock whose file goes with it, by {@link #remove}, if nobody holds it.
   *
   * @param file as in {@link #take}; all who lock it take it this way
   * @return as from {@link #take}
   * @throws IOException as from {@link #take}
   */
  static Optional<ProcessLock> takeRemovable(Path file) throws IOException {
    synchronized (HELD) {
      while (!HELD.containsKey(key(file))) {
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
        Object before = identity(file);
        Optional<ProcessLock> lock = take(file);
        // A file that its holder removed before it could be locked here is another one than before.
        if (lock.isEmpty() || identity(file).equals(before)) {
          return lock;
        }
        lock.get().close();
      }
      return Optional.empty();
    }
  }

  /** Equal for the same file only, where the file system can tell; unlike any other if gone. */
  private static Object identity(Path file) throws IOException {
    try {
      return Optional.ofNullable(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    } catch (NoSuchFileException e) {
      return new Object();
    }
  }

  /** Gives a lock of {@link #takeRemovable} back and removes its file. */
  void remove() throws IOException {
    synchronized (HELD) {
      try {
        Files.deleteIfExists(file);
      } finally {
        close();
      }
    }
  }

  /**
   * Who holds a lock now, for messages.
   *
   * @param file the locked file
   * @return for example {@code process 4711 on host since 2024-05-13T08:00:00Z: COMMAND}; empty if
   *     nobody holds it
   */
  public static Optional<String> holder(Path file) throws IOException {
    synchronized (HELD) {
      String here = HELD.get(key(file));
      if (here != null) {
        return Optional.of(here);
      }
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
        if (lock != null) {
          return Optional.empty();
        }
        ByteBuffer text = ByteBuffer.allocate(LONGEST_TEXT);
        channel.read(text, 0);
        String read = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8);
        return Optional.of(read.isBlank() ? "another process" : read.strip());
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
    }
  }

  private static Path key(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path parent = absolute.getParent();
    return Files.exists(parent) ? parent.toRealPath().resolve(absolute.getFileName()) : absolute;
  }

  private static String self() {
    String command = System.getProperty("sun.java.command", "java");
    return "process "
        + ProcessHandle.current().pid()
        + " on "
        + host()
        + " since "
        + Instant.now().truncatedTo(ChronoUnit.SECONDS)
        + ": "
        + command.substring(0, Math.min(LONGEST_COMMAND, command.length()));
  }

  /** The machine's name. The platform's own way may wait for a name server. */
  private static String host() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      String name = System.getenv("HOSTNAME");
      return name == null ? System.getenv().getOrDefault("COMPUTERNAME", "this machine") : name;
    }
  }

  /** Gives the lock back. The file stays, so that nobody can lock one that has been deleted. */
  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      if (!channel.isOpen()) {
        return;
      }
      HELD.remove(file);
      try {
        channel.truncate(0);
      } finally {
        channel.close();
      }
    }
  }
}
