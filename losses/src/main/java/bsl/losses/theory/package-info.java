/**
 * The theory of softmax loss as an API: what Wu et al., <i>BSL: Understanding and Improving Softmax
 * Loss for Recommendation</i>, ICDE 2024, say about it, in double precision and for finitely many
 * outcomes.
 *
 * <p>{@link bsl.losses.theory.EntropicRisk} is the log-expectation-exp form that softmax loss has
 * on its negatives and BSL on both sides, with its worst-case weights and its expansion; {@link
 * bsl.losses.theory.KullbackLeiblerBall} turns a temperature into a radius and back; {@link
 * bsl.losses.theory.NumericalDuality} finds the same optima without knowing any closed form.
 */
package bsl.losses.theory;
