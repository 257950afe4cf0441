package bsl.backbones;

import bsl.core.ScoreFunction;

/** LightGCN with the term of LightGCL as its authors have it: inner products with all nodes. */
class LightGclByInnerProductContractTest extends LightGclAmongAllContractTest {
  @Override
  ScoreFunction score() {
    return ScoreFunction.INNER_PRODUCT;
  }
}
