package bsl.compare;

import bsl.core.CountText;
import bsl.report.Block;
import bsl.report.Paragraph;
import bsl.run.Protocol;
import bsl.run.RunStore;
import bsl.tune.ShortSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a comparison's report says in words: how its numbers came to be, and how to read them. */
final class ComparisonWords {
  private final ComparisonResult result;

  ComparisonWords(ComparisonResult result) {
    this.result = result;
  }

  private ComparisonRequest request() {
    return result.request();
  }

  /** What stands before the tables. */
  List<Block> before() {
    List<Block> blocks = new ArrayList<>();
    if (!result.isComplete()) {
      blocks.add(
          new Paragraph(
              String.format(
                  Locale.ROOT,
                  "Not complete: %d of %d runs and fits are finished%s.",
                  result.finished(),
                  result.wanted(),
                  missing())));
    }
    blocks.add(new Paragraph(seeds() + " " + protocol()));
    blocks.add(new Paragraph(tests()));
    if (result.contestants().values().stream().flatMap(List::stream).anyMatch(this::isSearched)) {
      blocks.add(
          new Paragraph(
              "Settings of losses that the preset leaves open were looked for on held-out pairs, the"
                  + " same ones for all seeds; the test set was not looked at."
                  + (request().baselines().isEmpty()
                      ? ""
                      : " Settings of baselines were not looked for.")));
    }
    result.comparison().notes().forEach(note -> blocks.add(new Paragraph("Note: " + note + ".")));
    result.remarks().forEach(remark -> blocks.add(new Paragraph("Note: " + remark + ".")));
    deviations().forEach(text -> blocks.add(new Paragraph("Note: " + text)));
    return blocks;
  }

  private boolean isSearched(Contestant contestant) {
    return !contestant.isBaseline() && ShortSearch.hasSettled(contestant.cell().first());
  }

  private String missing() {
    List<String> missing = new ArrayList<>();
    result
        .contestants()
        .forEach(
            (dataset, those) ->
                those.stream()
                    .map(contestant -> text(dataset, contestant))
                    .filter(text -> !text.isEmpty())
                    .forEach(missing::add));
    return missing.isEmpty() ? "" : "; " + String.join(", ", missing);
  }

  private String text(String dataset, Contestant contestant) {
    int seeds =
        result.ranked(dataset).stream()
            .filter(outcome -> outcome.contestant().equals(contestant))
            .mapToInt(outcome -> outcome.bySeed().size())
            .sum();
    return seeds == request().seeds()
        ? ""
        : "`" + contestant.name() + "` has " + seeds + " of " + request().seeds() + " seeds";
  }

  private String seeds() {
    return request().seeds() == 1
        ? "One seed. The interval of a mean needs two seeds, and a verdict three."
        : "Means over seeds 1 to " + request().seeds() + ", with 95% t intervals.";
  }

  private String protocol() {
    boolean losses = !request().losses().isEmpty();
    boolean baselines = !request().baselines().isEmpty();
    if (request().protocol() == Protocol.HELD_OUT) {
      return "Protocol `held-out`: "
          + (losses
              ? "the epoch is selected on validation pairs, the data's own or else pairs held out of"
                  + " train, and the test set is looked at once."
              : "baselines are fitted on the train pairs that a model would be trained on. Pairs are"
                  + " held out of them where data have no validation pairs.")
          + (losses && baselines && alike()
              ? " Baselines are fitted on the same train pairs as the losses, without those that are"
                  + " held out."
              : "");
    }
    boolean onTest = result.selectedOn().contains("test");
    return "Protocol `paper`: "
        + (onTest ? "the epoch is selected on the test set, which flatters what is trained. " : "")
        + (result.selectedOn().contains("validation")
            ? "Where data have validation pairs, the epoch is selected on those, and the test set is"
                + " looked at once. "
            : "")
        + "All train pairs are used."
        + (onTest && baselines ? " Baselines select nothing and are not flattered." : "");
  }

  private boolean alike() {
    return request().datasets().stream().allMatch(result.comparison()::trainsAlike);
  }

  private String tests() {
    String rules =
        request().datasets().stream()
            .map(dataset -> result.rule(dataset).text())
            .distinct()
            .collect(Collectors.joining(" "));
    int family = result.tests().family();
    if (result.tests().tests().isEmpty()) {
      return rules + " Nothing was tested: the reference has no result, or no other runs have one.";
    }
    return rules
        + " A test pairs users and seeds. Its p-value is the largest one of three paired t-tests:"
        + " over users, of their means over seeds, over seeds, of their means over users, and with"
        + " the squared errors of both added up. "
        + (family == 0
            ? "There are too few seeds to decide anything. Intervals of differences are 95% each and"
                + " over users alone: they say nothing of other seeds."
            : "It is corrected by Holm's method for all "
                + CountText.of(family, "test")
                + " of this comparison, so that the probability of any false verdict is about 5% at most."
                + " Intervals of differences are 95% each and not corrected. That no difference is"
                + " shown does not mean that there is none."
                + (result.tests().allDecidable()
                    ? ""
                    : " Where it says too few seeds, the interval is over users alone: it says"
                        + " nothing of other seeds."));
  }

  /** What stands after the main tables: what their columns are. */
  Paragraph columns() {
    return new Paragraph(
        "`difference` is the mean difference of "
            + MetricTitle.of(request().firstMetric())
            + " as a share of the reference's mean. `coverage` is the share of the items that are"
            + " among anybody's first 20. `popularity` is the mean number of train pairs of"
            + " recommended items. `tail` is the share of Recall@20 that comes from less popular"
            + " items, which have half of the train pairs. Times are those of one run;"
            + " column `threads` says on how many threads.");
  }

  private List<String> deviations() {
    RunStore store = result.comparison().store();
    List<String> texts = new ArrayList<>();
    result
        .contestants()
        .forEach(
            (dataset, those) -> {
              List<String> lines = store.deviations(those.get(0).cell().first());
              if (!lines.isEmpty()) {
                texts.add(
                    "data set "
                        + dataset
                        + " is not the catalogue's: "
                        + String.join("; ", lines)
                        + ".");
              }
            });
    return texts;
  }
}
