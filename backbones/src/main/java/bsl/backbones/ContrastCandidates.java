package bsl.backbones;

/** Nodes whose second views a node's first view is told from, beside its own. */
public enum ContrastCandidates {
  /** The other nodes of the step, as in the code of SimGCL. */
  STEP,
  /** All nodes of the graph, as in the code of SGL and of LightGCL. A step costs more. */
  ALL
}
