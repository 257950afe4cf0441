package bsl.baselines;

/**
 * Is told how far a fit is, and may ask it to stop. All calls come from the thread that called
 * {@code fit}.
 */
public interface FitListener {
  /** Listens to nothing and never stops a fit. */
  FitListener NONE = share -> {};

  /**
   * Called when some work is done.
   *
   * @param share how much of all the work is done: from 0 to 1, never falling; 1 at the end
   */
  void progress(double share);

  /** Asked often, at least once a second or so. Once true, the fit is broken off. */
  default boolean cancelled() {
    return false;
  }
}
