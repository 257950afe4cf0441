package examples;

import bsl.ingest.DatasetImport;
import bsl.ingest.Duplicates;
import bsl.ingest.FilterOptions;
import bsl.ingest.ImportListener;
import bsl.ingest.ImportOptions;
import bsl.ingest.ImportResult;
import bsl.ingest.ReadOptions;
import bsl.ingest.SourceFile;
import bsl.ingest.SplitOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/** Makes a data set of a file of ratings, as {@code bsl data import} does. */
final class ImportFromCode {
  private ImportFromCode() {}

  static ImportResult importRatings(Path ratings, Path data) throws IOException {
    var options =
        new ImportOptions(
            "mine",
            List.of(SourceFile.toSplit(ratings)),
            ReadOptions.GUESS,
            new FilterOptions(OptionalDouble.of(4), 2, 2, Duplicates.FIRST, true),
            SplitOptions.of(SplitOptions.Kind.LEAVE_LAST, 1, 0, 1));
    DatasetImport work = new DatasetImport(options);
    return work.run(work.plan(), data, ImportListener.SILENT);
  }
}
