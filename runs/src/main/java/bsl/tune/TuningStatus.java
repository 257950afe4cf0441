package bsl.tune;

import java.util.Optional;

/**
 * How far a search is, for people.
 *
 * @param rung the rung that trials are trained for, counted from 1
 * @param rungs how many there are
 * @param arrived trials that have come to it
 * @param trials trials that are to come to it
 * @param best the best trial so far
 * @param secondsLeft time on the clock until the end, as estimated; NaN if nothing is known yet
 */
public record TuningStatus(
    int rung, int rungs, int arrived, int trials, Optional<Standing> best, double secondsLeft) {}
