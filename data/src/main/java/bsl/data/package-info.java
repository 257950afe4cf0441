/**
 * Reads, checks, downloads and makes data sets of implicit feedback: pairs of users and items, in
 * parts for training, validation and test. {@link bsl.data.DatasetCatalog#load} is where to start.
 */
package bsl.data;
