package bsl.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads records of JSON lines: an object a line. The fields are the values of given keys, in the
 * order of the keys. Strings, numbers and booleans are taken as their text, but a number without a
 * fraction as an integer: some programs write 17 as 17.0. A key that is not there or is {@code
 * null} is an absent field. What else the object has is not looked at, but has to be JSON. Empty
 * lines are no records. An object that has one of the keys twice is malformed.
 */
final class JsonLinesReader implements RecordReader {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** Starts of a value that is {@code null}, and of one whose key has not come. */
  private static final int NULL = -1;

  private static final int NOT_SEEN = -2;

  /** Digits of a number with an exponent that is taken for an integer. */
  private static final int MOST_DIGITS = 25;

  private final LineReader lines;
  private final List<String> keys;
  private final int[] starts;
  private final int[] ends;
  private final Fields fields = new Fields();
  private char[] values = new char[256];
  private int valuesEnd;
  private String problem = "";

  /**
   * @param keys names of the values to read
   */
  JsonLinesReader(LineReader lines, List<String> keys) {
    this.lines = lines;
    this.keys = keys;
    this.starts = new int[keys.size()];
    this.ends = new int[keys.size()];
  }

  /** Keys of an object whose values are strings, numbers or booleans; none if it is no object. */
  static List<String> scalarKeys(String line) {
    List<String> keys = new ArrayList<>();
    try (JsonParser parser = FACTORY.createParser(line)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String key = parser.currentName();
          if (parser.nextToken().isScalarValue()) {
            keys.add(key);
          }
          parser.skipChildren();
        }
      }
    } catch (JsonProcessingException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("text in memory can be read", e);
    }
    return keys;
  }

  @Override
  public Found next() throws IOException {
    do {
      if (!lines.next()) {
        return Found.END;
      }
    } while (lines.isBlank());
    try (JsonParser parser =
        FACTORY.createParser(lines.text(), lines.start(), lines.end() - lines.start())) {
      read(parser);
    } catch (JsonProcessingException e) {
      problem = "is not JSON: " + lines.quoted();
      return Found.MALFORMED;
    }
    return problem.isEmpty() ? Found.RECORD : Found.MALFORMED;
  }

  private void read(JsonParser parser) throws IOException {
    problem = "";
    valuesEnd = 0;
    Arrays.fill(starts, NOT_SEEN);
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      problem = "is not a JSON object: " + lines.quoted();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      int key = keys.indexOf(parser.currentName());
      JsonToken token = parser.nextToken();
      if (key >= 0 && starts[key] != NOT_SEEN) {
        problem = "has the key " + Fields.quoted(keys.get(key)) + " twice";
      } else if (key >= 0 && token.isScalarValue()) {
        keep(key, token, parser);
      } else if (key >= 0 && token.isStructStart()) {
        problem = "the value of " + Fields.quoted(keys.get(key)) + " is not a string or a number";
      }
      parser.skipChildren();
    }
    if (parser.nextToken() != null) {
      problem = "has more than one JSON object";
    }
    problem += problem.isEmpty() ? "" : ": " + lines.quoted();
    fields.clear();
    for (int key = 0; key < starts.length; key++) {
      if (starts[key] < 0) {
        fields.addAbsent();
      } else {
        fields.add(values, starts[key], ends[key]);
      }
    }
  }

  private void keep(int key, JsonToken token, JsonParser parser) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      starts[key] = NULL;
      return;
    }
    int length = parser.getTextLength();
    int room = Math.max(length, MOST_DIGITS + 1);
    if (values.length < valuesEnd + room) {
      values = Arrays.copyOf(values, 2 * (valuesEnd + room));
    }
    System.arraycopy(parser.getTextCharacters(), parser.getTextOffset(), values, valuesEnd, length);
    if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      length = integer(length);
    }
    starts[key] = valuesEnd;
    valuesEnd += length;
    ends[key] = valuesEnd;
  }

  /**
   * Writes the number that stands behind the values as an integer, if it is one.
   *
   * @param length its characters
   * @return its characters then
   */
  private int integer(int length) {
    int end = valuesEnd + length;
    int point = end;
    boolean fraction = false;
    for (int at = valuesEnd; at < end; at++) {
      char c = values[at];
      if (c == 'e' || c == 'E') {
        return integerOfExponent(length);
      }
      fraction |= at > point && c != '0';
      point = c == '.' ? at : point;
    }
    return fraction ? length : point - valuesEnd;
  }

  private int integerOfExponent(int length) {
    BigDecimal number;
    try {
      number = new BigDecimal(values, valuesEnd, length).stripTrailingZeros();
    } catch (NumberFormatException e) {
      // An exponent that no integer holds.
      return length;
    }
    if (number.scale() > 0 || number.precision() - (long) number.scale() > MOST_DIGITS) {
      return length;
    }
    String digits = number.toPlainString();
    digits.getChars(0, digits.length(), values, valuesEnd);
    return digits.length();
  }

  @Override
  public Fields fields() {
    return fields;
  }

  @Override
  public String problem() {
    return problem;
  }

  @Override
  public long line() {
    return lines.line();
  }
}
