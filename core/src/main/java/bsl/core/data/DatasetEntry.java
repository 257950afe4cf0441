package bsl.core.data;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the catalogue knows of a data set (PAPER, table of data sets).
 *
 * @param name name of its folder in the data directory
 * @param format format of its files
 * @param users number of users
 * @param items number of items
 * @param itemsFollowUsers whether item ids in the files begin at the number of users
 * @param pairs number of distinct pairs by part: {@code train}, {@code valid}, {@code test}
 * @param digests content digest ({@link bsl.core.Interactions#digest}) by part, where known
 * @param downloads where its files come from
 */
public record DatasetEntry(
    String name,
    PairFormat format,
    int users,
    int items,
    boolean itemsFollowUsers,
    Map<String, Integer> pairs,
    Map<String, String> digests,
    List<Download> downloads) {

  /**
   * A file to fetch.
   *
   * @param url where from
   * @param sha256 digest of the file's bytes, where known
   * @param members for an archive, the member's path by part; for a plain file, the part with an
   *     empty path
   */
  public record Download(String url, Optional<String> sha256, Map<String, String> members) {
    /** Whether the file is a compressed archive rather than a part by itself. */
    public boolean isArchive() {
      return url.endsWith(".tar.gz");
    }
  }
}
