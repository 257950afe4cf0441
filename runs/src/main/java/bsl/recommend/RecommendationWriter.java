package bsl.recommend;

import bsl.eval.RankingBlock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a listing to a stream, in the order of its rows. Ranking, text and compression are the
 * work of all threads of the pool; what is held in memory does not grow with the number of rows.
 */
public final class RecommendationWriter {
  /** Told how far it has come. */
  @FunctionalInterface
  public interface Progress {
    /**
     * @param done rows that are written
     * @param total rows there are
     */
    void at(int done, int total);
  }

  /** Somebody has asked to stop. */
  public static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedException() {
      super("stopped before all recommendations were written");
    }
  }

  private record Part(byte[] bytes, int rows) {}

  private final RecommendationFormat format;
  private final boolean compressed;
  private final BooleanSupplier stop;
  private final Progress progress;

  /**
   * @param format form of the lines
   * @param compressed whether to compress with gzip. Each part of the file is a member of its own,
   *     which is what gzip makes of several files behind each other
   * @param stop asked now and then whether to stop
   * @param progress told how far it has come, on the calling thread
   */
  public RecommendationWriter(
      RecommendationFormat format, boolean compressed, BooleanSupplier stop, Progress progress) {
    this.format = format;
    this.compressed = compressed;
    this.stop = stop;
    this.progress = progress;
  }

  /**
   * Writes everything.
   *
   * @param k columns for each row at most, at least 1
   * @param out stays open
   * @throws StoppedException if asked to stop; what has been written is then incomplete
   */
  public void write(Listing listing, int k, OutputStream out) throws IOException {
    RecommendationText text = new RecommendationText(listing, format);
    byte[] header = text.header();
    if (header.length > 0) {
      out.write(packed(header));
    }
    int[] done = new int[1];
    int total = listing.rows().length;
    listing
        .recommender()
        .forEachBlock(
            listing.embeddings(),
            listing.rows(),
            k,
            block -> part(text, block),
            part -> {
              if (stop.getAsBoolean()) {
                throw new StoppedException();
              }
              out.write(part.bytes());
              done[0] += part.rows();
              progress.at(done[0], total);
            });
    if (compressed && header.length == 0 && total == 0) {
      out.write(packed(header));
    }
  }

  /**
   * Writes one ranking for a person to read: a line for each column, with its id, a tab and the
   * score.
   *
   * @param listing of a single row
   * @param k columns at most, at least 1
   * @param out stays open
   */
  public void writeOne(Listing listing, int k, OutputStream out) throws IOException {
    RecommendationText text = new RecommendationText(listing, RecommendationFormat.TSV);
    listing
        .recommender()
        .forEachBlock(listing.embeddings(), listing.rows(), k, text::plainLines, out::write);
  }

  private Part part(RecommendationText text, RankingBlock block) {
    return new Part(packed(text.lines(block)), block.size());
  }

  private byte[] packed(byte[] bytes) {
    if (!compressed) {
      return bytes;
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 2);
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
