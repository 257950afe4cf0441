package bsl.ingest;

/**
 * Says how much there was after a step of the import.
 *
 * @param step name of the step
 * @param pairs number of interactions
 * @param users number of users that have any
 * @param items number of items that have any
 */
public record StepCount(String step, long pairs, int users, int items) {}
