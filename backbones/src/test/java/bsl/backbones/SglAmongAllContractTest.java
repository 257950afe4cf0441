package bsl.backbones;

/** LightGCN with the term of SGL, a node being compared with all others. */
class SglAmongAllContractTest extends SglContractTest {
  @Override
  ContrastCandidates candidates() {
    return ContrastCandidates.ALL;
  }
}
