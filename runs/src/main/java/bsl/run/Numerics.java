package bsl.run;

/** Which bits training gives: the part of a run's identity that belongs to the code. */
public final class Numerics {
  /**
   * The version of all arithmetic and all random streams. It is raised when a change to the code
   * changes, on purpose, the bits that some settings and data give. Runs of an older version are
   * then trained again instead of being taken for the same.
   */
  public static final int VERSION = 1;

  private Numerics() {}
}
