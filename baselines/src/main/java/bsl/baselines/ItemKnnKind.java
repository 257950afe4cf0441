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
    long neighbours = Math.min(train.items(), values.whole(NEIGHBOURS.name()));
    long pairs = 2L * Integer.BYTES * train.size();
    // Item and similarity, at first by item and then the other way round.
    long kept = 4L * Integer.BYTES * neighbours * train.items();
    long perThread = 2L * Integer.BYTES * train.items() + 3L * Integer.BYTES * neighbours;
    return pairs + kept + Runtime.getRuntime().availableProcessors() * perThread;
  }

  @Override
  public UserScorer fit(Interactions train, HyperparameterValues values, FitContext context) {
    context.requireMemory(name(), bytes(train, values));
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
