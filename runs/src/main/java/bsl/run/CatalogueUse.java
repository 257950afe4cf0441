package bsl.run;

import bsl.core.Interactions;
import bsl.eval.Exposure;
import bsl.eval.GroupShares;
import bsl.eval.PopularityGroups;
import bsl.eval.RankingObserver;
import java.util.Arrays;
import java.util.List;

/**
 * Says what a recommender does with the catalogue: how many of the items it recommends to anybody,
 * how popular they are, and what popular and unpopular items contribute to Recall@20. All of it is
 * over the first 20 items of every test user.
 *
 * @param coverage share of the items that are recommended to anybody, see {@link Exposure#coverage}
 * @param gini how unevenly recommendations spread over items, see {@link Exposure#gini}
 * @param averagePopularity mean train degree of what is recommended
 * @param recallShares what each of ten groups of items adds to Recall@20, the least popular first;
 *     see {@link GroupShares}
 */
public record CatalogueUse(
    double coverage, double gini, double averagePopularity, List<Double> recallShares) {
  /** Ranks that count. */
  static final int CUTOFF = 20;

  /** Keeps a copy of the list. */
  public CatalogueUse {
    recallShares = List.copyOf(recallShares);
  }

  /**
   * Share of Recall@20 that comes from the less popular items, which have half of the train
   * interactions; 0 if Recall@20 is 0.
   */
  public double tailShare() {
    double all = sum(recallShares);
    return all == 0 ? 0 : sum(recallShares.subList(0, recallShares.size() / 2)) / all;
  }

  private static double sum(List<Double> shares) {
    return shares.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Watches an evaluation and then says what was recommended. */
  static final class Observers {
    private final Interactions train;
    private final Exposure exposure;
    private final GroupShares shares;

    Observers(Interactions train, Interactions test) {
      this.train = train;
      exposure = new Exposure(train.items(), CUTOFF);
      shares = new GroupShares(test, new PopularityGroups(train, PopularityGroups.PAPER), CUTOFF);
    }

    RankingObserver[] all() {
      return new RankingObserver[] {exposure, shares};
    }

    CatalogueUse seen() {
      return new CatalogueUse(
          exposure.coverage(),
          exposure.gini(),
          exposure.averagePopularity(train),
          Arrays.stream(shares.shares()).boxed().toList());
    }
  }
}
