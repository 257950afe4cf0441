package bsl.run;

import java.util.Map;

/**
 * One line of a learning curve.
 *
 * @param epoch number of the epoch, counted from 1
 * @param loss mean over the epoch's steps of loss plus L2 term
 * @param trainSeconds training time so far, evaluation not counted
 * @param metrics validation metrics after the epoch, or empty if there was no evaluation
 */
public record EpochRecord(
    int epoch, double loss, double trainSeconds, Map<String, Double> metrics) {}
