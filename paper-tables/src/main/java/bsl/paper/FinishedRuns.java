package bsl.paper;

import bsl.run.RunData;
import bsl.run.RunResult;
import bsl.run.RunSpec;
import java.nio.file.Path;

/** The runs that artifacts are made of, trained already. */
public interface FinishedRuns {
  /** What came out of a run. */
  RunResult result(RunSpec spec);

  /** Where a run is kept. */
  Path folder(RunSpec spec);

  /** What a run was trained on. */
  RunData data(RunSpec spec);
}
