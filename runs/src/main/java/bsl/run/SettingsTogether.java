package bsl.run;

import bsl.core.sampling.NegativeSharing;
import java.util.List;
import java.util.Set;

/** Refuses settings that do not go together, whatever the data. */
final class SettingsTogether {
  /**
   * What a preset over mini-batches of users says about them, and what would be refused or have no
   * effect over mini-batches of pairs. These presets have negatives that pairs share, where a
   * user's positives have a weight of their own only in mini-batches of users.
   */
  static final List<SettingKey> OF_USER_BATCHES =
      List.of(
          SettingKey.PAIRS_PER_USER,
          SettingKey.POSITIVE_GROUPS,
          SettingKey.NEGATIVE_NOISE,
          SettingKey.NEGATIVE_NOISE_ON);

  /** Weights of own positives other than 0 stay within what weights of negatives may be. */
  private static final double LEAST_OWN_WEIGHT = 1e-6;

  private static final double MOST_OWN_WEIGHT = 1e6;

  private static final Set<NegativeSharing> OF_A_MINI_BATCH =
      Set.of(NegativeSharing.SHARED, NegativeSharing.POPULAR);

  private SettingsTogether() {}

  /**
   * Checks a run.
   *
   * @throws InputException if two of its settings do not go together
   */
  static void check(RunSpec spec) {
    if (spec.userWise()) {
      checkUserWise(spec);
    } else {
      checkPairWise(spec);
    }
  }

  private static void checkUserWise(RunSpec spec) {
    if (!OF_A_MINI_BATCH.contains(spec.negativeSharing())) {
      throw new InputException(
          "batch_users "
              + spec.batchUsers()
              + " needs negative_sampling shared or popular, not "
              + spec.text(SettingKey.NEGATIVE_SAMPLING)
              + ", since all pairs of a mini-batch have the same negatives; batch_users 0 is for"
              + " mini-batches of pairs");
    }
    double noise = spec.negativeNoise();
    if (noise != 0 && !(noise >= LEAST_OWN_WEIGHT && noise <= MOST_OWN_WEIGHT)) {
      throw new InputException(
          "negative_noise "
              + noise
              + " with batch_users must be 0 or between "
              + LEAST_OWN_WEIGHT
              + " and "
              + MOST_OWN_WEIGHT);
    }
  }

  private static void checkPairWise(RunSpec spec) {
    NegativeSharing sharing = spec.negativeSharing();
    if (sharing == NegativeSharing.IN_BATCH && spec.batchSize() < 2) {
      throw new InputException("in-batch negatives need a batch_size of at least 2");
    }
    boolean drawn = sharing == NegativeSharing.INDEPENDENT || sharing == NegativeSharing.POPULAR;
    if (drawn && spec.negatives() == 0) {
      throw new InputException(
          "negatives 0, which is all items, needs negative_sampling shared or batch_users, not"
              + " negative_sampling "
              + spec.text(SettingKey.NEGATIVE_SAMPLING));
    }
    if (spec.negativeNoise() != 1 && sharing != NegativeSharing.INDEPENDENT) {
      throw new InputException(
          "negative_noise "
              + spec.text(SettingKey.NEGATIVE_NOISE)
              + " needs negative_sampling independent or batch_users, not negative_sampling "
              + spec.text(SettingKey.NEGATIVE_SAMPLING));
    }
  }
}
