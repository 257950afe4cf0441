package bsl.ingest;

import java.util.List;

/**
 * Says what is to be imported and how.
 *
 * @param name name of the new data set: letters, digits, dots, hyphens and underscores
 * @param files the files, all of one layout; either all of them are parts, or none
 * @param read how they are read
 * @param filters which interactions are kept
 * @param split how they are split; {@link SplitOptions.Kind#GIVEN} if and only if the files are
 *     parts
 */
public record ImportOptions(
    String name,
    List<SourceFile> files,
    ReadOptions read,
    FilterOptions filters,
    SplitOptions split) {}
