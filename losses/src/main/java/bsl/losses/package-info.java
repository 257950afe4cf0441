/**
 * Ranking losses over plain scores, usable without any other part of the suite but {@code
 * bsl-core}.
 *
 * <p>A loss sees, for each observed pair (user u, item i), the score of the positive item and the
 * scores of N negative items, and turns them into a value and the derivative with respect to every
 * score. {@link bsl.losses.ScoreBatch} is the simple way in; a trainer that wants to avoid the
 * whole B x N matrix calls {@link bsl.losses.RankingLoss} tile by tile.
 */
package bsl.losses;
