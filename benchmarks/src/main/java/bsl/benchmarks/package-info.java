/**
 * JMH benchmarks, one class per question; {@code benchmarks/README.md} says how to run and read
 * them.
 */
package bsl.benchmarks;
