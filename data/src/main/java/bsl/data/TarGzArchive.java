package bsl.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Takes named members out of a {@code .tar.gz} file. No member's path is ever used to write
 * anything. An archive is still refused whole if a member leads elsewhere, is a link or a device,
 * or if it unpacks to more than allowed.
 */
final class TarGzArchive {
  /** Gets the content of a member. */
  @FunctionalInterface
  interface Sink {
    /**
     * @param part what the member is wanted as
     * @param content to be read before returning
     */
    void accept(String part, InputStream content) throws IOException;
  }

  private final Path file;
  private final long limit;

  /**
   * @param limit bytes that all members together, or a single one, may unpack to
   */
  TarGzArchive(Path file, long limit) {
    this.file = file;
    this.limit = limit;
  }

  /**
   * Hands over the wanted members.
   *
   * @param members path in the archive by part
   * @throws DataFormatException if the archive is damaged, refused, or lacks a member or has it
   *     twice
   * @throws WriteException as the sink throws it
   */
  void extract(Map<String, String> members, Sink sink) throws IOException {
    TreeSet<String> missing = new TreeSet<>(members.values());
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new LimitedInputStream(
                new GzipCompressorInputStream(new BufferedInputStream(Files.newInputStream(file))),
                file.toString(),
                limit))) {
      for (TarArchiveEntry member = tar.getNextEntry();
          member != null;
          member = tar.getNextEntry()) {
        requireHarmless(member);
        String path = normalised(member.getName());
        for (Map.Entry<String, String> wanted : members.entrySet()) {
          if (path.equals(wanted.getValue())) {
            if (!missing.remove(path)) {
              throw new DataFormatException(file + ": has member '" + path + "' twice");
            }
            // A sparse member can be larger than what is read of the archive for it.
            sink.accept(wanted.getKey(), new LimitedInputStream(tar, file + "!" + path, limit));
          }
        }
      }
    } catch (DataFormatException | WriteException e) {
      throw e;
    } catch (IOException e) {
      throw new DataFormatException(file + ": is not a sound .tar.gz: " + FileFailure.bare(e));
    }
    if (!missing.isEmpty()) {
      throw new DataFormatException(file + ": has no member '" + missing.first() + "'");
    }
  }

  private static String normalised(String name) {
    return name.startsWith("./") ? name.substring(2) : name;
  }

  private void requireHarmless(TarArchiveEntry member) throws DataFormatException {
    String name = member.getName();
    if (name.startsWith("/")
        || name.contains("\\")
        || name.matches("[A-Za-z]:.*")
        || List.of(name.split("/")).contains("..")) {
      throw new DataFormatException(
          file + ": member '" + printable(name) + "' leads out of the archive; refused");
    }
    if (member.isSymbolicLink()
        || member.isLink()
        || member.isFIFO()
        || member.isCharacterDevice()
        || member.isBlockDevice()) {
      throw new DataFormatException(
          file + ": member '" + printable(name) + "' is a link or a device; refused");
    }
  }

  private static String printable(String name) {
    return name.replaceAll("\\p{C}", "?");
  }
}
