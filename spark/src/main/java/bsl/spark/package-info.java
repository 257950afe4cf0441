/** Trains runs on an Apache Spark cluster: the driver's side and what the workers do. */
package bsl.spark;
