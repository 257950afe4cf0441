package bsl.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The options of a driver's JVM, as the launcher has them. */
final class JavaOptions {
  static final List<String> OF_A_DRIVER = read();

  private JavaOptions() {}

  private static List<String> read() {
    List<String> options = new ArrayList<>(List.of("--add-modules", "jdk.incubator.vector"));
    try {
      Matcher opened =
          Pattern.compile("--add-opens=[a-z./]+=ALL-UNNAMED")
              .matcher(Files.readString(Path.of("..", "bsl")));
      while (opened.find()) {
        options.add(opened.group());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return options;
  }
}
