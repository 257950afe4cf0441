package bsl.compare;

import bsl.core.NameSuggestion;
import bsl.run.InputException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says what each contestant is tested against.
 *
 * <p>It may be a loss. A loss on a backbone is then tested against the reference loss on the same
 * backbone, and a baseline against the reference loss on the first backbone. It may be one
 * contestant for all, such as {@code mf-sl} or {@code ease}. Either is fixed before anybody looks
 * at results, so that as many tests are made as there are other contestants.
 *
 * <p>It may also be {@code best}: whichever has the highest mean of the first metric. That is known
 * only after looking. So all pairs of contestants count as tested, and p-values are corrected for
 * all of them.
 */
final class ReferenceRule {
  /** The contestant that turns out best. */
  static final String BEST = "best";

  private enum Kind {
    LOSS,
    ONE,
    BEST
  }

  private final Kind kind;
  private final String name;
  private final boolean chosen;

  private ReferenceRule(Kind kind, String name, boolean chosen) {
    this.kind = kind;
    this.name = name;
    this.chosen = chosen;
  }

  /**
   * Reads what {@code --reference} says.
   *
   * @param request the first loss is the reference if the request names none, or the first baseline
   *     if there is no loss
   * @param contestants those of a data set
   * @throws InputException if nothing has that name
   */
  static ReferenceRule of(ComparisonRequest request, List<Contestant> contestants) {
    boolean chosen = request.reference().isPresent();
    List<String> losses = request.losses();
    String given =
        request
            .reference()
            .orElseGet(() -> losses.isEmpty() ? request.baselines().get(0) : losses.get(0));
    if (chosen && given.equals(BEST)) {
      return new ReferenceRule(Kind.BEST, BEST, true);
    }
    if (losses.contains(given)) {
      return new ReferenceRule(Kind.LOSS, given, chosen);
    }
    Set<String> known = new LinkedHashSet<>(losses);
    contestants.forEach(contestant -> known.add(contestant.name()));
    if (!known.contains(given)) {
      List<String> all = new ArrayList<>(known);
      all.add(BEST);
      throw new InputException(
          "--reference '"
              + given
              + "' is none of "
              + String.join(", ", all)
              + NameSuggestion.hint(given, all));
    }
    return new ReferenceRule(Kind.ONE, given, chosen);
  }

  /** Whether the reference is known only after looking. */
  boolean looksFirst() {
    return kind == Kind.BEST;
  }

  /**
   * What a contestant is tested against.
   *
   * @param ranked all contestants that have come to something, the best first
   * @return empty if it is the reference itself, or the reference has come to nothing
   */
  Optional<Outcome> referenceOf(Outcome outcome, List<Outcome> ranked, List<Contestant> order) {
    return name(outcome.contestant(), ranked, order)
        .filter(wanted -> !wanted.equals(outcome.contestant().name()))
        .flatMap(
            wanted ->
                ranked.stream().filter(o -> o.contestant().name().equals(wanted)).findFirst());
  }

  /** Whether others are tested against a contestant. */
  boolean isReference(Outcome outcome, List<Outcome> ranked, List<Contestant> order) {
    String own = outcome.contestant().name();
    return name(outcome.contestant(), ranked, order).filter(own::equals).isPresent();
  }

  private Optional<String> name(
      Contestant contestant, List<Outcome> ranked, List<Contestant> order) {
    return switch (kind) {
      case ONE -> Optional.of(name);
      case BEST -> Optional.of(ranked.get(0).contestant().name());
      case LOSS ->
          order.stream()
              .filter(other -> !other.isBaseline() && other.method().equals(name))
              .filter(
                  other ->
                      contestant.isBaseline() || other.backbone().equals(contestant.backbone()))
              .findFirst()
              .map(Contestant::name);
    };
  }

  /** The rule in one sentence. */
  String text() {
    String because = chosen ? "" : ", which is named first";
    return switch (kind) {
      case ONE -> "Others are tested against `" + name + "`" + because + ".";
      case BEST ->
          "Others are tested against the best. Which one that is is known only after looking, so"
              + " that all pairs count as tested.";
      case LOSS ->
          "Losses are tested against loss `"
              + name
              + "`"
              + because
              + ", on the same backbone; baselines against it on the first backbone.";
    };
  }
}
