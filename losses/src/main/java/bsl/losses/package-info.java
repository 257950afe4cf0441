/**
 * Ranking losses for recommenders, over plain scores. They need nothing of the suite but {@code
 * bsl-core}.
 *
 * <p>A loss gets, for each observed pair of a user u and an item i, the score of that positive item
 * and the scores of N negative items. It returns its value and the derivative with respect to every
 * score.
 *
 * <ul>
 *   <li>To use a loss, fill a {@link bsl.losses.ScoreBatch} and evaluate it.
 *   <li>A trainer that never holds the whole B x N matrix of scores calls {@link
 *       bsl.losses.RankingLoss} tile by tile.
 *   <li>To write a loss, extend {@link bsl.losses.PairwiseLoss}, or implement {@link
 *       bsl.losses.RankingLoss} where pairs depend on each other's negatives. {@link
 *       bsl.losses.NegativeSide} has the log-sum-exp of a row, {@link bsl.losses.Parameter} the
 *       checks of parameters, {@link bsl.core.kernel.ScoreKernels} the passes over a row.
 * </ul>
 */
package bsl.losses;
