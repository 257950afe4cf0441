package bsl.run;

import bsl.data.FileFailure;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * JSON files as this suite writes them: indented, snake_case, whole or not at all. What is read has
 * to be complete: a missing field, an unknown one, or a {@code null} anywhere is bad input.
 */
public final class JsonFiles {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private static final Pattern MISSING = Pattern.compile("Missing creator property '(\\w+)'.*");

  private JsonFiles() {}

  /** Writes a value, replacing the file. */
  public static void write(Path file, Object value) {
    AtomicFiles.replaceFile(file, path -> writeTo(path, value));
  }

  /** A value as {@link #write} writes it, in UTF-8 and without a line break at the end. */
  public static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), e);
    }
  }

  /** A JSON object as maps, lists, texts and numbers. */
  static Map<String, Object> asMap(JsonNode object) {
    return MAPPER.convertValue(object, new TypeReference<Map<String, Object>>() {});
  }

  /** Writes a value to a file that nobody else sees yet. */
  static void writeTo(Path file, Object value) throws IOException {
    Files.write(file, bytes(value));
  }

  /**
   * Reads a value.
   *
   * @throws InputException if the file is missing or is not such a value; the message names the
   *     field or the line
   */
  public static <T> T read(Path file, Class<T> type) {
    return read(file, type, older -> {});
  }

  /**
   * Reads a value that an earlier version may have written.
   *
   * @param upgrade adds the fields that earlier versions did not have
   * @throws InputException if the file is missing or is not such a value; the message names the
   *     field or the line
   */
  public static <T> T read(Path file, Class<T> type, Consumer<ObjectNode> upgrade) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(file, in, type, upgrade);
    } catch (NoSuchFileException e) {
      throw new InputException(file + ": no such file", e);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + FileFailure.reason(file, e), e);
    }
  }

  /**
   * Reads a value from bytes that may come from another machine.
   *
   * @param name stands for the file in messages
   * @param upgrade adds the fields that earlier versions did not have
   * @throws InputException if they are not such a value; the message names the field or the line
   */
  static <T> T read(Path name, byte[] bytes, Class<T> type, Consumer<ObjectNode> upgrade) {
    try {
      return read(name, new ByteArrayInputStream(bytes), type, upgrade);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T read(Path file, InputStream in, Class<T> type, Consumer<ObjectNode> upgrade)
      throws IOException {
    try {
      JsonNode tree = MAPPER.readTree(in);
      if (!(tree instanceof ObjectNode root)) {
        throw new InputException(file + ": is not a JSON object");
      }
      requireValues(file, root, "");
      upgrade.accept(root);
      return MAPPER.treeToValue(root, type);
    } catch (JsonMappingException e) {
      throw new InputException(file + ": " + field(e) + ": " + reason(e), e);
    } catch (JsonProcessingException e) {
      String line = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
      throw new InputException(file + line + ": is not JSON: " + reason(e), e);
    }
  }

  private static void requireValues(Path file, JsonNode node, String path) {
    if (node.isNull()) {
      throw new InputException(file + ": " + path + " is null");
    }
    if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
      throw new InputException(file + ": " + path + " is not a finite number");
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      requireValues(
          file, field.getValue(), path.isEmpty() ? field.getKey() : path + "." + field.getKey());
    }
    for (int e = 0; node.isArray() && e < node.size(); e++) {
      requireValues(file, node.get(e), path + "[" + e + "]");
    }
  }

  private static String field(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(
                step ->
                    step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
            .collect(Collectors.joining("."));
    return path.isEmpty() ? "is not what is expected here" : path;
  }

  /** The library's reason without its advice to programmers. */
  private static String reason(JsonProcessingException e) {
    String first = e.getOriginalMessage().lines().findFirst().orElse("malformed");
    Matcher missing = MISSING.matcher(first);
    return missing.matches()
        ? missing.group(1) + " is missing"
        : first.replaceAll(
            "\\s*(; `| \\(`|\\(but |\\(start marker|\\[Source:|\\(through reference).*", "");
  }
}
