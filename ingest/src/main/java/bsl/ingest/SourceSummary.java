package bsl.ingest;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Says what came out of a file.
 *
 * @param path where it lies
 * @param part the part that it is, if it was split already
 * @param bytes its size, compressed if it is compressed
 * @param sha256 SHA-256 of its bytes
 * @param records records in it, malformed ones included
 * @param malformed malformed records, which were left out
 */
public record SourceSummary(
    Path path, Optional<Part> part, long bytes, String sha256, long records, long malformed) {}
