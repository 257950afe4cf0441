/** The command line {@code ./bsl}. */
package bsl.cli;
