package bsl.run;

import bsl.core.Interactions;

/**
 * How large the train data of a run is, for estimates of what it costs.
 *
 * @param users users
 * @param items items
 * @param pairs train pairs, with those that positive noise adds
 */
public record DataSize(int users, int items, double pairs) {
  /** The size of train pairs. */
  public static DataSize of(Interactions train) {
    return new DataSize(train.users(), train.items(), train.size());
  }

  /** The size once positive noise has been added. */
  static DataSize withNoise(RunSpec spec, Interactions train) {
    return new DataSize(train.users(), train.items(), train.size() * (1 + spec.positiveNoise()));
  }

  /** About how many rows of scores the mini-batches of users of an epoch have. */
  double rows(RunSpec spec) {
    // A user's last row is half full on average.
    return spec.pairsPerUser() == 0
        ? users
        : Math.max(users, pairs / spec.pairsPerUser() + users / 2.0);
  }

  /** Steps of an epoch, but for users without pairs. */
  public double steps(RunSpec spec) {
    return spec.userWise()
        ? Math.ceil(rows(spec) / spec.batchUsers())
        : Math.ceil(pairs / spec.batchSize());
  }
}
