package bsl.spark;

import java.io.Serializable;

/**
 * How far a run has come.
 *
 * @param epochs epochs trained
 * @param share share of the run's time that is spent, 0 to 1
 */
record RunStep(int epochs, double share) implements Serializable {
  private static final long serialVersionUID = 1L;
}
