package bsl.run;

/** What a {@link KillableFileSystem} throws where a real process would be gone. */
final class SimulatedKill extends Error {
  private static final long serialVersionUID = 1L;

  SimulatedKill(String operation) {
    super(operation, null, false, false);
  }
}
