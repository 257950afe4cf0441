package bsl.cli;

import bsl.run.InputException;
import java.util.regex.Pattern;

/** Names that become names of folders. */
final class FolderName {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");

  private FolderName() {}

  /**
   * The name that {@code --name} gives.
   *
   * @throws InputException if it is no name for a folder
   */
  static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new InputException(
          "--name '"
              + name
              + "' is not made of letters, digits, dots, hyphens and underscores, beginning with"
              + " neither dot nor hyphen");
    }
    return name;
  }
}
