package bsl.recommend;

import bsl.data.IdFile;
import bsl.eval.RankedItems;
import bsl.eval.RankingBlock;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Writes rankings as text in one of the formats. Ids are encoded once. Blocks may be written by
 * many threads at once.
 */
final class RecommendationText {
  private final RecommendationFormat format;
  private final Listing listing;
  private final byte[][] columns;
  private final byte[] beforeRow;
  private final byte[] beforeColumns;
  private final byte[] beforeScores;

  RecommendationText(Listing listing, RecommendationFormat format) {
    this.format = format;
    this.listing = listing;
    this.columns = new byte[listing.columnNames().count()][];
    for (int column = 0; column < columns.length; column++) {
      columns[column] = encoded(listing.columnNames().name(column));
    }
    Listing.Labels labels = listing.labels();
    this.beforeRow = ascii("{\"" + labels.row() + "\":");
    this.beforeColumns = ascii(",\"" + labels.column() + "s\":[");
    this.beforeScores = ascii("],\"scores\":[");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] encoded(String id) {
    return switch (format) {
      case CSV -> quoted(id).getBytes(StandardCharsets.UTF_8);
      case TSV -> IdFile.escaped(id).getBytes(StandardCharsets.UTF_8);
      case JSON_LINES -> json(id).getBytes(StandardCharsets.UTF_8);
    };
  }

  private static String json(String id) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(id)) + '"';
  }

  private static String quoted(String id) {
    boolean plain = id.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? id : "\"" + id.replace("\"", "\"\"") + "\"";
  }

  /** The line that goes before all others; empty in a format without one. */
  byte[] header() {
    if (format == RecommendationFormat.JSON_LINES) {
      return new byte[0];
    }
    Listing.Labels labels = listing.labels();
    String separator = Character.toString(separator());
    return ascii(String.join(separator, labels.row(), labels.column(), "rank", "score") + "\n");
  }

  private char separator() {
    return format == RecommendationFormat.CSV ? ',' : '\t';
  }

  /** The lines of some users. */
  byte[] lines(RankingBlock block) {
    ByteText text = new ByteText();
    for (int n = 0; n < block.size(); n++) {
      byte[] row = encoded(listing.rowNames().name(block.user(n)));
      if (format == RecommendationFormat.JSON_LINES) {
        object(row, block.ranking(n), text);
      } else {
        rows(row, block.ranking(n), text);
      }
    }
    return text.toBytes();
  }

  /** The lines of some users, with columns and scores only. */
  byte[] plainLines(RankingBlock block) {
    ByteText text = new ByteText();
    for (int n = 0; n < block.size(); n++) {
      RankedItems ranking = block.ranking(n);
      for (int rank = 0; rank < ranking.size(); rank++) {
        text.add(columns[ranking.item(rank)]);
        text.add('\t');
        ScoreText.append(ranking.score(rank), text);
        text.add('\n');
      }
    }
    return text.toBytes();
  }

  private void rows(byte[] row, RankedItems ranking, ByteText text) {
    char separator = separator();
    for (int rank = 0; rank < ranking.size(); rank++) {
      text.add(row);
      text.add(separator);
      text.add(columns[ranking.item(rank)]);
      text.add(separator);
      text.addNumber(rank + 1L);
      text.add(separator);
      ScoreText.append(ranking.score(rank), text);
      text.add('\n');
    }
  }

  private void object(byte[] row, RankedItems ranking, ByteText text) {
    text.add(beforeRow);
    text.add(row);
    text.add(beforeColumns);
    for (int rank = 0; rank < ranking.size(); rank++) {
      if (rank > 0) {
        text.add(',');
      }
      text.add(columns[ranking.item(rank)]);
    }
    text.add(beforeScores);
    for (int rank = 0; rank < ranking.size(); rank++) {
      if (rank > 0) {
        text.add(',');
      }
      ScoreText.append(ranking.score(rank), text);
    }
    text.add(']');
    text.add('}');
    text.add('\n');
  }
}
