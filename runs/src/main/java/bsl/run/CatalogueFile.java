package bsl.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a run's model does with the catalogue, as {@code catalogue.json} in the run's folder holds
 * it. For a run of before it was kept, it is made when somebody asks for it.
 *
 * @param modelSha256 digest of the model it is of
 * @param use what the model recommends
 */
record CatalogueFile(String modelSha256, CatalogueUse use) {
  static final String NAME = "catalogue.json";

  /**
   * Reads the file.
   *
   * @param result what the run came to
   * @return empty if there is no file, or if it is not of the run's model: it can be made again
   */
  static Optional<CatalogueUse> read(Path folder, RunResult result) {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      CatalogueFile kept = JsonFiles.read(file, CatalogueFile.class);
      return Optional.of(kept)
          .filter(of -> of.modelSha256().equals(result.modelSha256()))
          .map(CatalogueFile::use);
    } catch (InputException e) {
      return Optional.empty();
    }
  }

  static void write(Path folder, String modelSha256, CatalogueUse use) {
    JsonFiles.write(folder.resolve(NAME), new CatalogueFile(modelSha256, use));
  }
}
