package bsl.spark;

import bsl.core.Interactions;
import bsl.core.Split;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A data set that is sent to the workers, as 32-bit numbers: a degree per user, an item per pair.
 */
final class SentData implements WorkerData {
  private static final long serialVersionUID = 1L;

  /** Pairs by user. */
  private static final class Pairs implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int items;
    private final int[] degrees;
    private final int[] pairItems;

    Pairs(Interactions pairs) {
      items = pairs.items();
      degrees = new int[pairs.users()];
      for (int user = 0; user < degrees.length; user++) {
        degrees[user] = pairs.degree(user);
      }
      pairItems = pairs.pairItems();
    }

    Interactions interactions() {
      int[] pairUsers = new int[pairItems.length];
      int at = 0;
      for (int user = 0; user < degrees.length; user++) {
        for (int k = 0; k < degrees[user]; k++) {
          pairUsers[at++] = user;
        }
      }
      return Interactions.of(degrees.length, items, pairUsers, pairItems);
    }
  }

  private final String name;
  private final Pairs train;
  private final Pairs validation;
  private final Pairs test;
  private final LinkedHashMap<String, Object> dataImport;

  SentData(Split split, Map<String, Object> dataImport) {
    name = split.name();
    train = new Pairs(split.train());
    validation = split.validation().map(Pairs::new).orElse(null);
    test = new Pairs(split.test());
    this.dataImport = new LinkedHashMap<>(dataImport);
  }

  @Override
  public Split split() {
    return new Split(
        name,
        train.interactions(),
        Optional.ofNullable(validation).map(Pairs::interactions),
        test.interactions());
  }

  @Override
  public Map<String, Object> dataImport() {
    return dataImport;
  }
}
