package bsl.data;

import bsl.data.DatasetEntry.Download;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/**
 * Downloads a data set of the catalogue into the data directory and checks it.
 *
 * <p>Files are downloaded into {@code .downloads/NAME} beside the data sets. A cut connection
 * leaves there what has come so far, for the next attempt. The files are unpacked into a staging
 * folder. Their bytes are checked against checksums, and their pairs against numbers and content
 * digests, where the catalogue knows them. Then the folder gets the data set's name, so that a
 * half-written data set is never there. What turns out wrong is deleted, and the next attempt
 * begins afresh. One process at a time fetches a data set, under the lock {@code
 * .downloads/NAME.lock}.
 *
 * <p>Files are stored as {@code PART.txt.gz} in their own format. Where there is no connection, the
 * message says which files to put where by hand.
 */
public final class DatasetFetcher {
  private static final int BUFFER = 1 << 16;

  private final Path directory;
  private final FileOpener opener;
  private final DownloadLimits limits;
  private final FileDownloader downloader;

  /**
   * @param directory the data directory; made if need be
   */
  public DatasetFetcher(Path directory) {
    this(directory, FileOpener.PLAIN, DownloadLimits.DEFAULT);
  }

  DatasetFetcher(Path directory, FileOpener opener, DownloadLimits limits) {
    this.directory = directory;
    this.opener = opener;
    this.limits = limits;
    this.downloader = new FileDownloader(opener, limits);
  }

  /**
   * Fetches a data set, or checks the one that is there.
   *
   * @param entry what to fetch
   * @param progress told how many bytes of a file have come
   * @return whether anything was fetched; false if the data set was there already, and right
   * @throws DataFormatException if what is there, or what came, is not what the catalogue says
   * @throws IOException if a file cannot be had or written, or another process is fetching the same
   *     data set; the message is one line
   */
  public boolean fetch(DatasetEntry entry, FileDownloader.Progress progress) throws IOException {
    DatasetFolder folder = new DatasetFolder(directory.resolve(entry.name()));
    Path all = directory.resolve(".downloads");
    Path downloads = all.resolve(entry.name());
    Path lockFile = all.resolve(entry.name() + ".lock");
    boolean present = folder.exists();
    if (present) {
      requireRight(folder, entry, folder.path() + " (move it away to fetch it anew)");
      if (!Files.isDirectory(downloads) && !Files.exists(lockFile)) {
        return false;
      }
    }
    Optional<ProcessLock> lock = lock(lockFile, downloads);
    if (lock.isEmpty()) {
      if (present) {
        return false;
      }
      throw new IOException(
          "data set '"
              + entry.name()
              + "' is being fetched by "
              + ProcessLock.holder(lockFile).orElse("another process")
              + "; fetch it again when that is done");
    }
    try {
      // Another process may have come to its end between the first look and the lock.
      if (folder.exists()) {
        requireRight(folder, entry, folder.path() + " (move it away to fetch it anew)");
        present = true;
      } else {
        install(entry, download(entry, downloads, folder.path(), progress), folder.path());
      }
      StagedFolder.delete(downloads);
    } catch (DataFormatException e) {
      if (!folder.exists()) {
        StagedFolder.delete(downloads);
      }
      throw e;
    } finally {
      try {
        deleteIfEmpty(downloads);
      } finally {
        lock.get().remove();
      }
      deleteIfEmpty(all);
    }
    return !present;
  }

  /** Takes the lock on the downloads of a data set, or nothing if another process has it. */
  private static Optional<ProcessLock> lock(Path file, Path downloads) throws IOException {
    while (true) {
      try {
        Files.createDirectories(file.getParent());
        return ProcessLock.takeRemovable(file);
      } catch (NoSuchFileException e) {
        // Whoever has just come to an end has removed the folder. It is made again.
      } catch (IOException e) {
        throw new WriteException(downloads, e);
      }
    }
  }

  private List<Path> download(
      DatasetEntry entry, Path downloads, Path target, FileDownloader.Progress progress)
      throws IOException {
    try {
      Files.createDirectories(downloads);
    } catch (IOException e) {
      throw new WriteException(downloads, e);
    }
    List<Path> files = new ArrayList<>();
    for (Download download : entry.downloads()) {
      String name = download.url().substring(download.url().lastIndexOf('/') + 1);
      Path file = downloads.resolve(name);
      try {
        downloader.fetch(download.url(), file, download.checksum(), progress);
      } catch (WriteException | DataFormatException | InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        throw new IOException(e.getMessage() + "; " + byHand(entry, target), e);
      }
      files.add(file);
    }
    return files;
  }

  /** How a person brings the files from a machine that has a connection. */
  private static String byHand(DatasetEntry entry, Path target) {
    String what =
        entry.downloads().stream()
            .map(
                download ->
                    download.isArchive()
                        ? "what "
                            + download.url()
                            + " has as "
                            + String.join(" and ", new TreeSet<>(download.members().values()))
                        : download.url())
            .collect(Collectors.joining(", "));
    return "to do it by hand, put "
        + what
        + " into "
        + target
        + ", then run 'bsl data verify "
        + entry.name()
        + "'";
  }

  private void install(DatasetEntry entry, List<Path> files, Path target) throws IOException {
    try (StagedFolder staged = StagedFolder.beside(target)) {
      for (int d = 0; d < files.size(); d++) {
        unpack(entry.downloads().get(d), files.get(d), staged.path());
      }
      requireRightCame(entry, staged.path());
      staged.publish();
    }
  }

  private static void requireRightCame(DatasetEntry entry, Path staging) throws IOException {
    String what = "what came for '" + entry.name() + "'";
    try {
      requireRight(new DatasetFolder(staging), entry, what);
    } catch (DataFormatException e) {
      // The staging folder will be gone by the time the message is read.
      String inside = e.getMessage().replace(staging + staging.getFileSystem().getSeparator(), "");
      throw new DataFormatException(
          inside.startsWith(what) ? inside : what + " is malformed: " + inside);
    }
  }

  private static void requireRight(DatasetFolder folder, DatasetEntry entry, String what)
      throws IOException {
    List<String> differences =
        entry.differences(folder.load(entry.name(), Optional.of(entry)).split());
    if (!differences.isEmpty()) {
      throw new DataFormatException(
          what
              + ": is not data set '"
              + entry.name()
              + "' as the catalogue knows it: "
              + String.join("; ", differences));
    }
  }

  private void unpack(Download download, Path file, Path into) throws IOException {
    if (download.isArchive()) {
      new TarGzArchive(file, limits.largest())
          .extract(download.members(), (part, content) -> store(content, part, into));
    } else {
      String part = download.members().keySet().iterator().next();
      try (InputStream in = Files.newInputStream(file)) {
        store(in, part, into);
      }
    }
  }

  private void store(InputStream in, String part, Path into) throws IOException {
    Path target = into.resolve(DatasetFolder.fileName(part));
    try (OutputStream out = new GZIPOutputStream(opener.openNamed(target, false), BUFFER)) {
      in.transferTo(out);
    }
  }

  private static void deleteIfEmpty(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try {
        Files.deleteIfExists(folder);
      } catch (DirectoryNotEmptyException e) {
        // Holds what the next attempt goes on from.
      }
    }
  }
}
