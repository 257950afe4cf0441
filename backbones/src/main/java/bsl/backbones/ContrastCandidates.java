package bsl.backbones;

/** Which nodes of its kind a contrastive term compares a node with. */
public enum ContrastCandidates {
  /** Those of the step, as in the code of SimGCL. */
  STEP,
  /** All nodes of the graph, as in the code of SGL and of LightGCL. A step costs more. */
  ALL
}
