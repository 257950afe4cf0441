package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.run.Provenance;
import bsl.run.RunFolder;
import bsl.run.RunId;
import bsl.run.RunResult;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The results in the documentation, against the records that they cite. */
class RecordedResultsTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Path RESULTS = DOCS.resolve("results");

  private record Citation(Path table, Map<String, String> row) {
    /** The runs that the row is of, one per seed. */
    List<String> runs() {
      return List.of(row.get("run").split(" "));
    }

    List<Path> records() {
      return runs().stream().map(run -> table.resolveSibling(run).normalize()).toList();
    }
  }

  private static List<Citation> citations() throws IOException {
    List<Citation> citations = new ArrayList<>();
    for (Path table : RecordNames.texts(RESULTS)) {
      if (!table.toString().endsWith(".csv") || table.startsWith(RESULTS.resolve("runs"))) {
        continue;
      }
      try (MappingIterator<Map<String, String>> rows =
          new CsvMapper()
              .readerForMapOf(String.class)
              .with(CsvSchema.emptySchema().withHeader())
              .readValues(table.toFile())) {
        while (rows.hasNext()) {
          Citation citation = new Citation(table, rows.next());
          if (citation.row().get("run") != null) {
            citations.add(citation);
          }
        }
      }
    }
    return citations;
  }

  @Test
  void everyCitedRunHasItsRecordOrIsMarked() throws IOException {
    assertThat(citations()).hasSizeGreaterThan(100);
    for (Citation citation : citations()) {
      for (Path record : citation.records()) {
        assertThat(record.resolve("provenance.json")).as(citation.toString()).isRegularFile();
        assertThat(record.resolve("result.json")).as(citation.toString()).isRegularFile();
      }
    }
  }

  @Test
  void tablesSayWhatTheirRecordsSay() throws IOException {
    int compared = 0;
    for (Citation citation : citations()) {
      List<RunResult> results =
          citation.records().stream()
              .map(record -> new RunFolder(record).result().orElseThrow())
              .toList();
      if (results.isEmpty()) {
        continue;
      }
      assertThat(results).allMatch(RunResult::complete);
      assertThat(citation.row().getOrDefault("seeds", "1"))
          .isEqualTo(Integer.toString(results.size()));
      for (Map.Entry<String, String> cell : citation.row().entrySet()) {
        String metric = metric(cell.getKey(), citation.row());
        if (metric != null) {
          assertThat(Double.parseDouble(cell.getValue()))
              .as(metric + " of " + citation)
              .isCloseTo(
                  results.stream()
                      .mapToDouble(result -> result.metrics().get(metric))
                      .average()
                      .orElseThrow(),
                  within(1e-12));
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(100);
  }

  /** The metric that a column has; {@code null} if it has none of the record's. */
  private static String metric(String column, Map<String, String> row) {
    return switch (column) {
      case "recall20", "bsl_recall20" -> "recall@20";
      case "ndcg20", "bsl_ndcg20", "held_out" -> "ndcg@20";
      case "ndcg" -> "ndcg@" + row.get("k");
      default -> null;
    };
  }

  @Test
  void recordsHaveTheNamesOfTheirRunsAndAreCitedSomewhere() throws IOException {
    Set<String> cited = new TreeSet<>();
    Pattern citation = Pattern.compile("runs/([A-Za-z0-9_-]+)");
    for (Path text : RecordNames.texts(DOCS)) {
      Matcher found = citation.matcher(Files.readString(text));
      while (found.find()) {
        cited.add(found.group(1));
      }
    }
    try (Stream<Path> records = Files.list(RESULTS.resolve("runs"))) {
      for (Path record : records.filter(Files::isDirectory).toList()) {
        Path file = record.resolve("provenance.json");
        String name = RunId.of(Provenance.read(file), file).folderName();
        assertThat(record.getFileName()).hasToString(name);
        assertThat(cited).contains(name);
      }
    }
  }

  @Test
  void picturesAndFilesThatTextsLinkToAreThere() throws IOException {
    Pattern link = Pattern.compile("\\]\\(([^)#:]+)\\)");
    for (Path text : RecordNames.texts(RESULTS)) {
      if (text.toString().endsWith(".md")) {
        Matcher found = link.matcher(Files.readString(text));
        while (found.find()) {
          assertThat(text.resolveSibling(found.group(1)).normalize())
              .as("linked from " + text)
              .exists();
        }
      }
    }
  }
}
