package bsl.data;

import java.nio.file.Path;

/**
 * A file of pairs, as it was read.
 *
 * @param part what it is of the data set: {@code train}, {@code valid} or {@code test}
 * @param path where it lies
 * @param pairs its pairs
 */
record PairFile(String part, Path path, PairList pairs) {}
