package bsl.cli;

import bsl.core.Interactions;
import bsl.eval.Exposure;
import bsl.eval.GroupShares;
import bsl.eval.PopularityGroups;
import bsl.eval.RankingObserver;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What popular and unpopular items contribute to Recall@20, and how often they are recommended. */
final class FairnessReport {
  private static final int CUTOFF = 20;

  private final Interactions train;
  private final PopularityGroups groups;
  private final GroupShares shares;
  private final Exposure exposure;

  FairnessReport(Interactions train, Interactions test) {
    this.train = train;
    this.groups = new PopularityGroups(train, PopularityGroups.PAPER);
    this.shares = new GroupShares(test, groups, CUTOFF);
    this.exposure = new Exposure(train.items(), CUTOFF);
  }

  RankingObserver[] observers() {
    return new RankingObserver[] {shares, exposure};
  }

  String text() {
    int[] items = new int[groups.groups()];
    for (int item = 0; item < train.items(); item++) {
      items[groups.groupOf(item)]++;
    }
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT, "%-11s%9s%14s%12s", "group", "items", "interactions", "share"));
    double[] values = shares.shares();
    for (int g = 0; g < values.length; g++) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n%-11s%9d%14d%12.5f",
              g == 0 ? "1 (rarest)" : Integer.toString(g + 1),
              items[g],
              groups.interactions(g),
              values[g]));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%ninequality of the shares (Gini) %.4f; exposure: Gini %.4f, coverage %.4f, mean train"
                + " degree of what is recommended %.1f",
            shares.inequality(),
            exposure.gini(),
            exposure.coverage(),
            exposure.averagePopularity(train)));
    return text.toString();
  }

  Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("shares_of_recall@20", shares.shares());
    map.put("inequality", shares.inequality());
    map.put("exposure_gini@20", exposure.gini());
    map.put("coverage@20", exposure.coverage());
    map.put("average_recommendation_popularity@20", exposure.averagePopularity(train));
    return map;
  }
}
