package bsl.run;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The disk of a process that is killed at a chosen moment. It passes everything on to the real one
 * and counts what changes it: files opened for writing, writes, moves, deletions, new folders. At
 * the chosen operation, and at every later one, it throws a {@link SimulatedKill} instead, so that
 * nothing that a dying program still does, in {@code finally} say, has an effect. Of a write at
 * which the kill comes, half is done.
 *
 * <p>With a power cut instead of a kill, a file that was written but not forced to the disk is
 * empty afterwards, whatever it has been renamed to since.
 *
 * <p>Code is tested with it by giving it paths of {@link #path}; whatever of it does not go through
 * {@code java.nio.file} fails.
 */
final class KillableFileSystem extends FileSystem {
  private final Disk disk = new Disk();
  private final long killAt;
  private final boolean powerCut;
  private final Consumer<Path> lockFileOpened;
  private final Map<Object, Path> unforced = new HashMap<>();
  private final List<String> operations = new ArrayList<>();

  private KillableFileSystem(long killAt, boolean powerCut, Consumer<Path> lockFileOpened) {
    this.killAt = killAt;
    this.powerCut = powerCut;
    this.lockFileOpened = lockFileOpened;
  }

  private KillableFileSystem(long killAt, boolean powerCut) {
    this(killAt, powerCut, file -> {});
  }

  /**
   * Never killed, and others meddle.
   *
   * @param lockFileOpened what is done after each opening of a file to lock, before it is locked
   */
  static KillableFileSystem meddledWith(Consumer<Path> lockFileOpened) {
    return new KillableFileSystem(Long.MAX_VALUE, false, lockFileOpened);
  }

  /** Never killed; counts only. */
  static KillableFileSystem immortal() {
    return new KillableFileSystem(Long.MAX_VALUE, false);
  }

  /** Killed at the n-th operation, counted from 0. */
  static KillableFileSystem killedAt(long operation) {
    return new KillableFileSystem(operation, false);
  }

  /** Without power from the n-th operation on, counted from 0. */
  static KillableFileSystem withoutPowerFrom(long operation) {
    return new KillableFileSystem(operation, true);
  }

  /** A real path, seen through this file system. */
  Path path(Path real) {
    return new DelegatingPath(this, real);
  }

  /** What has been done, in order. */
  synchronized List<String> operations() {
    return List.copyOf(operations);
  }

  private synchronized void count(String operation, Path path) {
    if (operations.size() >= killAt) {
      cutPower();
      throw new SimulatedKill(operation + " " + path);
    }
    operations.add(operation + " " + path.getFileName());
  }

  private synchronized boolean isLast() {
    return operations.size() >= killAt;
  }

  private static Object identity(Path real) throws IOException {
    return Files.readAttributes(real, BasicFileAttributes.class).fileKey();
  }

  private synchronized void written(Path real) throws IOException {
    unforced.put(identity(real), real);
  }

  private synchronized void forced(Path real) throws IOException {
    unforced.remove(identity(real));
  }

  private synchronized void moved(Path from, Path to) throws IOException {
    unforced.computeIfPresent(identity(to), (key, old) -> to);
    unforced.replaceAll(
        (key, file) -> file.startsWith(from) ? to.resolve(from.relativize(file)) : file);
  }

  private void cutPower() {
    if (!powerCut) {
      return;
    }
    for (Path file : unforced.values()) {
      try {
        if (Files.exists(file)) {
          Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    unforced.clear();
  }

  private static Path real(Path path) {
    return ((DelegatingPath) path).real();
  }

  @Override
  public FileSystemProvider provider() {
    return disk;
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public String getSeparator() {
    return FileSystems.getDefault().getSeparator();
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return Set.of("basic");
  }

  @Override
  public Path getPath(String first, String... more) {
    return path(Path.of(first, more));
  }

  @Override
  public PathMatcher getPathMatcher(String pattern) {
    throw new UnsupportedOperationException();
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    throw new UnsupportedOperationException();
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException();
  }

  /** A stream that counts its writes and does half of the one at which the kill comes. */
  private final class KillableStream extends OutputStream {
    private final Path file;
    private final OutputStream out;

    KillableStream(Path file, OutputStream out) {
      this.file = file;
      this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (isLast()) {
        out.write(bytes, from, length / 2);
        out.flush();
      }
      count("write", file);
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  private final class Disk extends FileSystemProvider {
    @Override
    public String getScheme() {
      return "killable";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Path getPath(URI uri) {
      throw new UnsupportedOperationException();
    }

    @Override
    public OutputStream newOutputStream(Path path, OpenOption... options) throws IOException {
      count("open", path);
      OutputStream out = Files.newOutputStream(real(path), options);
      written(real(path));
      return new KillableStream(path, out);
    }

    @Override
    public SeekableByteChannel newByteChannel(
        Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
        throws IOException {
      if (options.contains(StandardOpenOption.WRITE)) {
        throw new UnsupportedOperationException("writes are counted on streams only");
      }
      return Files.newByteChannel(real(path), options, attributes);
    }

    /** Channels are for locks and for forcing files to the disk. */
    @Override
    public FileChannel newFileChannel(
        Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
        throws IOException {
      boolean lock = options.contains(StandardOpenOption.CREATE);
      count(lock ? "lock" : "force", path);
      FileChannel channel = FileChannel.open(real(path), options, attributes);
      if (!lock && !Files.isDirectory(real(path))) {
        forced(real(path));
      }
      if (lock) {
        lockFileOpened.accept(path);
      }
      return new UnforcedChannel(channel);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(
        Path path, DirectoryStream.Filter<? super Path> filter) throws IOException {
      DirectoryStream<Path> children = Files.newDirectoryStream(real(path));
      return new DirectoryStream<>() {
        @Override
        public Iterator<Path> iterator() {
          List<Path> seen = new ArrayList<>();
          children.forEach(child -> seen.add(path(child)));
          return seen.iterator();
        }

        @Override
        public void close() throws IOException {
          children.close();
        }
      };
    }

    @Override
    public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
      if (Files.exists(real(path))) {
        Files.createDirectory(real(path));
      }
      count("mkdir", path);
      Files.createDirectory(real(path), attributes);
    }

    @Override
    public void delete(Path path) throws IOException {
      if (!Files.exists(real(path))) {
        Files.delete(real(path));
      }
      count("delete", path);
      Files.delete(real(path));
    }

    @Override
    public void copy(Path from, Path to, CopyOption... options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void move(Path from, Path to, CopyOption... options) throws IOException {
      count("move", to);
      Files.move(real(from), real(to), options);
      moved(real(from), real(to));
    }

    @Override
    public boolean isSameFile(Path one, Path other) throws IOException {
      return Files.isSameFile(real(one), real(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
      return Files.isHidden(real(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
      return Files.getFileStore(real(path));
    }

    @Override
    public void checkAccess(Path path, java.nio.file.AccessMode... modes) throws IOException {
      real(path).getFileSystem().provider().checkAccess(real(path), modes);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(
        Path path, Class<V> type, LinkOption... options) {
      return Files.getFileAttributeView(real(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(
        Path path, Class<A> type, LinkOption... options) throws IOException {
      return Files.readAttributes(real(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
        throws IOException {
      return Files.readAttributes(real(path), attributes, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
      throw new UnsupportedOperationException();
    }
  }
}
