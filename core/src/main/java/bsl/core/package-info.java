/**
 * What every other module stands on: interactions and splits, embedding tables, seeded random
 * streams and the deterministic work pool.
 *
 * <p>Users and items are dense 0-based indices. Nothing in this module knows of a loss, a backbone
 * or a metric.
 */
package bsl.core;
