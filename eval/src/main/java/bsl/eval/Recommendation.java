package bsl.eval;

/**
 * One item of a user's ranking.
 *
 * @param item the item's index
 * @param score its score for the user; a cosine or an inner product
 */
public record Recommendation(int item, float score) {}
