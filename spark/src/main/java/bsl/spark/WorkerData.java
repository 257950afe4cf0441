package bsl.spark;

import bsl.core.Split;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;

/** A data set on its way to a worker: the pairs themselves, or where to read them. */
interface WorkerData extends Serializable {
  /** The data set; made anew by each call. */
  Split split() throws IOException;

  /** What it was imported from; see {@link bsl.run.DataImport}. */
  Map<String, Object> dataImport();
}
