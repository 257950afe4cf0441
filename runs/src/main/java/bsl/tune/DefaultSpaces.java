package bsl.tune;

import bsl.run.InputException;
import bsl.run.RunSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.List;
import java.util.Optional;

/**
 * What is searched unless a space is given: settings of the backbone, and those of the loss, which
 * come first where both have one. Each has a file, {@code bsl/tune/spaces/backbone-NAME.yaml} or
 * {@code loss-NAME.yaml}. A jar brings files for its losses and backbones in the same place. A
 * backbone without a file has that of {@code any}.
 */
final class DefaultSpaces {
  private static final String FOLDER = "bsl/tune/spaces/";

  private DefaultSpaces() {}

  /** The space for a run's loss and backbone, without settings that the run does not read. */
  static SearchSpace of(RunSpec base) {
    SearchSpace ofBackbone =
        find("backbone-" + base.backbone())
            .or(() -> find("backbone-any"))
            .orElseGet(() -> new SearchSpace(List.of()));
    SearchSpace ofLoss =
        find("loss-" + base.lossName()).orElseGet(() -> new SearchSpace(List.of()));
    return ofBackbone.with(ofLoss).readBy(base, false);
  }

  private static Optional<SearchSpace> find(String name) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    String path = FOLDER + name + ".yaml";
    URL place = (loader == null ? DefaultSpaces.class.getClassLoader() : loader).getResource(path);
    if (place == null) {
      return Optional.empty();
    }
    try (InputStream in = place.openStream()) {
      return Optional.of(SpaceReader.read(in, "space " + name + ".yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InputException e) {
      throw new InputException(place + ": " + e.getMessage(), e);
    }
  }
}
