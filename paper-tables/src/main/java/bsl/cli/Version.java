package bsl.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Main.class.getPackage().getImplementationVersion();
    return new String[] {
      "bsl " + (version == null ? "unpackaged" : version),
      "commit " + System.getProperty("bsl.commit", "unknown"),
      "java " + System.getProperty("java.runtime.version")
    };
  }
}
