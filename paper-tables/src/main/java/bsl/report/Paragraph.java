package bsl.report;

/**
 * Running text.
 *
 * @param text plain text, in which `code` stands between backquotes
 */
public record Paragraph(String text) implements Block {}
