package examples;

import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.sampling.NegativeSampler;
import bsl.noise.NegativeNoise;
import bsl.noise.PositiveNoise;

/** Both kinds of noise, on data of one's own. */
public final class NoisyData {
  private NoisyData() {}

  /** Train pairs with 20% false positives added. */
  public static Interactions withFalsePositives(Interactions train) {
    Interactions noise = new PositiveNoise(0.2, 1).drawnFor(train); // rate and seed
    return PositiveNoise.added(train, noise);
  }

  /** A user's negatives, where each of the user's positives comes 5 times as often as others. */
  public static int[] withFalseNegatives(Interactions train, int user, int n, int epoch) {
    NegativeSampler sampler = new NegativeNoise(train, 5);
    int[] negatives = new int[n];
    RandomStream random = RandomStream.of(1, Purpose.NEGATIVES, epoch, user); // seed first
    sampler.sample(user, negatives, 0, n, random);
    return negatives;
  }
}
