/**
 * Evaluation by ranking all items: pruned top-K search, metrics per user and averaged, and
 * recommendations (paper, section V-A). Knows embeddings and interactions, and no backbone.
 */
package bsl.eval;
