package bsl.recommend;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.data.IdFile;
import bsl.eval.SimilarRows;
import bsl.eval.TopKRecommender;
import bsl.recommend.Listing.Labels;
import bsl.run.RunData;
import bsl.run.TrainedRun;
import bsl.run.UserFolding;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a trained run has to recommend: items for its users, items for a user who was not in train,
 * similar items, similar users. Nothing is computed before a {@link Listing} is read.
 */
public final class Recommendations {
  /** What a user is called who has no id. */
  public static final String NEW_USER = "new";

  private final TrainedRun run;
  private final RunData data;
  private final Names users;
  private final Names items;
  private final WorkPool pool;

  /**
   * @param run the trained run
   * @param data what it was trained on
   * @param users names of the users
   * @param items names of the items
   * @param pool threads that do the work
   */
  public Recommendations(TrainedRun run, RunData data, Names users, Names items, WorkPool pool) {
    this.run = run;
    this.data = data;
    this.users = users;
    this.items = items;
    this.pool = pool;
  }

  /**
   * The best items for some users.
   *
   * @param which the users
   * @param known whether items are listed that a user has in train (or validation)
   */
  public Listing forUsers(int[] which, boolean known) {
    List<Interactions> masked =
        known ? List.of(nothing(users.count(), items.count())) : data.maskedInTest();
    return new Listing(
        recommender(masked), run.model(), which, users, items, Labels.ITEMS_FOR_USERS);
  }

  /**
   * The best items for a user who was not in train.
   *
   * @param history the items that the user has, at least one
   * @param known whether they are listed, too
   * @throws IllegalArgumentException if there is none
   */
  public Listing forNewUser(int[] history, boolean known) {
    if (history.length == 0) {
      throw new IllegalArgumentException("nothing is known of a user without items");
    }
    Interactions of = Interactions.of(1, items.count(), new int[history.length], history);
    EmbeddingTable folded = UserFolding.of(run, data, pool).embeddings(of);
    Names name = new Names(Optional.of(IdFile.of(List.of(NEW_USER))), 1);
    return new Listing(
        recommender(List.of(known ? nothing(1, items.count()) : of)),
        new Embeddings(folded, run.model().items()),
        new int[1],
        name,
        items,
        Labels.ITEMS_FOR_USERS);
  }

  /** Items whose embeddings have the largest cosines with those of some items. */
  public Listing similarItems(int[] which) {
    return similar(run.model().items(), which, items, Labels.SIMILAR_ITEMS);
  }

  /** Users whose embeddings have the largest cosines with those of some users. */
  public Listing similarUsers(int[] which) {
    return similar(run.model().users(), which, users, Labels.SIMILAR_USERS);
  }

  /**
   * How many of a listing's rows are users without train pairs. Nothing of theirs was trained on,
   * so their embeddings, and what is listed for them, are left to chance.
   *
   * @param listing one of these recommendations
   */
  public int usersWithoutTrainPairs(Listing listing) {
    return listing.rowNames() == users
        ? (int) Arrays.stream(listing.rows()).filter(u -> data.train().degree(u) == 0).count()
        : 0;
  }

  /** Numbers of all users. */
  public int[] allUsers() {
    int[] all = new int[users.count()];
    Arrays.setAll(all, user -> user);
    return all;
  }

  private Listing similar(EmbeddingTable table, int[] which, Names names, Labels labels) {
    return new Listing(
        SimilarRows.among(table.rows(), Kernels.best(), pool),
        SimilarRows.embeddings(table),
        which,
        names,
        names,
        labels);
  }

  private TopKRecommender recommender(List<Interactions> masked) {
    return new TopKRecommender(masked, run.spec().testScore(), Kernels.best(), pool);
  }

  private static Interactions nothing(int users, int items) {
    return Interactions.of(users, items, new int[0], new int[0]);
  }
}
