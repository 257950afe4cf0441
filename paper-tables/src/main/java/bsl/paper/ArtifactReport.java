package bsl.paper;

/**
 * An artifact, made.
 *
 * @param markdown for people
 * @param csv for programs
 * @param holds whether everything it asserts holds
 */
public record ArtifactReport(String markdown, String csv, boolean holds) {}
