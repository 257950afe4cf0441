/**
 * Comparisons on data of one's own: losses, backbones and baselines side by side, with tests over
 * users and seeds. {@link bsl.compare.Comparison} trains what is not trained and gives a {@link
 * bsl.compare.ComparisonResult}; {@link bsl.compare.ComparisonReport} makes tables of it.
 */
package bsl.compare;
