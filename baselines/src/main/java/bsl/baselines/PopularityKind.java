package bsl.baselines;

import bsl.core.Hyperparameter;
import bsl.core.HyperparameterValues;
import bsl.core.Interactions;
import bsl.eval.UserScorer;
import java.util.List;
import java.util.Objects;

/** Recommends to everybody what most users have: the score of an item is its number of users. */
final class PopularityKind implements BaselineKind {
  @Override
  public String name() {
    return "popularity";
  }

  @Override
  public String description() {
    return "the items with the most users, the same for everybody";
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return List.of();
  }

  @Override
  public long bytes(Interactions train, HyperparameterValues values) {
    // Users of each item, as they are counted and as scores.
    return (Integer.BYTES + (long) Float.BYTES) * train.items();
  }

  @Override
  public UserScorer fit(Interactions train, HyperparameterValues values, FitContext context) {
    context.requireMemory(name(), bytes(train, values));
    context.progress(0);
    int[] degrees = train.itemDegrees();
    float[] popularity = new float[degrees.length];
    for (int item = 0; item < degrees.length; item++) {
      popularity[item] = degrees[item];
    }
    context.progress(1);
    int users = train.users();
    return (user, scores) -> {
      Objects.checkIndex(user, users);
      System.arraycopy(popularity, 0, scores, 0, popularity.length);
    };
  }
}
