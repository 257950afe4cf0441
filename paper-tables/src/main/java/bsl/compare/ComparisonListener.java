package bsl.compare;

import bsl.run.FitRecord;
import bsl.run.RunScheduler;

/** Hears how a comparison goes: its fits, which come first, and its runs. */
public interface ComparisonListener extends RunScheduler.Listener {
  /** A fit begins. */
  default void fitting(ComparisonPlan.OpenFit fit) {}

  /** Another process is at work on a fit, which is waited for. */
  default void fitHeldByOther(ComparisonPlan.OpenFit fit) {}

  /** The fit that has begun last has come this far, 0 to 1. */
  default void fitProgressed(double share) {}

  /** A fit is done. */
  default void fitted(ComparisonPlan.OpenFit fit, FitRecord record) {}
}
