/**
 * Makes data sets of files that people have: delimited text and JSON lines with ids of any kind,
 * filtered, cut into train, validation and test pairs. {@link bsl.ingest.DatasetImport} is the way
 * in.
 */
package bsl.ingest;
