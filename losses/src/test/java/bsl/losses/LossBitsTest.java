package bsl.losses;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.losses.BilateralSoftmaxLoss.Mode;
import bsl.losses.PairwiseSoftmaxLoss.Activation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The bits of every loss in the ordinary range, as digests (loss-bits.txt). Recorded trainings can
 * be repeated to the bit only while they stay. Whoever changes bits on purpose raises the version
 * of the numerics and writes the new digest, which the failure shows.
 */
class LossBitsTest {
  private static final int PAIRS = 24;

  private static List<RankingLoss> losses() {
    List<RankingLoss> losses = new ArrayList<>();
    for (double tau : new double[] {0.05, 0.1, 0.17, 0.3, 1}) {
      losses.add(new SoftmaxLoss(tau));
      losses.add(SoftmaxLoss.withPositive(tau));
      for (Mode mode : Mode.values()) {
        losses.add(BilateralSoftmaxLoss.codeForm(tau, 1.2, mode));
        losses.add(BilateralSoftmaxLoss.paperForm(tau, tau / 1.1, mode));
        losses.add(BilateralSoftmaxLoss.powerForm(tau, tau / 1.1, mode));
      }
      losses.add(new MeanVarianceLoss(tau, 1));
      for (Activation activation : Activation.values()) {
        losses.add(new PairwiseSoftmaxLoss(activation, tau));
      }
    }
    losses.add(new BprLoss());
    losses.add(new BinaryCrossEntropyLoss(0.01));
    losses.add(new MeanSquaredErrorLoss(0.1));
    losses.add(new CosineContrastiveLoss(5, 0.3));
    losses.add(new RenyiDivergenceLoss(1.5, -0.5, 1.2));
    return losses;
  }

  @Test
  void valuesAndGradientsAreTheRecordedBits() throws IOException {
    List<String> actual = losses().stream().map(loss -> digest(loss) + " " + loss).toList();

    assertThat(actual).containsExactlyElementsOf(recorded());
  }

  private static List<String> recorded() throws IOException {
    try (InputStream in = LossBitsTest.class.getResourceAsStream("loss-bits.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  /** Of values and gradients over cosines, and over scores up to 5. */
  private static String digest(RankingLoss loss) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (float range : new float[] {1, 5}) {
        for (int negatives : new int[] {1, 17, 64, 803}) {
          digest.update(bytes(loss, range, negatives));
        }
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] bytes(RankingLoss loss, float range, int negatives) {
    RandomStream random = RandomStream.of(negatives, Purpose.TEST);
    int[] users = new int[PAIRS];
    for (int b = 0; b < PAIRS; b++) {
      users[b] = random.nextInt(10);
    }
    ScoreBatch batch = new ScoreBatch(users, negatives);
    for (int b = 0; b < PAIRS; b++) {
      batch.setPositive(b, range * (float) (2 * random.nextDouble() - 1));
      for (int j = 0; j < negatives; j++) {
        batch.setNegative(b, j, range * (float) (2 * random.nextDouble() - 1));
      }
    }
    ByteBuffer buffer = ByteBuffer.allocate(8 + 4 * PAIRS * (negatives + 1));
    buffer.putDouble(batch.evaluate(loss));
    for (int b = 0; b < PAIRS; b++) {
      buffer.putFloat(batch.positive(b));
      for (int j = 0; j < negatives; j++) {
        buffer.putFloat(batch.negative(b, j));
      }
    }
    return buffer.array();
  }
}
