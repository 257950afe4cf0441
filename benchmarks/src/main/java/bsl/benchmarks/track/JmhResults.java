package bsl.benchmarks.track;

import bsl.data.FileFailure;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what JMH writes with {@code -rf json}. */
final class JmhResults {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JmhResults() {}

  /**
   * Reads a file.
   *
   * @throws BadInputException if it is not to be read, or not what JMH writes
   */
  static List<Measurement> read(Path file) {
    JsonNode root = parse(file);
    if (!root.isArray()) {
      throw new BadInputException(file + ": no list of results, as JMH writes with -rf json");
    }
    List<Measurement> measurements = new ArrayList<>();
    for (JsonNode result : root) {
      try {
        measurements.add(measurement(result));
      } catch (BadInputException e) {
        throw new BadInputException(
            file + ": result " + (measurements.size() + 1) + ": " + e.getMessage());
      }
    }
    return measurements;
  }

  /** Parses a file. */
  static JsonNode parse(Path file) {
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      long line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new BadInputException(file + ":" + line + ": no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new BadInputException(file + ": cannot be read: " + FileFailure.reason(file, e));
    }
  }

  private static Measurement measurement(JsonNode result) {
    JsonNode metric = member(result, "primaryMetric");
    Map<String, Double> counters = new TreeMap<>();
    result
        .path("secondaryMetrics")
        .properties()
        .forEach(e -> counters.put(e.getKey(), e.getValue().path("score").asDouble()));
    return new Measurement(
        shortName(text(result, "benchmark")),
        params(result.path("params")),
        text(result, "mode"),
        text(metric, "scoreUnit"),
        forks(member(metric, "rawData")),
        counters);
  }

  private static String shortName(String qualified) {
    int method = qualified.lastIndexOf('.');
    return qualified.substring(qualified.lastIndexOf('.', method - 1) + 1);
  }

  /** A member that must be there. */
  static JsonNode member(JsonNode node, String name) {
    JsonNode found = node.get(name);
    if (found == null || found.isNull()) {
      throw new BadInputException("there is no \"" + name + "\"");
    }
    return found;
  }

  /** A member that must be text. */
  static String text(JsonNode node, String name) {
    JsonNode found = member(node, name);
    if (!found.isTextual() || found.textValue().isEmpty()) {
      throw new BadInputException("\"" + name + "\" is no text: " + found);
    }
    return found.textValue();
  }

  /** Parameters by name; none if the member is missing. */
  static TreeMap<String, String> params(JsonNode node) {
    TreeMap<String, String> params = new TreeMap<>();
    node.properties().forEach(e -> params.put(e.getKey(), e.getValue().asText()));
    return params;
  }

  /** Iterations of each JVM, all positive. */
  static List<double[]> forks(JsonNode node) {
    List<double[]> forks = new ArrayList<>();
    for (JsonNode fork : node) {
      double[] values = new double[fork.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = fork.get(i).isNumber() ? fork.get(i).doubleValue() : Double.NaN;
        if (!(values[i] > 0 && values[i] < Double.POSITIVE_INFINITY)) {
          throw new BadInputException("no positive number: " + fork.get(i));
        }
      }
      if (values.length > 0) {
        forks.add(values);
      }
    }
    if (forks.isEmpty()) {
      throw new BadInputException("there are no measurements");
    }
    return forks;
  }
}
