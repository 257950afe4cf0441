package bsl.data;

import bsl.core.Split;

/**
 * A data set in memory.
 *
 * @param split its parts
 * @param statistics what was odd about its files
 */
public record LoadedDataset(Split split, LoadStatistics statistics) {}
