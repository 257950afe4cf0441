/**
 * Noise injection: {@link bsl.noise.PositiveNoise} adds false positives to train pairs. False
 * negatives, which go over a {@link bsl.core.sampling.NegativeSampler}, are not here yet.
 */
package bsl.noise;
