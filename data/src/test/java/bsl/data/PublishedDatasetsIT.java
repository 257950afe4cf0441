package bsl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real data sets, where they are on this machine. */
@Execution(ExecutionMode.CONCURRENT)
class PublishedDatasetsIT {
  /** Tests run in the module's folder, one below the project's. */
  private static Optional<Path> directory(String name) {
    return Stream.of(System.getenv("BSL_DATA"), "../work/data")
        .filter(Objects::nonNull)
        .map(Path::of)
        .filter(Files::isDirectory)
        .filter(candidate -> DatasetCatalog.isPresent(name, candidate))
        .findFirst();
  }

  @ParameterizedTest
  @ValueSource(strings = {"yelp2018", "gowalla", "ml-1m", "amazon"})
  void isAsTheCatalogueKnowsIt(String name) throws IOException {
    Optional<Path> data = directory(name);
    assumeTrue(data.isPresent(), "no " + name + " here; 'bsl data fetch " + name + "' brings it");

    LoadedDataset loaded = DatasetCatalog.load(name, data.orElseThrow());

    assertThat(DatasetCatalog.differences(loaded)).isEqualTo(List.of());
    assertThat(loaded.statistics().duplicatePairs()).isZero();
    assertThat(loaded.statistics().testPairsInTrain()).isZero();
  }
}
