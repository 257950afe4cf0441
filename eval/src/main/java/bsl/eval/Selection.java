package bsl.eval;

/**
 * On which pairs the epoch (or anything else) of a model was selected. Results under one selection
 * must not be compared with results under the other; {@link Judged} makes that a compile error.
 */
public sealed interface Selection {
  /** On the test set itself, as the paper's authors did for three of their data sets. */
  record OnTest() implements Selection {}

  /** On pairs held out of the train set; the test set was looked at once. */
  record OnValidation() implements Selection {}
}
