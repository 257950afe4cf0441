package examples;

import bsl.eval.CrossedSample;
import bsl.eval.FullRankingEvaluator;
import bsl.eval.PairedSample;
import bsl.eval.UserScorer;
import java.util.ArrayList;
import java.util.List;

/** Says whether one model is better than another, which may both be any models. */
public final class CompareModels {
  private CompareModels() {}

  /** The first model's lead in NDCG@20; each list has one training per seed. */
  public static CrossedSample lead(
      FullRankingEvaluator evaluator, List<UserScorer> first, List<UserScorer> second) {
    List<PairedSample> seeds = new ArrayList<>();
    for (int s = 0; s < first.size(); s++) {
      double[] ofFirst = evaluator.evaluatePerUser(first.get(s)).values("ndcg@20");
      double[] ofSecond = evaluator.evaluatePerUser(second.get(s)).values("ndcg@20");
      seeds.add(new PairedSample(ofFirst, ofSecond));
    }
    return CrossedSample.ofDifferences(seeds);
  }
}
