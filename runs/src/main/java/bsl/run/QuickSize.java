package bsl.run;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How small a run is made where an impression is wanted in minutes.
 *
 * @param epochs epochs at most
 * @param batchSize pairs per mini-batch of pairs, or nothing where any size will do
 * @param atMost further settings, whole numbers, each with the most it may be
 */
public record QuickSize(int epochs, OptionalInt batchSize, Map<SettingKey, Integer> atMost) {
  private static final int EPOCHS = 4;
  private static final int GRAPH_BATCH = 8192;

  /** With few users a step, there are enough steps in few epochs. */
  private static final int MOST_USERS = 64;

  private static final int MOST_USERS_OF_GRAPH = 128;

  /** For backbones whose steps cost what the rows of the mini-batch cost. */
  public static final QuickSize OF_ROWS =
      new QuickSize(EPOCHS, OptionalInt.empty(), Map.of(SettingKey.BATCH_USERS, MOST_USERS));

  /** For backbones whose steps go over a whole graph: one layer of it. */
  public static final QuickSize OF_GRAPH = ofGraph(EPOCHS);

  /** Copies the map. */
  public QuickSize {
    atMost = Map.copyOf(atMost);
  }

  /**
   * The same with one more limit.
   *
   * @param key a setting whose values are whole numbers
   * @param most the most it may be
   */
  public QuickSize withAtMost(SettingKey key, int most) {
    Map<SettingKey, Integer> all = new HashMap<>(atMost);
    all.put(key, most);
    return new QuickSize(epochs, batchSize, all);
  }

  /**
   * For backbones whose steps go over a whole graph, one layer of it. A step then costs much the
   * same whatever the mini-batch, which is why it is large.
   *
   * @param epochs epochs at most
   */
  public static QuickSize ofGraph(int epochs) {
    return new QuickSize(
        epochs,
        OptionalInt.of(GRAPH_BATCH),
        Map.of(
            SettingKey.LAYERS,
            1,
            SettingKey.SHALLOW_EPOCHS,
            0,
            SettingKey.BATCH_USERS,
            MOST_USERS_OF_GRAPH));
  }
}
