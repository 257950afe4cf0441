package bsl.cli;

import bsl.core.CountText;
import bsl.recommend.Listing;
import bsl.recommend.Recommendations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Whom to recommend to, or to what something similar is wanted. */
final class RecommendTarget {
  @Option(names = "--user", paramLabel = "ID", description = "a user; may be given several times")
  private List<String> users = List.of();

  @Option(
      names = "--users",
      paramLabel = "FILE",
      description = "the users of a file, an id on each line")
  private Path usersFile;

  @Option(names = "--all", description = "all users, in the order of the data set")
  private boolean all;

  @Option(
      names = "--items",
      paramLabel = "IDS",
      description = {
        "a user who was not in train and has these items: ids with commas between,",
        "or a file with an id on each line"
      })
  private String items;

  @Option(
      names = "--similar-items",
      paramLabel = "ID",
      description = "items similar to this one; may be given several times")
  private List<String> similarItems = List.of();

  @Option(
      names = "--similar-users",
      paramLabel = "ID",
      description = "users similar to this one; may be given several times")
  private List<String> similarUsers = List.of();

  /** Whether it is about similar items or users. */
  boolean isSimilarity() {
    return !similarItems.isEmpty() || !similarUsers.isEmpty();
  }

  /** Whether a single ranking is asked for. */
  boolean isOne() {
    return items != null || users.size() + similarItems.size() + similarUsers.size() == 1;
  }

  /** What is to be listed. */
  Listing listing(
      Recommendations recommendations, KnownIds knownUsers, KnownIds knownItems, boolean known)
      throws IOException {
    if (all) {
      return recommendations.forUsers(recommendations.allUsers(), known);
    }
    if (usersFile != null) {
      return recommendations.forUsers(knownUsers.ofFile("--users", usersFile), known);
    }
    if (items != null) {
      return recommendations.forNewUser(knownItems.ofListOrFile("--items", items), known);
    }
    if (!similarItems.isEmpty()) {
      return recommendations.similarItems(knownItems.of("--similar-items", similarItems));
    }
    if (!similarUsers.isEmpty()) {
      return recommendations.similarUsers(knownUsers.of("--similar-users", similarUsers));
    }
    return recommendations.forUsers(knownUsers.of("--user", users), known);
  }

  /**
   * What to know of users without train pairs, and what to do instead.
   *
   * @param count how many of them are listed
   * @param all how many users are
   */
  String withoutTrainPairs(int count, int all) {
    return String.format(
        Locale.ROOT,
        "note: %,d of %s %s no train pairs; %s",
        count,
        CountText.grouped(all, "user"),
        count == 1 ? "has" : "have",
        similarUsers.isEmpty()
            ? "their rankings mean nothing, --items ranks by items that such a user has"
            : "which users are similar to them means nothing");
  }
}
