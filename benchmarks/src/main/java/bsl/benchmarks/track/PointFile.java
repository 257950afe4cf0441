package bsl.benchmarks.track;

import static bsl.benchmarks.track.JmhResults.list;
import static bsl.benchmarks.track.JmhResults.member;
import static bsl.benchmarks.track.JmhResults.positive;
import static bsl.benchmarks.track.JmhResults.text;

import bsl.benchmarks.track.JmhCall.Length;
import bsl.data.FileFailure;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keeps a {@link HistoryPoint} as JSON. Ratios and their intervals are in the file for whoever
 * looks into it; what is read back are the measurements that they are made of.
 */
final class PointFile {
  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private PointFile() {}

  /** Name of a point's file. */
  static String name(HistoryPoint point) {
    String time = point.measured().toString().replaceAll("[-:]|\\.\\d+", "");
    return time + "-" + point.commit().substring(0, 10) + ".json";
  }

  /**
   * Writes a point into a folder, whole or not at all.
   *
   * @return the file
   */
  static Path write(HistoryPoint point, Path folder) {
    Path file = folder.resolve(name(point));
    requireFolder(folder);
    try {
      Path part = folder.resolve(file.getFileName() + ".part");
      Files.writeString(part, toJson(point));
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new BadInputException(file + ": cannot be written: " + FileFailure.reason(file, e));
    }
    return file;
  }

  /**
   * Makes the folder that points are written into, if need be.
   *
   * @throws BadInputException if it cannot be made or written
   */
  static void requireFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new BadInputException(folder + ": cannot be made: " + FileFailure.reason(folder, e));
    }
    if (!Files.isWritable(folder)) {
      throw new BadInputException(folder + ": cannot be written");
    }
  }

  private static String toJson(HistoryPoint point) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("commit", point.commit());
    root.put("changed", point.changed());
    root.put("committed", point.committed().toString());
    root.put("measured", point.measured().toString());
    ObjectNode machine = root.putObject("machine");
    machine.put("cpu", point.machine().cpu());
    machine.put("cores", point.machine().cores());
    machine.put("vector_bits", point.machine().vectorBits());
    machine.put("system", point.machine().system());
    machine.put("java", point.machine().java());
    root.put("jdk", point.jdk());
    root.put("length", point.length().title());
    if (!Double.isNaN(point.load())) {
      root.put("load_before", point.load());
    }
    ArrayNode results = root.putArray("results");
    for (TrackedResult result : point.results()) {
      Estimate.Range range = result.ratio().range();
      ObjectNode node = results.addObject();
      node.put("id", result.id());
      node.put("yardstick_name", result.yardstickName());
      node.put("work", result.work());
      node.put("ratio", rounded(result.ratio().value()));
      node.put("low", rounded(range.low()));
      node.put("high", rounded(range.high()));
      node.set("ours", toJson(result.ours()));
      node.set("yardstick", toJson(result.yardstick()));
    }
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
    printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
    return JSON.writer(printer).writeValueAsString(root) + "\n";
  }

  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.5g", value));
  }

  private static ObjectNode toJson(Measurement measurement) {
    ObjectNode node = JSON.createObjectNode();
    node.put("benchmark", measurement.benchmark());
    ObjectNode params = node.putObject("params");
    measurement.params().forEach(params::put);
    node.put("mode", measurement.mode());
    node.put("unit", measurement.unit());
    ArrayNode forks = node.putArray("forks");
    for (double[] fork : measurement.forks()) {
      ArrayNode iterations = forks.addArray();
      for (double value : fork) {
        iterations.add(rounded(value));
      }
    }
    return node;
  }

  /**
   * Reads a point.
   *
   * @throws BadInputException if it is not to be read, or no point
   */
  static HistoryPoint read(Path file) {
    try {
      return point(JmhResults.parse(file));
    } catch (BadInputException e) {
      String message = e.getMessage();
      throw message.startsWith(file.toString())
          ? e
          : new BadInputException(file + ": no point of the history: " + message);
    }
  }

  private static HistoryPoint point(JsonNode root) {
    if (number(root, "format") != FORMAT) {
      throw new BadInputException("\"format\" is not " + FORMAT + ": " + root.get("format"));
    }
    String commit = text(root, "commit");
    if (!commit.matches("[0-9a-f]{40}")) {
      throw new BadInputException("\"commit\" has no 40 hexadecimal digits: " + commit);
    }
    JsonNode machine = member(root, "machine");
    return new HistoryPoint(
        commit,
        changed(root),
        instant(root, "committed"),
        instant(root, "measured"),
        new Machine(
            text(machine, "cpu"),
            number(machine, "cores"),
            number(machine, "vector_bits"),
            text(machine, "system"),
            number(machine, "java")),
        text(root, "jdk"),
        length(text(root, "length")),
        load(root),
        results(root));
  }

  /** All results. Of a point without any, or with two of a ratio, nobody could say what fell. */
  private static List<TrackedResult> results(JsonNode root) {
    List<TrackedResult> results = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (JsonNode node : list(root, "results")) {
      try {
        TrackedResult result = result(node);
        if (!keys.add(result.key())) {
          throw new BadInputException("there are two of " + result.key());
        }
        results.add(result);
      } catch (BadInputException e) {
        throw new BadInputException("result " + (results.size() + 1) + ": " + e.getMessage());
      }
    }
    if (results.isEmpty()) {
      throw new BadInputException("\"results\" is empty");
    }
    return List.copyOf(results);
  }

  private static TrackedResult result(JsonNode node) {
    return new TrackedResult(
        text(node, "id"),
        text(node, "yardstick_name"),
        positive(member(node, "work"), "\"work\" is no positive number"),
        measurement(member(node, "ours")),
        measurement(member(node, "yardstick")));
  }

  private static boolean changed(JsonNode root) {
    JsonNode changed = member(root, "changed");
    if (!changed.isBoolean()) {
      throw new BadInputException("\"changed\" is neither true nor false: " + changed);
    }
    return changed.booleanValue();
  }

  /** NaN if it was not known, and so was not written. */
  private static double load(JsonNode root) {
    JsonNode load = root.path("load_before");
    if (load.isMissingNode()) {
      return Double.NaN;
    }
    if (!load.isNumber() || !(load.doubleValue() >= 0)) {
      throw new BadInputException("\"load_before\" is no number from 0 on: " + load);
    }
    return load.doubleValue();
  }

  private static Measurement measurement(JsonNode node) {
    TreeMap<String, String> params = JmhResults.params(member(node, "params"));
    Measurement measurement =
        new Measurement(
            text(node, "benchmark"),
            params,
            text(node, "mode"),
            text(node, "unit"),
            JmhResults.forks(node, "forks"),
            Map.of());
    measurement.speed(); // says so if there are too few numbers
    return measurement;
  }

  private static int number(JsonNode node, String name) {
    JsonNode found = member(node, name);
    if (!found.canConvertToExactIntegral() || !found.canConvertToInt()) {
      throw new BadInputException("\"" + name + "\" is no whole number: " + found);
    }
    return found.intValue();
  }

  private static Instant instant(JsonNode node, String name) {
    String time = text(node, name);
    try {
      return Instant.parse(time);
    } catch (DateTimeParseException e) {
      throw new BadInputException(
          "\"" + name + "\" is no time such as 2024-05-31T12:00:00Z: " + time);
    }
  }

  private static Length length(String title) {
    for (Length length : Length.values()) {
      if (length.title().equals(title)) {
        return length;
      }
    }
    throw new BadInputException("\"length\" is neither full nor quick: " + title);
  }
}
