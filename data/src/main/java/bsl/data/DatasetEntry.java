package bsl.data;

import bsl.core.Interactions;
import bsl.core.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says what a data set of the paper is: how its files are read, what they must contain, and where
 * they come from.
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
   * @param checksum of the file's bytes, where known
   * @param members for an archive, the member's path by part; for a plain file, the part with an
   *     empty path
   */
  public record Download(String url, Optional<Checksum> checksum, Map<String, String> members) {
    /** Whether the file is a compressed archive rather than a part by itself. */
    public boolean isArchive() {
      return url.endsWith(".tar.gz");
    }
  }

  /**
   * Compares a split with this entry: users, items, and the pairs and digests that are known.
   *
   * @return one line per difference; empty if there is none
   */
  public List<String> differences(Split split) {
    List<String> differences = new ArrayList<>();
    compare(differences, "users", users, split.users());
    compare(differences, "items", items, split.items());
    compareParts(differences, DatasetFolder.TRAIN, Optional.of(split.train()));
    compareParts(differences, DatasetFolder.VALID, split.validation());
    compareParts(differences, DatasetFolder.TEST, Optional.of(split.test()));
    return differences;
  }

  /**
   * What {@link #differences} cannot say, since a part's digest is not known.
   *
   * @return a clause that begins with a semicolon; empty if all digests are known
   */
  public String reservation() {
    List<String> unknown =
        pairs.keySet().stream().filter(part -> !digests.containsKey(part)).sorted().toList();
    return unknown.isEmpty()
        ? ""
        : "; the catalogue knows only the number of pairs of " + String.join(" and ", unknown);
  }

  private void compareParts(
      List<String> differences, String part, Optional<Interactions> interactions) {
    // A part that the published data lack counts, too: epochs would be selected on it.
    compare(
        differences,
        part + " pairs",
        pairs.getOrDefault(part, 0),
        interactions.map(Interactions::size).orElse(0));
    if (digests.containsKey(part) && interactions.isPresent()) {
      compare(differences, part + " digest", digests.get(part), interactions.get().digest());
    }
  }

  private static void compare(
      List<String> differences, String what, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      differences.add(what + ": " + actual + " instead of " + expected);
    }
  }
}
