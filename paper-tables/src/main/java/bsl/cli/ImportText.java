package bsl.cli;

import bsl.core.CountText;
import bsl.ingest.Columns.Column;
import bsl.ingest.ImportOptions;
import bsl.ingest.ImportPlan;
import bsl.ingest.ImportResult;
import bsl.ingest.Layout;
import bsl.ingest.SplitOptions;
import bsl.ingest.StepCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What an import is going to do, and what it has done, for people. */
final class ImportText {
  /** Characters of a value or a name that are shown. */
  private static final int LONGEST = 60;

  /** Columns that are not read and are named all the same. */
  private static final int MOST_NAMES = 8;

  private ImportText() {}

  /** What is going to be read, with the first records. */
  static List<String> plan(ImportPlan plan, ImportOptions options) {
    List<String> lines = new ArrayList<>();
    lines.add("layout     " + plan.layout().describe());
    List<Column> columns = plan.columns().all();
    List<String> kinds = new ArrayList<>(List.of("user", "item"));
    plan.columns().rating().ifPresent(column -> kinds.add("rating"));
    plan.columns().time().ifPresent(column -> kinds.add("time"));
    for (int c = 0; c < columns.size(); c++) {
      List<String> values = new ArrayList<>();
      for (List<String> example : plan.examples()) {
        values.add(shown(example.get(c)));
      }
      lines.add(
          String.format(
              Locale.ROOT,
              "%-10s %s: %s ...",
              kinds.get(c),
              name(columns.get(c), plan.layout()),
              String.join(", ", values)));
    }
    notRead(plan).ifPresent(names -> lines.add("not read   " + names));
    plan.notes().forEach(line -> lines.add("note       " + oneLine(line)));
    lines.add("split      " + split(options.split()));
    if (plan.columns().rating().isPresent() && options.filters().ratingThreshold().isEmpty()) {
      lines.add("note       every rating counts as liking; --rating-threshold keeps the high ones");
    }
    if (options.split().kind() == SplitOptions.Kind.LEAVE_LAST && plan.columns().time().isEmpty()) {
      lines.add("note       times are not known; last is what comes last in the files");
    }
    return lines;
  }

  /** Short and on one line, whatever a file has. */
  private static String shown(String text) {
    String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    return oneLine(cut);
  }

  /** What has been cut where it was made, and ends with what matters. */
  private static String oneLine(String text) {
    return text.replaceAll("\\p{C}", "?");
  }

  private static String name(Column column, Layout layout) {
    if (layout.kind() == Layout.Kind.JSON_LINES) {
      return "key " + shown(column.name());
    }
    int number = column.index() + 1;
    return layout.header() ? "column " + number + ", " + shown(column.name()) : "column " + number;
  }

  /** The columns that say nothing here; one of them may be what the guess has missed. */
  private static Optional<String> notRead(ImportPlan plan) {
    Set<Integer> read =
        plan.columns().all().stream().map(Column::index).collect(Collectors.toSet());
    List<String> names = plan.layout().names();
    List<String> others =
        IntStream.range(0, names.size())
            .filter(c -> !read.contains(c))
            .mapToObj(c -> name(new Column(c, names.get(c)), plan.layout()))
            .toList();
    if (others.isEmpty()) {
      return Optional.empty();
    }
    int more = others.size() - MOST_NAMES;
    String first = String.join("; ", others.subList(0, Math.min(others.size(), MOST_NAMES)));
    return Optional.of(first + (more > 0 ? " and " + more + " more" : ""));
  }

  private static String split(SplitOptions split) {
    return switch (split.kind()) {
      case GIVEN -> "as given";
      case TIME ->
          split.testFrom().isPresent()
              ? "test from "
                  + split.testFrom().get()
                  + split.validFrom().map(from -> ", validation from " + from).orElse("")
              : "by time, the latest " + split.test() + " for test" + valid(split, " before it");
      case LEAVE_LAST -> "the last " + split.test() + " of each user" + valid(split, " before it");
      default ->
          "random for each user, "
              + split.test()
              + " for test"
              + valid(split, "")
              + ", seed "
              + split.seed();
    };
  }

  private static String valid(SplitOptions split, String where) {
    return split.valid().value() == 0
        ? ", no validation set"
        : ", " + split.valid() + where + " for validation";
  }

  /** What has come out. */
  static List<String> result(ImportResult result) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(Locale.ROOT, "%-18s %12s %10s %10s", "after", "pairs", "users", "items"));
    for (StepCount step : result.steps()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-18s %,12d %,10d %,10d",
              step.step(),
              step.pairs(),
              step.users(),
              step.items()));
    }
    if (result.malformed() > 0) {
      lines.add(
          CountText.grouped(result.malformed(), "malformed line was", "malformed lines were")
              + " left out");
    }
    result.notes().forEach(note -> lines.add("note       " + oneLine(note)));
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: %,d train, %s%s of %s and %s",
            result.folder(),
            result.split().train().size(),
            result
                .split()
                .validation()
                .map(v -> String.format(Locale.ROOT, "%,d validation, ", v.size()))
                .orElse(""),
            CountText.grouped(result.split().test().size(), "test pair"),
            CountText.grouped(result.split().users(), "user"),
            CountText.grouped(result.split().items(), "item")));
    return lines;
  }
}
