/**
 * Recommenders that need no gradient, to compare others with: popularity, item-kNN, EASE and
 * implicit ALS. They need nothing of the suite but {@code bsl-core} and {@code bsl-eval}.
 *
 * <p>{@link bsl.baselines.BaselineKinds} finds them by name. {@link bsl.baselines.BaselineKind}
 * says which hyper-parameters one has and how much memory it needs, and fits it. What comes out is
 * a {@link bsl.eval.UserScorer}, which {@link bsl.eval.FullRankingEvaluator} evaluates.
 */
package bsl.baselines;
