/**
 * Adds noise to data, to see what a recommender does with it. It needs nothing of the suite but
 * {@code bsl-core}.
 *
 * <ul>
 *   <li>{@link bsl.noise.PositiveNoise} adds false positives: train pairs that nobody has chosen.
 *   <li>{@link bsl.noise.NegativeNoise} makes false negatives: a {@link
 *       bsl.core.sampling.NegativeSampler} that draws a user's positives as negatives, as often as
 *       it is told.
 * </ul>
 */
package bsl.noise;
