/**
 * The numerical inner loops, once with the Vector API and once in plain Java, equal bit for bit.
 *
 * <p>{@link bsl.core.kernel.Kernels#best()} picks one at start-up and logs which.
 */
package bsl.core.kernel;
