package bsl.benchmarks.track;

import bsl.data.FileFailure;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what JMH writes with {@code -rf json}. */
final class JmhResults {
  /** Half of a file is no file, and neither are two in one, as a merge may leave them. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /** Times and speeds are far within it, and squares of its ends are still numbers. */
  private static final double LEAST = 1e-100;

  private static final double MOST = 1e100;

  /** Characters of what is wrong in a message. */
  private static final int SHOWN = 60;

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
      throw new BadInputException(
          file
              + ":"
              + line
              + ": no JSON: "
              + e.getOriginalMessage().lines().findFirst().orElse(""));
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
        forks(metric, "rawData"),
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

  /** A member that must be text, on one line. */
  static String text(JsonNode node, String name) {
    JsonNode found = member(node, name);
    if (!found.isTextual()
        || found.textValue().isEmpty()
        || found.textValue().chars().anyMatch(Character::isISOControl)) {
      throw new BadInputException("\"" + name + "\" is no text: " + found);
    }
    return found.textValue();
  }

  /** A member that must be a list. */
  static JsonNode list(JsonNode node, String name) {
    JsonNode found = member(node, name);
    if (!found.isArray()) {
      throw new BadInputException("\"" + name + "\" is no list: " + shortened(found));
    }
    return found;
  }

  /**
   * A number that was measured, or is a factor of one.
   *
   * @param what what is said of any other number, for example {@code no positive number}
   */
  static double positive(JsonNode node, String what) {
    double value = node.isNumber() ? node.doubleValue() : Double.NaN;
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new BadInputException(what + ": " + shortened(node));
    }
    if (value < LEAST || value > MOST) {
      throw new BadInputException("a number beyond all measurements: " + shortened(node));
    }
    return value;
  }

  private static String shortened(JsonNode node) {
    String text = node.toString();
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
  }

  /** Parameters by name; none if the member is missing. */
  static TreeMap<String, String> params(JsonNode node) {
    if (!node.isMissingNode() && !node.isObject()) {
      throw new BadInputException("\"params\" has no names: " + shortened(node));
    }
    TreeMap<String, String> params = new TreeMap<>();
    node.fieldNames().forEachRemaining(name -> params.put(name, text(node, name)));
    return params;
  }

  /**
   * Iterations of each JVM, all positive.
   *
   * @param name of the member that has a list for each JVM
   */
  static List<double[]> forks(JsonNode node, String name) {
    List<double[]> forks = new ArrayList<>();
    for (JsonNode fork : list(node, name)) {
      if (!fork.isArray()) {
        throw new BadInputException(
            "\"" + name + "\" has no list for each JVM: " + shortened(fork));
      }
      double[] values = new double[fork.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = positive(fork.get(i), "no positive number");
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
