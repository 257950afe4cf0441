package bsl.core;

/** How two embeddings make a score. */
public enum ScoreFunction {
  /** Inner product over the product of the norms; in [-1, 1]. */
  COSINE,
  /** Inner product. */
  INNER_PRODUCT
}
