package bsl.backbones;

/**
 * What an epoch minimised, by its parts: means over the epoch's steps.
 *
 * @param ranking the ranking loss
 * @param penalty the L2 term
 * @param auxiliary the backbone's auxiliary terms, weights included; 0 if it has none
 */
public record EpochLoss(double ranking, double penalty, double auxiliary) {}
