package bsl.backbones;

import bsl.core.Embeddings;
import bsl.core.Grouping;
import bsl.core.optim.RowGradients;
import bsl.core.sampling.EpochBatches;
import bsl.core.sampling.MiniBatch;
import bsl.losses.RankingLoss;

/** Steps over mini-batches of pairs. */
final class PairStep implements TrainingStep {
  private final EpochBatches batches;
  private final FusedStep step;
  private final int items;

  /**
   * @param items number of items in the catalogue
   * @throws IllegalArgumentException if it is not that of the mini-batches
   */
  PairStep(EpochBatches batches, FusedStep step, int items) {
    if (items != batches.items()) {
      throw new IllegalArgumentException(
          "items are not those of the mini-batches, " + batches.items() + ": " + items);
    }
    this.batches = batches;
    this.step = step;
    this.items = items;
  }

  @Override
  public int steps() {
    return batches.steps();
  }

  @Override
  public void beginEpoch(int epoch) {
    batches.beginEpoch(epoch);
  }

  @Override
  public void minimise(RankingLoss loss) {
    step.minimise(loss);
  }

  @Override
  public MiniBatch begin(int index) {
    return begin(batches.batch(index));
  }

  /** Takes a given mini-batch. */
  MiniBatch begin(MiniBatch batch) {
    step.begin(batch, items);
    return batch;
  }

  @Override
  public Grouping users() {
    return step.users();
  }

  @Override
  public Grouping items() {
    return step.items();
  }

  @Override
  public double run(Embeddings embeddings, int epoch, int index) {
    return step.run(embeddings, epoch, index);
  }

  @Override
  public RowGradients userGradients() {
    return step.userGradients();
  }

  @Override
  public RowGradients itemGradients() {
    return step.itemGradients();
  }
}
