/**
 * Noise injection: wrappers that add false positives to a {@link bsl.core.Split} or false negatives
 * to a {@link bsl.core.sampling.NegativeSampler}.
 *
 * <p>Nothing is here yet. {@code PositiveNoise} goes over a split, {@code NegativeNoise} over a
 * sampler.
 */
package bsl.noise;
