/**
 * Evaluation by ranking all items: pruned top-K search, metrics per user and averaged, and
 * recommendations. Follows the protocol of the paper's experiments; knows embeddings and
 * interactions, and no backbone.
 */
package bsl.eval;
