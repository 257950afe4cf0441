package bsl.core.sampling;

/** In which order and how often an epoch's mini-batches of pairs have the train pairs. */
public enum PairSampling {
  /** Each pair once, shuffled. Users count as often as they have pairs. */
  SHUFFLED,
  /**
   * As many draws as there are pairs, with replacement: a user with pairs, uniformly, then one of
   * its pairs. Users count alike, as they do in metrics that are means over users. The code of
   * LightGCN (He et al., SIGIR 2020) trains that way.
   */
  BY_USER
}
