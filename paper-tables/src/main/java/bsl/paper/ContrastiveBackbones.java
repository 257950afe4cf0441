package bsl.paper;

import bsl.run.BackboneKinds;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says which contrastive backbones the paper's tables have and which of them can be trained.
 *
 * <p>A contrastive backbone is LightGCN with an auxiliary term. Its own training is BPR with that
 * term, which published tables call {@code own}. The weight of the term is a setting.
 *
 * @param kinds names of all backbones that can be trained, in the order in which rows are listed
 */
record ContrastiveBackbones(List<String> kinds) {
  /** Loss of a contrastive backbone's own training, beside the auxiliary term. */
  static final String OWN_LOSS = "bpr";

  /** What published tables call that training. */
  static final String OWN = "own";

  /** Weights of the parts of an auxiliary term; most have one part. */
  private static final List<String> WEIGHTS = List.of("contrast_weight", "prototype_weight");

  private static final Set<String> IN_TABLE =
      PublishedContrastive.all().stream()
          .map(PublishedContrastive::backbone)
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> WITH_CUTOFFS =
      PublishedCutoff.all().stream()
          .filter(cutoff -> cutoff.loss().equals(OWN))
          .map(PublishedCutoff::backbone)
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> WITH_SIZES =
      PublishedSize.all().stream()
          .filter(size -> size.loss().equals(OWN))
          .map(PublishedSize::backbone)
          .collect(Collectors.toUnmodifiableSet());

  /** Those of this project and of the class path. */
  static ContrastiveBackbones known() {
    return new ContrastiveBackbones(BackboneKinds.names());
  }

  /** All that can be trained, with published rows or without. */
  List<String> all() {
    return kinds.stream().filter(ContrastiveBackbones::isContrastive).toList();
  }

  /** Those of the paper's table of contrastive backbones. */
  List<String> inTable() {
    return of(IN_TABLE);
  }

  /** Those with a published Recall@20 and NDCG@20, in whichever table. */
  List<String> published() {
    return kinds.stream()
        .filter(kind -> IN_TABLE.contains(kind) || WITH_CUTOFFS.contains(kind))
        .toList();
  }

  /** Those in the paper's chart of embedding sizes. */
  List<String> withSizes() {
    return of(WITH_SIZES);
  }

  private List<String> of(Collection<String> names) {
    return kinds.stream().filter(names::contains).toList();
  }

  /** Whether a backbone has published rows of its own training, or the term's weight to set. */
  static boolean isContrastive(String backbone) {
    return Stream.of(IN_TABLE, WITH_CUTOFFS, WITH_SIZES).anyMatch(some -> some.contains(backbone))
        || !weightKeys(backbone).isEmpty();
  }

  /** Whether a run is a contrastive backbone's own training. */
  static boolean isOwn(RunSpec spec) {
    return spec.lossName().equals(OWN_LOSS) && isContrastive(spec.backbone());
  }

  /** The loss of a run by the name that published tables have for it. */
  static String publishedLoss(RunSpec spec) {
    return isOwn(spec) ? OWN : spec.lossName();
  }

  private static List<SettingKey> weightKeys(String backbone) {
    return BackboneKinds.find(backbone).stream()
        .flatMap(kind -> kind.settings().stream())
        .filter(key -> WEIGHTS.contains(key.key()))
        .toList();
  }

  /**
   * Weights of a run's auxiliary term, one for each of its parts; empty if its backbone has no such
   * setting.
   */
  static List<Double> weights(RunSpec spec) {
    return weightKeys(spec.backbone()).stream().map(spec::real).toList();
  }

  /** The same cell without its auxiliary term; empty as for a run. */
  static Optional<Cell> without(Cell cell) {
    return without(cell.first())
        .map(any -> new Cell(cell.runs().stream().map(run -> without(run).orElseThrow()).toList()));
  }

  /**
   * The same run without its auxiliary term; empty if it has none, or none that can be left out.
   * Mostly it is one of LightGCN, so that several backbones share it.
   */
  static Optional<RunSpec> without(RunSpec spec) {
    if (weights(spec).stream().noneMatch(weight -> weight > 0)) {
      return Optional.empty();
    }
    RunSpec without = spec;
    for (SettingKey key : weightKeys(spec.backbone())) {
      without = without.with(key, 0);
    }
    return Optional.of(BackboneKinds.named(spec.backbone()).simplest(without));
  }
}
