package bsl.paper;

import bsl.report.Estimate;
import bsl.run.BackboneKinds;
import bsl.run.RunSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the auxiliary term of a contrastive backbone adds: the difference to the same setting
 * without the term.
 *
 * @param cell the setting
 * @param dataset its data set, for tables
 * @param recall Recall@20 of its runs
 * @param ndcg NDCG@20 of its runs
 * @param weights weights of the parts of the term; empty if the backbone has no such setting
 * @param without the same setting without the term, if that is trained
 * @param addedRecall what the term adds to Recall@20; {@code null} if the setting without it is not
 *     trained
 * @param addedNdcg the same of NDCG@20
 */
record TermEffect(
    Cell cell,
    String dataset,
    Estimate recall,
    Estimate ndcg,
    List<Double> weights,
    Optional<Cell> without,
    Estimate addedRecall,
    Estimate addedNdcg) {
  /** A term that changes both metrics by a smaller share changes nothing worth its name. */
  private static final double NEGLIGIBLE = 0.005;

  /**
   * @param cell the setting
   * @param without the same without the term, if that is trained
   * @param runs both are finished
   */
  static TermEffect of(Cell cell, Optional<Cell> without, FinishedRuns runs) {
    return new TermEffect(
        cell,
        runs.dataset(cell),
        runs.recall(cell),
        runs.ndcg(cell),
        ContrastiveBackbones.weights(cell.first()),
        without,
        without.map(other -> added(FinishedRuns.RECALL, cell, other, runs)).orElse(null),
        without.map(other -> added(FinishedRuns.NDCG, cell, other, runs)).orElse(null));
  }

  /** The difference of two settings, a seed at a time. */
  private static Estimate added(String key, Cell with, Cell without, FinishedRuns runs) {
    return Cell.estimate(
        IntStream.range(0, with.seeds())
            .mapToDouble(
                s -> runs.metric(with.runs().get(s), key) - runs.metric(without.runs().get(s), key))
            .toArray());
  }

  RunSpec spec() {
    return cell.first();
  }

  /** Whether the term has weight 0. */
  boolean none() {
    return !weights.isEmpty() && weights.stream().allMatch(weight -> weight == 0);
  }

  /** Whether it is known what the term adds. */
  private boolean measured() {
    return without.isPresent();
  }

  private boolean negligible() {
    return measured()
        && Math.abs(share(addedRecall, recall)) < NEGLIGIBLE
        && Math.abs(share(addedNdcg, ndcg)) < NEGLIGIBLE;
  }

  /** Whether the setting is LightGCN without its term; one that leaves layer 0 out is not. */
  private boolean bareIsLightGcn() {
    RunSpec bare = without.map(Cell::first).orElse(spec());
    return BackboneKinds.named(bare.backbone()).simplest(bare).backbone().equals("lightgcn");
  }

  /** What is added, as a share of what there is without it. */
  private static double share(Estimate added, Estimate with) {
    return added.mean() / (with.mean() - added.mean());
  }

  /** For a cell of a table; empty if nothing is known. */
  String text() {
    if (none()) {
      return "none: weight 0";
    }
    return measured()
        ? String.format(
            Locale.ROOT,
            "%+.1f%% Recall@20, %+.1f%% NDCG@20 (%s)",
            100 * share(addedRecall, recall),
            100 * share(addedNdcg, ndcg),
            weightText())
        : "";
  }

  /** For a sentence. */
  String evidence() {
    if (none()) {
      return "nothing (weight 0)";
    }
    return measured() ? text() : "not measured";
  }

  private String weightText() {
    return (weights.size() == 1 ? "weight " : "weights ")
        + weights.stream().map(TermEffect::written).collect(Collectors.joining(" and "));
  }

  /** As presets have it: 0.5, 1.0e-7. */
  private static String written(double weight) {
    String text = Double.toString(weight).replace("E", "e");
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** Says in which rows the term matters, and in which the backbone is LightGCN. */
  static String finding(List<TermEffect> rows) {
    List<String> sentences = new ArrayList<>();
    String none = listed(rows, TermEffect::none);
    if (!none.isEmpty()) {
      sentences.add("The auxiliary term has weight 0 in " + none + ".");
    }
    String negligible = listed(rows, TermEffect::negligible);
    if (!negligible.isEmpty()) {
      sentences.add("It changes both metrics by less than 0.5% in " + negligible + ".");
    }
    String clothes = listed(rows, row -> (row.none() || row.negligible()) && row.bareIsLightGcn());
    if (!clothes.isEmpty()) {
      sentences.add("These rows are LightGCN in other clothes: " + clothes + ".");
    }
    String more = listed(rows, row -> row.measured() && !row.negligible());
    if (!more.isEmpty()) {
      sentences.add("It changes a metric by 0.5% or more in " + more + ".");
    }
    String unknown = listed(rows, row -> !row.none() && !row.measured());
    if (!unknown.isEmpty()) {
      sentences.add("What it adds was not measured in " + unknown + ".");
    }
    return sentences.isEmpty()
        ? "No contrastive backbone was trained."
        : String.join(" ", sentences);
  }

  /** Data sets and backbones with their losses: {@code gowalla sgl (sl, bsl)}. */
  private static String listed(List<TermEffect> rows, Predicate<TermEffect> which) {
    Map<String, List<String>> losses = new LinkedHashMap<>();
    rows.stream()
        .filter(which)
        .forEach(
            row ->
                losses
                    .computeIfAbsent(
                        row.dataset() + " " + row.spec().backbone(), cell -> new ArrayList<>())
                    .add(ContrastiveBackbones.publishedLoss(row.spec())));
    return losses.entrySet().stream()
        .map(entry -> entry.getKey() + " (" + String.join(", ", entry.getValue()) + ")")
        .collect(Collectors.joining(", "));
  }
}
