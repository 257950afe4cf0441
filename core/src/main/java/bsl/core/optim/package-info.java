/** Optimisers over {@link bsl.core.EmbeddingTable}s. */
package bsl.core.optim;
