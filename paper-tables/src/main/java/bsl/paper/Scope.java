package bsl.paper;

import bsl.core.NameSuggestion;
import bsl.run.BackboneKinds;
import bsl.run.Presets;
import bsl.run.Protocol;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * What is to be reproduced.
 *
 * @param profile how much is spent on it
 * @param preset preset of the runs, see {@link bsl.run.Presets}
 * @param datasets names of the data sets to use, all of them at hand; each is taken once
 * @param backbones names of the backbones to use; each is taken once
 * @param seeds number of seeds of every run; seeds 1, 2, ...
 * @param protocols how the epoch of every run is selected, one report each; artifacts that know
 *     only {@code paper} have that one
 */
public record Scope(
    Profile profile,
    String preset,
    List<String> datasets,
    List<String> backbones,
    int seeds,
    List<Protocol> protocols) {
  /**
   * Names of the backbones that are used unless others are named, in the order of the paper's
   * tables. Contrastive ones have a table of their own; elsewhere they have rows where they are
   * named.
   */
  public static final List<String> BACKBONES = List.of("mf", "lightgcn", "ngcf");

  /** The synthetic data set that stands in where none of the paper's is at hand. */
  public static final String SYNTHETIC = "small";

  /**
   * Checks that there is something to do.
   *
   * @throws IllegalArgumentException if there is no seed, no protocol, or a backbone that is none
   */
  public Scope {
    if (seeds < 1 || protocols.isEmpty()) {
      throw new IllegalArgumentException(seeds + " seeds under protocols " + protocols);
    }
    datasets = datasets.stream().distinct().toList();
    backbones = backbones.stream().distinct().toList();
    for (String backbone : backbones) {
      if (!BackboneKinds.names().contains(backbone)) {
        throw new IllegalArgumentException(
            "there is no backbone "
                + backbone
                + NameSuggestion.hint(backbone, BackboneKinds.names()));
      }
    }
  }

  /** A scope under protocol {@code paper}. */
  public Scope(
      Profile profile, String preset, List<String> datasets, List<String> backbones, int seeds) {
    this(profile, preset, datasets, backbones, seeds, List.of(Protocol.PAPER));
  }

  /** The paper's profile with preset {@code fast}, every backbone and a single seed. */
  static Scope paper(String... datasets) {
    return new Scope(Profile.PAPER, Presets.DEFAULT, List.of(datasets), BACKBONES, 1);
  }

  /** The same with other data sets. */
  Scope on(List<String> others) {
    return new Scope(profile, preset, others, backbones, seeds, protocols);
  }

  /** The same under one protocol. */
  public Scope under(Protocol one) {
    return new Scope(profile, preset, datasets, backbones, seeds, List.of(one));
  }

  /** The protocol of a scope that has one. */
  Protocol protocol() {
    return protocols.get(0);
  }

  /** Those of an artifact's backbones that are to be used. */
  List<String> among(List<String> itsBackbones) {
    return itsBackbones.stream().filter(backbones::contains).toList();
  }

  /** A cell with this scope's preset. */
  Cell cell(String dataset, String backbone, String loss) {
    return cell(preset, dataset, backbone, loss);
  }

  /** A cell with a preset of its own. */
  Cell cell(String itsPreset, String dataset, String backbone, String loss) {
    return cell(itsPreset, dataset, backbone, loss, UnaryOperator.identity());
  }

  /**
   * A cell with a preset of its own and other changes, at the profile's size, with a run of each
   * seed under this scope's protocol.
   */
  Cell cell(
      String itsPreset,
      String dataset,
      String backbone,
      String loss,
      UnaryOperator<RunSpec> changes) {
    boolean small = profile == Profile.QUICK && itsPreset.equals(preset);
    String from = small ? presetOverPairs(dataset, backbone, loss) : itsPreset;
    RunSpec spec = Presets.spec(from, dataset, backbone, loss);
    RunSpec sized = profile.sized(changes.apply(spec)).with(SettingKey.PROTOCOL, protocol().key());
    return new Cell(
        IntStream.rangeClosed(1, seeds)
            .mapToObj(seed -> sized.with(SettingKey.SEED, seed))
            .toList());
  }

  /**
   * The preset of a cell that is to be trained over mini-batches of pairs: this scope's, or {@code
   * pairwise} where this scope's trains over mini-batches of users and {@code pairwise} has the
   * cell. Losses that are set beside each other need the same kind of mini-batch, and profile quick
   * has too few epochs for steps over users to show a direction. What the user's own preset says of
   * a cell is taken as it is.
   */
  String presetOverPairs(String dataset, String backbone, String loss) {
    RunSpec spec = Presets.spec(preset, dataset, backbone, loss);
    return spec.userWise()
            && Presets.isNamed(spec.preset())
            && Presets.lists(Presets.PAIRWISE, dataset, backbone, loss)
        ? Presets.PAIRWISE
        : preset;
  }

  /** The data sets on which the paper shows something, if any is at hand; else those that are. */
  List<String> preferring(String... shown) {
    List<String> preferred = datasets.stream().filter(List.of(shown)::contains).toList();
    return preferred.isEmpty() ? datasets : preferred;
  }

  /** Whether everything is trained as the presets have it. */
  boolean full() {
    return profile == Profile.PAPER;
  }

  /**
   * Whether numbers are to be compared with the published ones: those were made under protocol
   * {@code paper}.
   */
  boolean comparable() {
    return full() && protocol() == Protocol.PAPER;
  }
}
