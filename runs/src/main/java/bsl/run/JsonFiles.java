package bsl.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** JSON files as this suite writes them: indented, snake_case, whole or not at all. */
public final class JsonFiles {
  private JsonFiles() {}

  static ObjectMapper mapper() {
    return new ObjectMapper()
        .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .enable(SerializationFeature.INDENT_OUTPUT)
        .enable(DeserializationFeature.USE_LONG_FOR_INTS);
  }

  /** Writes a value, replacing the file. */
  public static void write(Path file, Object value) {
    AtomicFiles.replaceFile(file, path -> mapper().writeValue(path.toFile(), value));
  }

  /** A value as {@link #write} writes it, in UTF-8 and without a line break at the end. */
  public static byte[] bytes(Object value) {
    try {
      return mapper().writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), e);
    }
  }

  /**
   * Reads a value.
   *
   * @throws InputException if the file is missing or is not such a value
   */
  static <T> T read(Path file, Class<T> type) {
    try {
      return mapper().readValue(file.toFile(), type);
    } catch (JsonProcessingException e) {
      String line = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
      throw new InputException(
          file + line + ": " + e.getOriginalMessage().lines().findFirst().orElse("malformed"), e);
    } catch (NoSuchFileException | java.io.FileNotFoundException e) {
      throw new InputException(file + ": no such file", e);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
