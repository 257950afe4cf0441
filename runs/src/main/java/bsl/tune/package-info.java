/**
 * Looks for good settings: random search with successive halving, on pairs held out of train.
 * {@link bsl.tune.Tuning} does what {@code ./bsl tune} does.
 */
package bsl.tune;
