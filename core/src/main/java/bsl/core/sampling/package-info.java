/** Mini-batches and negative samplers. */
package bsl.core.sampling;
