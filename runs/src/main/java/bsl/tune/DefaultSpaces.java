package bsl.tune;

import bsl.run.InputException;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What is searched unless a space is given: settings of the backbone, and those of the loss, which
 * come first where both have one. Each has a file, {@code bsl/tune/spaces/backbone-NAME.yaml} or
 * {@code loss-NAME.yaml}. A jar brings files for its losses and backbones in the same place. A
 * backbone without a file has that of {@code any}. Runs over mini-batches of users have the
 * settings of {@code users.yaml}, too.
 *
 * <p>{@code bsl/tune/starts/loss-NAME.yaml} has the few values that a {@link ShortSearch} looks at,
 * and {@code users.yaml} beside it those of mini-batches of users.
 */
final class DefaultSpaces {
  private static final String SPACES = "bsl/tune/spaces/";
  private static final String STARTS = "bsl/tune/starts/";
  private static final String USERS = "users";
  private static final SearchSpace NOTHING = new SearchSpace(List.of());

  private DefaultSpaces() {}

  /** The space for a run's loss and backbone, without settings that the run does not read. */
  static SearchSpace of(RunSpec base) {
    SearchSpace ofBackbone =
        find(SPACES + "backbone-" + base.backbone())
            .or(() -> find(SPACES + "backbone-any"))
            .orElse(NOTHING);
    SearchSpace ofLoss = find(SPACES + "loss-" + base.lossName()).orElse(NOTHING);
    return ofBackbone.with(ofMiniBatches(SPACES, base)).with(ofLoss).readBy(base, false);
  }

  /**
   * What a short search for a run goes over: the settings of its loss, if it has such a file, and
   * with them those of mini-batches of users.
   *
   * @param given settings that are not searched; empty if they are all that the loss has
   */
  static Optional<SearchSpace> start(RunSpec base, Collection<SettingKey> given) {
    return find(STARTS + "loss-" + base.lossName())
        .map(DefaultSpaces::lists)
        .map(ofLoss -> ofLoss.without(given))
        .filter(ofLoss -> !ofLoss.searched().isEmpty())
        .map(ofLoss -> ofLoss.with(ofMiniBatches(STARTS, base).without(given)));
  }

  /** A short search goes over all combinations of values, and a range has no end of them. */
  private static SearchSpace lists(SearchSpace space) {
    for (Dimension dimension : space.dimensions()) {
      if (dimension.choices() == 0) {
        throw new InputException(
            dimension.origin() + ": " + dimension.key() + " needs a list of values, not a range");
      }
    }
    return space;
  }

  private static SearchSpace ofMiniBatches(String folder, RunSpec base) {
    return base.userWise() ? find(folder + USERS).orElse(NOTHING) : NOTHING;
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
