package bsl.tune;

import java.util.Optional;

/**
 * How far a search is, for people.
 *
 * @param rung the rung that trials are trained for, counted from 1; 0 once the winner is trained
 * @param rungs how many there are; 0 once the winner is trained
 * @param arrived trials that have come to it, or seeds that the winner is trained with
 * @param trials trials that are to come to it, or seeds that the winner is to be trained with
 * @param best the best trial so far
 * @param secondsLeft time on the clock until the end, as estimated; NaN if nothing is known yet
 */
public record TuningStatus(
    int rung, int rungs, int arrived, int trials, Optional<Standing> best, double secondsLeft) {}
