package bsl.report;

/**
 * Begins a part of a report.
 *
 * @param text plain text
 */
public record Heading(String text) implements Block {}
