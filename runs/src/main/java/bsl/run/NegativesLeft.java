package bsl.run;

import bsl.core.Interactions;
import bsl.core.sampling.NegativeSharing;
import java.util.Arrays;
import java.util.Locale;

/**
 * Refuses, before anything is trained, a {@code negative_noise} of 0 that leaves a user of a
 * mini-batch of users without negatives.
 *
 * <p>All items minus a user's positives can be nothing. A sample can also consist of the user's
 * positives by chance. That is refused where it is to be feared in the course of a training.
 */
final class NegativesLeft {
  /** How likely a step may leave a user nothing. */
  private static final double IMPROBABLE = 1e-12;

  private final RunSpec spec;
  private final Interactions train;
  private final boolean sampled;
  private final long[] weights;
  private final long total;

  /**
   * @param spec a run over mini-batches of users
   * @param train the pairs to train on
   */
  NegativesLeft(RunSpec spec, Interactions train) {
    this.spec = spec;
    this.train = train;
    this.sampled = spec.negatives() > 0 && spec.negatives() < train.items();
    this.weights = new long[train.items()];
    boolean popular = spec.negativeSharing() == NegativeSharing.POPULAR;
    for (int p = 0; p < train.size(); p++) {
      weights[train.itemAt(p)] += sampled ? train.items() : 1;
    }
    for (int i = 0; i < weights.length; i++) {
      if (sampled && !(popular && weights[i] == 0)) {
        weights[i] += train.size(); // Half of a sample is spread evenly, half by popularity.
      } else if (!popular) {
        weights[i] = 1;
      }
    }
    this.total = Arrays.stream(weights).sum();
  }

  /**
   * Checks the user with the most positives.
   *
   * @param positives the pairs that negative noise is about
   * @throws InputException if there is something to refuse
   */
  void check(Interactions positives) {
    if (spec.negativeNoise() != 0) {
      return;
    }
    int user = 0;
    long own = 0;
    for (int u = 0; u < train.users(); u++) {
      long ofUser = train.degree(u) > 0 ? weight(positives, u) : 0;
      if (ofUser > own) {
        user = u;
        own = ofUser;
      }
    }
    requireOthers(user, positives.degree(user), own);
  }

  /** How much the positives of a user weigh among all negatives. */
  private long weight(Interactions positives, int user) {
    long weight = 0;
    for (int p = positives.begin(user); p < positives.end(user); p++) {
      weight += weights[positives.itemAt(p)];
    }
    return weight;
  }

  private void requireOthers(int user, int positives, long own) {
    if (own == total) {
      throw new InputException(
          "negative_noise 0 leaves user "
              + user
              + " without negatives: all items that are negatives are its own");
    }
    double share = (double) own / total;
    boolean exceeds = spec.negatives() > positives + 1;
    if (sampled && !exceeds && Math.pow(share, spec.negatives()) > IMPROBABLE) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "negative_noise 0 with negatives %d may leave user %d without any in some step:"
                  + " %.0f%% of what is drawn is its own; draw more",
              spec.negatives(),
              user,
              100 * share));
    }
  }
}
