/**
 * Backbones, which turn parameters into embeddings, and the trainer that fits them to any {@link
 * bsl.losses.RankingLoss}.
 */
package bsl.backbones;
