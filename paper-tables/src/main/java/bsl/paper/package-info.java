/**
 * Reproduces the paper: its published numbers, an {@link bsl.paper.Artifact} for each of its tables
 * and figures, and {@link bsl.paper.Reproduction}, which trains what they need.
 */
package bsl.paper;
