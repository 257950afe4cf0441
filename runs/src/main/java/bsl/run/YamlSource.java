package bsl.run;

import bsl.data.Utf8Text;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads YAML that people write, and says in one line where and why a file is none. */
public final class YamlSource {
  /** The parser tells what it was about to read, and then what is wrong; each with its place. */
  private static final Pattern PLACE = Pattern.compile("\\s*in '[^']*', line (\\d+), column \\d+:");

  private static final Pattern END = Pattern.compile("stream end|end of stream");

  private static final String NO_NAME = "Expected a field name";

  private static final Pattern CLASS_NAME = Pattern.compile("^(?:[a-z]+\\.)+[A-Za-z]+: ");

  private YamlSource() {}

  /**
   * A parser of a file, which is read to its end.
   *
   * @param in the file's bytes; not closed
   * @param name the file's name in messages
   * @throws InputException if they are not text in UTF-8, or have characters that YAML has not
   */
  public static JsonParser parser(InputStream in, String name) throws IOException {
    String text =
        Utf8Text.of(
            in.readAllBytes(),
            line -> new InputException(name + ":" + line + ": is not text in UTF-8"));
    requirePrintable(text, name);
    return new YAMLFactory().createParser(text);
  }

  /** The parser would not say where such a character is. */
  private static void requirePrintable(String text, String name) {
    int line = 1;
    for (int at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
      int character = text.codePointAt(at);
      if (!isPrintable(character)) {
        throw new InputException(
            String.format(Locale.ROOT, "%s:%d: has the character U+%04X", name, line, character));
      }
      line += character == '\n' ? 1 : 0;
    }
  }

  /** What YAML 1.1 lets a file have; half a surrogate pair cannot come from UTF-8. */
  private static boolean isPrintable(int character) {
    return character == '\t'
        || character == '\n'
        || character == '\r'
        || character >= 0x20 && character <= 0x7e
        || character == 0x85
        || character >= 0xa0 && character != 0xfffe && character != 0xffff;
  }

  /**
   * The exception for whoever wrote the file.
   *
   * @param name the file's name in messages
   * @param e what the parser says
   * @return an exception with file, line and reason
   */
  public static InputException malformed(String name, JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    String line = at == null || at.getLineNr() < 1 ? "" : Integer.toString(at.getLineNr());
    List<String> told = e.getOriginalMessage().lines().toList();
    String reason = told.isEmpty() ? "malformed" : told.get(0);
    for (int n = 1; n < told.size(); n++) {
      Matcher place = PLACE.matcher(told.get(n));
      if (place.matches()) {
        reason = told.get(n - 1);
        // What is not closed is looked for where it begins, not at the end of the file.
        line = n > 2 && END.matcher(reason).find() ? line : place.group(1);
      }
    }
    reason = CLASS_NAME.matcher(reason.strip()).replaceFirst("");
    if (reason.startsWith(NO_NAME)) {
      reason = "a key is to be a name";
    }
    return new InputException(
        name + (line.isEmpty() ? "" : ":" + line) + ": is not YAML: " + reason, e);
  }
}
