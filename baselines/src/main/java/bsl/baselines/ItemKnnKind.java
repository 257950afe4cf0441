package bsl.baselines;

import bsl.core.Hyperparameter;
import bsl.core.HyperparameterValues;
import bsl.core.Interactions;
import bsl.core.ValueRange;
import bsl.eval.UserScorer;
import java.util.List;

/**
 * Item-kNN (Deshpande and Karypis, "Item-Based Top-N Recommendation Algorithms", TOIS 2004): an
 * item's score is the sum of its similarities to those of its k nearest items that the user has.
 * Items are similar by the cosine of their users: common users, over the root of the product of
 * both numbers of users plus a shrinkage, so that few common users count for less.
 */
final class ItemKnnKind implements BaselineKind {
  /** Bytes of a reference, where it is not compressed. */
  private static final int REFERENCE = 8;

  /** Of an array, in bytes; other objects have less. */
  private static final int OBJECT_HEADER = 16;

  /** Objects lie at multiples of this many bytes where the launcher trains, else of 8. */
  private static final int ALIGNMENT = 64;

  private static final Hyperparameter NEIGHBOURS =
      new Hyperparameter(
          "k", "100", ValueRange.whole(1, Integer.MAX_VALUE), "nearest items that are kept");
  private static final Hyperparameter SHRINK =
      new Hyperparameter(
          "shrink",
          "0",
          ValueRange.atLeastZero(),
          "added to the denominator of a similarity, against similarities by chance");

  @Override
  public String name() {
    return "itemknn";
  }

  @Override
  public String description() {
    return "cosine of items by their users, summed over the nearest items";
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return List.of(NEIGHBOURS, SHRINK);
  }

  @Override
  public long bytes(Interactions train, HyperparameterValues values) {
    return bytes(train, values, Runtime.getRuntime().availableProcessors());
  }

  private static long bytes(Interactions train, HyperparameterValues values, int threads) {
    long neighbours = Math.min(train.items(), values.whole(NEIGHBOURS.name()));
    // Users and items by pair as they are turned round, and the items by user.
    long pairs = 3L * Integer.BYTES * train.size();
    // Where each item's users and neighbours begin, while they are found and put in their place.
    long offsets = 5L * Integer.BYTES * train.items();
    // Item and similarity, at first by item and then the other way round.
    long chosen = REFERENCE + object(2 * REFERENCE) + 2 * object(Integer.BYTES * neighbours);
    long kept = (chosen + 2L * Integer.BYTES * neighbours) * train.items();
    long perThread = 2L * Integer.BYTES * train.items() + 3L * Integer.BYTES * neighbours;
    return pairs + offsets + kept + threads * perThread;
  }

  /** Bytes of an object with this many bytes in it. */
  private static long object(long content) {
    return (OBJECT_HEADER + content + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  @Override
  public UserScorer fit(Interactions train, HyperparameterValues values, FitContext context) {
    context.requireMemory(name(), bytes(train, values, context.countedThreads()));
    context.progress(0);
    ItemNeighbours neighbours =
        new ItemNeighbours(
            train,
            (int) Math.min(train.items(), values.whole(NEIGHBOURS.name())),
            values.real(SHRINK.name()),
            context);
    UserScorer scorer = new ItemKnnScorer(train, neighbours);
    context.progress(1);
    return scorer;
  }
}
