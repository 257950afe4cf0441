package bsl.data;

import bsl.core.Split;

/**
 * Holds a data set in memory, with what was odd about its files.
 *
 * @param split its parts
 * @param statistics what was odd about its files
 */
public record LoadedDataset(Split split, LoadStatistics statistics) {}
