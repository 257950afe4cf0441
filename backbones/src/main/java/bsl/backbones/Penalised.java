package bsl.backbones;

/** Which embeddings of a node the L2 term of a graph backbone is over. */
public enum Penalised {
  /** Those of layers 0 to L, as in the reference implementation. */
  ALL_LAYERS,
  /** The parameters only, as LightGCN's authors have it. */
  LAYER_ZERO
}
