/**
 * What the theory says about softmax loss, as an API: the worst case that it trains against, and
 * how large that worst case is. Everything is in double precision and for finitely many outcomes.
 *
 * <ul>
 *   <li>{@link bsl.losses.theory.EntropicRisk} is the log-expectation-exp form that softmax loss
 *       has on its negatives and BSL on both sides, with its worst-case weights and its expansion.
 *   <li>{@link bsl.losses.theory.KullbackLeiblerBall} turns a radius into a temperature; {@link
 *       bsl.losses.theory.EntropicRisk#divergence(double)} turns a temperature into a radius.
 *   <li>{@link bsl.losses.theory.NumericalDuality} finds the same optima without knowing any closed
 *       form.
 * </ul>
 *
 * <p>Source: Wu et al., <i>BSL: Understanding and Improving Softmax Loss for Recommendation</i>,
 * ICDE 2024.
 */
package bsl.losses.theory;
