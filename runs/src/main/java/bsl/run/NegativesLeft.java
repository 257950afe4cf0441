package bsl.run;

import bsl.core.Interactions;
import bsl.core.sampling.NegativeSharing;

/**
 * Refuses, before anything is trained, a {@code negative_noise} of 0 that leaves a user without
 * negatives, because all items that are negatives are its own. A sample that happens to consist of
 * a user's own items is no matter: the user is left out of that step.
 */
final class NegativesLeft {
  private final RunSpec spec;
  private final Interactions train;
  private final boolean[] negative;
  private int negatives;

  /**
   * @param spec a run over mini-batches of users
   * @param train the pairs to train on
   */
  NegativesLeft(RunSpec spec, Interactions train) {
    this.spec = spec;
    this.train = train;
    this.negative = new boolean[train.items()];
    boolean popular = spec.negativeSharing() == NegativeSharing.POPULAR;
    for (int p = 0; p < train.size(); p++) {
      negative[train.itemAt(p)] = true;
    }
    for (int i = 0; i < negative.length; i++) {
      negative[i] |= !popular;
      negatives += negative[i] ? 1 : 0;
    }
  }

  /**
   * Checks all users that are trained.
   *
   * @param positives the pairs that negative noise is about
   * @throws InputException if there is something to refuse
   */
  void check(Interactions positives) {
    for (int user = 0; spec.negativeNoise() == 0 && user < train.users(); user++) {
      if (train.degree(user) > 0 && owned(positives, user) == negatives) {
        throw new InputException(
            "negative_noise 0 leaves user "
                + user
                + " without negatives: all items that are negatives are its own");
      }
    }
  }

  private int owned(Interactions positives, int user) {
    int owned = 0;
    for (int p = positives.begin(user); p < positives.end(user); p++) {
      owned += negative[positives.itemAt(p)] ? 1 : 0;
    }
    return owned;
  }
}
