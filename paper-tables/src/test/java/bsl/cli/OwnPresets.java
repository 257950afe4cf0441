package bsl.cli;

import java.nio.file.Path;

/** Where presets of the user's own lie, until it is closed; then they are where they were. */
final class OwnPresets {
  private static final String PROPERTY = "bsl.presets";

  private final String before = System.getProperty(PROPERTY);

  OwnPresets(Path folder) {
    System.setProperty(PROPERTY, folder.toString());
  }

  void close() {
    if (before == null) {
      System.clearProperty(PROPERTY);
    } else {
      System.setProperty(PROPERTY, before);
    }
  }
}
