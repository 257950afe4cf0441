/**
 * Judges recommenders: ranks all items for every user, and says how good the rankings are. It needs
 * nothing of the suite but {@code bsl-core}.
 *
 * <ul>
 *   <li>{@link bsl.eval.FullRankingEvaluator} computes the metrics of embeddings, or of any {@link
 *       bsl.eval.UserScorer}, as the paper's experiments do.
 *   <li>{@link bsl.eval.TopKRecommender} gives the best items of chosen users.
 *   <li>{@link bsl.eval.GroupShares} and {@link bsl.eval.Exposure} say how fair the rankings are to
 *       unpopular items.
 *   <li>{@link bsl.eval.Evidence} says whether a difference between models is more than chance,
 *       over users and seeds. {@link bsl.eval.PairedSample} pairs two models, and {@link
 *       bsl.eval.HolmCorrection} corrects for many tests at once.
 * </ul>
 */
package bsl.eval;
