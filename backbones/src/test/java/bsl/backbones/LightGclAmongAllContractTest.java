package bsl.backbones;

/** LightGCN with the term of LightGCL, a node being compared with all others. */
class LightGclAmongAllContractTest extends LightGclContractTest {
  @Override
  ContrastCandidates candidates() {
    return ContrastCandidates.ALL;
  }
}
