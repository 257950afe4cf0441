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
 *
 * <p>{@code bsl/tune/starts/loss-NAME.yaml} has the few values that a {@link ShortSearch} looks at.
 */
final class DefaultSpaces {
  private static final String SPACES = "bsl/tune/spaces/";
  private static final String STARTS = "bsl/tune/starts/";

  private DefaultSpaces() {}

  /** The space for a run's loss and backbone, without settings that the run does not read. */
  static SearchSpace of(RunSpec base) {
    SearchSpace ofBackbone =
        find(SPACES + "backbone-" + base.backbone())
            .or(() -> find(SPACES + "backbone-any"))
            .orElseGet(() -> new SearchSpace(List.of()));
    SearchSpace ofLoss =
        find(SPACES + "loss-" + base.lossName()).orElseGet(() -> new SearchSpace(List.of()));
    return ofBackbone.with(ofLoss).readBy(base, false);
  }

  /** What a short search for a run's loss goes over, if the loss has such a file. */
  static Optional<SearchSpace> start(RunSpec base) {
    return find(STARTS + "loss-" + base.lossName());
  }

  private static Optional<SearchSpace> find(String name) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    String path = name + ".yaml";
    URL place = (loader == null ? DefaultSpaces.class.getClassLoader() : loader).getResource(path);
    if (place == null) {
      return Optional.empty();
    }
    try (InputStream in = place.openStream()) {
      return Optional.of(
          SpaceReader.read(in, "space " + path.substring(path.lastIndexOf('/') + 1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InputException e) {
      throw new InputException(place + ": " + e.getMessage(), e);
    }
  }
}
