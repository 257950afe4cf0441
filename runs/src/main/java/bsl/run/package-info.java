/**
 * Runs: what is trained ({@link bsl.run.RunSpec}), how it is carried out, kept on disk, continued
 * and repeated bit for bit.
 */
package bsl.run;
