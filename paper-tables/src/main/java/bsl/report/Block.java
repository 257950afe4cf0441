package bsl.report;

/** What a report consists of, from top to bottom. */
public sealed interface Block permits Heading, Paragraph, Table, Figure {}
