package bsl.ingest;

import bsl.data.PartDigests;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The provenance of an imported data set, as it lies beside the pairs: which files it was made of,
 * with their digests, how they were read, all options, how much was there after each step, and the
 * content digests of the parts.
 */
final class ImportRecord {
  private static final int FORMAT = 1;
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ImportRecord() {}

  /**
   * The record as JSON.
   *
   * @param ids digests of the files of ids, by name
   */
  static byte[] bytes(
      ImportOptions options, ImportPlan plan, ImportResult result, Map<String, String> ids) {
    Map<String, Object> record = planned(options, plan);
    record.put("sources", result.sources().stream().map(ImportRecord::source).toList());
    record.put("steps", result.steps().stream().map(ImportRecord::step).toList());
    PartDigests.put(record, result.split());
    record.put("ids", ids);
    result.times().ifPresent(times -> record.put("times", times(times)));
    record.put("malformed", result.malformed());
    record.put("malformed_examples", result.examples());
    try {
      return MAPPER.writeValueAsBytes(record);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps of texts and numbers can be written", e);
    }
  }

  /** What the record says before anything but the first lines is read. */
  static Map<String, Object> planned(ImportOptions options, ImportPlan plan) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("format", FORMAT);
    record.put("name", options.name());
    String version = ImportRecord.class.getPackage().getImplementationVersion();
    record.put("bsl", version == null ? "unpackaged" : version);
    record.put("layout", layout(plan.layout(), options.read()));
    record.put("columns", columns(plan.columns()));
    if (plan.layout().kind() == Layout.Kind.DELIMITED) {
      record.put("column_numbers", numbers(plan.columns()));
    }
    record.put("options", options(options));
    return record;
  }

  private static Map<String, Object> source(SourceSummary source) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("file", source.path().getFileName().toString());
    source.part().ifPresent(part -> map.put("part", part.key()));
    map.put("bytes", source.bytes());
    map.put("sha256", source.sha256());
    map.put("records", source.records());
    map.put("malformed", source.malformed());
    return map;
  }

  private static Map<String, Object> layout(Layout layout, ReadOptions read) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", layout.kind().title());
    if (layout.kind() == Layout.Kind.DELIMITED) {
      map.put("separator", layout.separator());
      map.put("quote", layout.quote().map(String::valueOf).orElse(ReadOptions.NO_QUOTE));
      map.put("header", layout.header());
    }
    map.put("skip_lines", layout.skipLines());
    map.put("encoding", read.encoding().name());
    map.put("names", layout.names());
    return map;
  }

  private static Map<String, Object> columns(Columns columns) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("user", columns.user().name());
    map.put("item", columns.item().name());
    map.put("rating", name(columns.rating()));
    map.put("time", name(columns.time()));
    return map;
  }

  /** From 1, user and item first; several columns may have one name. */
  private static List<Integer> numbers(Columns columns) {
    return columns.all().stream().map(column -> column.index() + 1).toList();
  }

  private static String name(Optional<Columns.Column> column) {
    return column.map(Columns.Column::name).orElse(ReadOptions.NO_COLUMN);
  }

  private static Map<String, Object> options(ImportOptions options) {
    FilterOptions filters = options.filters();
    SplitOptions split = options.split();
    Map<String, Object> map = new LinkedHashMap<>();
    filters.ratingThreshold().ifPresent(value -> map.put("rating_threshold", value));
    map.put("min_user_freq", filters.minUserFreq());
    map.put("min_item_freq", filters.minItemFreq());
    map.put("duplicates", filters.duplicates().key());
    map.put("exclude_unknowns", filters.excludeUnknowns());
    map.put("skip_malformed", options.read().skipMalformed());
    map.put("split", split.kind().key());
    if (split.kind() != SplitOptions.Kind.GIVEN && split.testFrom().isEmpty()) {
      map.put("test_size", split.test().value());
      map.put("val_size", split.valid().value());
    }
    split.testFrom().ifPresent(from -> map.put("test_from", from));
    split.validFrom().ifPresent(from -> map.put("val_from", from));
    if (split.kind() == SplitOptions.Kind.RANDOM) {
      map.put("seed", split.seed());
    }
    return map;
  }

  private static Map<String, Object> step(StepCount step) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("step", step.step());
    map.put("pairs", step.pairs());
    map.put("users", step.users());
    map.put("items", step.items());
    return map;
  }

  private static Map<String, Object> times(TimeSummary times) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("scale", times.scale().key());
    map.put("first_train", times.firstTrain());
    map.put("last_train", times.lastTrain());
    map.put("first_test", times.firstTest());
    map.put("last_test", times.lastTest());
    map.put("test_pairs", times.testPairs());
    map.put("test_pairs_before_last_train", times.testPairsBeforeLastTrain());
    map.put("test_users", times.testUsers());
    map.put("users_with_test_before_train", times.usersWithTestBeforeTrain());
    return map;
  }
}
