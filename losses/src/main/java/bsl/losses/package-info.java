/**
 * Ranking losses for recommenders, over plain scores. They need nothing of the suite but {@code
 * bsl-core}.
 *
 * <p>A loss gets, for each user, the scores of its positive items and the scores of negative items
 * that all of them are compared with. Negatives may have weights. The loss returns its value and
 * the derivative with respect to every score.
 *
 * <ul>
 *   <li>To use a loss, add users to a {@link bsl.losses.UserBatch} and evaluate it. {@link
 *       bsl.losses.ScoreBatch} is for pairs of a user and an item that have negatives of their own.
 *   <li>A trainer that never holds all scores of a mini-batch calls {@link bsl.losses.RankingLoss}
 *       tile by tile.
 *   <li>To write a loss, extend {@link bsl.losses.PairwiseLoss} where every positive meets every
 *       negative, and {@link bsl.losses.PerUserLoss} where negatives meet positives through a sum
 *       only. Implement {@link bsl.losses.RankingLoss} where users depend on each other's
 *       negatives. {@link bsl.losses.NegativeSide} has the log-sum-exp of a row, {@link
 *       bsl.losses.Parameter} the checks of parameters, {@link bsl.core.kernel.ScoreKernels} the
 *       passes over a row.
 * </ul>
 */
package bsl.losses;
