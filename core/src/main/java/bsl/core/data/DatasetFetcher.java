package bsl.core.data;

import bsl.core.data.DatasetEntry.Download;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Brings a data set of the catalogue into the data directory.
 *
 * <p>Files are downloaded beside the data sets ({@code .downloads/NAME}), where a cut connection
 * leaves what has come so far for the next attempt. They are unpacked into a staging folder,
 * checked (bytes against SHA-256, pairs against the content digests, where the catalogue knows
 * them), and only then is that folder given the data set's name: a half-written data set is never
 * there. Files are stored as {@code PART.txt.gz} in their own format.
 */
public final class DatasetFetcher {
  /** More than any data set of the catalogue unpacks to, by far. */
  private static final long LARGEST_MEMBER = 1L << 30;

  private final Path directory;
  private final FileDownloader downloader;
  private final FileDownloader.Opener opener;

  /**
   * @param directory the data directory; made if need be
   */
  public DatasetFetcher(Path directory) {
    this(directory, FileDownloader.Opener.PLAIN);
  }

  /**
   * @param opener opens files for writing
   */
  DatasetFetcher(Path directory, FileDownloader.Opener opener) {
    this.directory = directory;
    this.opener = opener;
    this.downloader = new FileDownloader(opener);
  }

  /**
   * Fetches a data set, or checks the one that is there.
   *
   * @param entry what to fetch
   * @param progress told how many bytes of a file have come
   * @return whether anything was fetched; false if the data set was there already, and right
   * @throws DataFormatException if what is there, or what came, is not what the catalogue says
   * @throws IOException if a file cannot be had or written; the message is one line
   */
  public boolean fetch(DatasetEntry entry, FileDownloader.Progress progress) throws IOException {
    Path folder = directory.resolve(entry.name());
    if (Files.exists(folder)) {
      requireRight(DatasetCatalog.load(entry.name(), directory), folder.toString());
      return false;
    }
    Path downloads = directory.resolve(".downloads").resolve(entry.name());
    Files.createDirectories(downloads);
    List<Path> files = new ArrayList<>();
    for (Download download : entry.downloads()) {
      String name = download.url().substring(download.url().lastIndexOf('/') + 1);
      Path file = downloads.resolve(name);
      downloader.fetch(download.url(), file, download.sha256(), progress);
      files.add(file);
    }
    try (StagedFolder staged = StagedFolder.beside(folder)) {
      for (int d = 0; d < files.size(); d++) {
        unpack(entry.downloads().get(d), files.get(d), staged.path());
      }
      requireRight(DatasetCatalog.loadFolder(entry.name(), staged.path()), "what came");
      staged.publish();
    }
    StagedFolder.delete(downloads);
    return true;
  }

  private static void requireRight(LoadedDataset loaded, String what) throws IOException {
    List<String> differences = DatasetCatalog.differences(loaded);
    if (!differences.isEmpty()) {
      throw new DataFormatException(
          what
              + ": is not data set "
              + loaded.split().name()
              + " as the catalogue knows it: "
              + String.join("; ", differences));
    }
  }

  private void unpack(Download download, Path file, Path into) throws IOException {
    if (download.isArchive()) {
      unpackArchive(download, file, into);
    } else {
      String part = download.members().keySet().iterator().next();
      try (InputStream in = Files.newInputStream(file)) {
        store(in, part, into, file.toString());
      }
    }
  }

  /**
   * Takes the members that are parts of the data set. They are stored under names of our own, so no
   * member's path is ever used; an archive with a path that leads elsewhere is refused all the
   * same.
   */
  private void unpackArchive(Download download, Path file, Path into) throws IOException {
    int found = 0;
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new GzipCompressorInputStream(new BufferedInputStream(Files.newInputStream(file))))) {
      for (TarArchiveEntry member = tar.getNextEntry();
          member != null;
          member = tar.getNextEntry()) {
        requireHarmless(member, file);
        for (Map.Entry<String, String> wanted : download.members().entrySet()) {
          if (member.isFile() && normalised(member.getName()).equals(wanted.getValue())) {
            store(tar, wanted.getKey(), into, file + "!" + member.getName());
            found++;
          }
        }
      }
    }
    if (found != download.members().size()) {
      throw new DataFormatException(
          file + ": has not exactly the members " + download.members().values());
    }
  }

  private static String normalised(String name) {
    return name.startsWith("./") ? name.substring(2) : name;
  }

  private static void requireHarmless(TarArchiveEntry member, Path file)
      throws DataFormatException {
    String name = member.getName();
    boolean leadsElsewhere =
        name.startsWith("/")
            || name.contains("\\")
            || List.of(name.split("/")).contains("..")
            || name.matches("[A-Za-z]:.*");
    if (leadsElsewhere || member.isSymbolicLink() || member.isLink()) {
      throw new DataFormatException(
          file + ": member '" + name + "' is a link or leads out of the archive; refused");
    }
  }

  private void store(InputStream in, String part, Path into, String name) throws IOException {
    Path target = into.resolve(part + ".txt.gz");
    try (OutputStream out = new GZIPOutputStream(opener.open(target, false), 1 << 16)) {
      byte[] buffer = new byte[1 << 16];
      long total = 0;
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        total += n;
        if (total > LARGEST_MEMBER) {
          throw new DataFormatException(
              name + ": unpacks to more than " + LARGEST_MEMBER + " bytes");
        }
        out.write(buffer, 0, n);
      }
    }
  }
}
