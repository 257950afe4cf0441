/**
 * Follows the benchmarks over commits: runs a set of them, keeps the results as ratios to
 * yardsticks of the same run, and says what fell. {@code benchmarks/track} starts it.
 */
package bsl.benchmarks.track;
