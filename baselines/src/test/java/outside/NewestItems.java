package outside;

import bsl.baselines.BaselineKind;
import bsl.baselines.FitContext;
import bsl.core.Hyperparameter;
import bsl.core.HyperparameterValues;
import bsl.core.Interactions;
import bsl.eval.UserScorer;
import java.util.List;
import java.util.Objects;

/** A baseline of another project, which the class path brings: the higher a number, the newer. */
public final class NewestItems implements BaselineKind {
  @Override
  public String name() {
    return "newest-items";
  }

  @Override
  public String description() {
    return "items with the highest numbers";
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return List.of();
  }

  @Override
  public long bytes(Interactions train, HyperparameterValues values) {
    return 1;
  }

  @Override
  public UserScorer fit(Interactions train, HyperparameterValues values, FitContext context) {
    context.requireMemory(name(), bytes(train, values));
    context.progress(0);
    context.progress(1);
    int users = train.users();
    int items = train.items();
    return (user, scores) -> {
      Objects.checkIndex(user, users);
      for (int i = 0; i < items; i++) {
        scores[i] = i;
      }
    };
  }
}
