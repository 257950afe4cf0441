package bsl.data;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.core.Interactions;
import bsl.core.RandomStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the layout of a file, the reader returns the pairs that were written. */
class PairReaderLayoutTest {
  private static final int OFFSET = 1000;
  private static final int SEEDS = 200;
  private static final int MOST_PAIRS = 200;
  private static final List<String> BLANKS = List.of(" ", "\t", "  ", " \t ");
  private static final List<String> LINE_ENDS = List.of("\n", "\r\n", "\n\n", " \r\n \n");

  @TempDir private Path folder;

  private record Pair(int user, int item) {}

  /** Pairs and a layout, all drawn from one seed. */
  private static final class Sample {
    private final RandomStream random;
    private final List<Pair> pairs = new ArrayList<>();
    private final String blank;
    private final String lineEnd;
    private final boolean gzip;

    Sample(int seed) {
      random = RandomStream.of(seed, RandomStream.Purpose.TEST);
      // Every fourth sample has few users and items, so that pairs and runs of a user occur again.
      int users = seed % 4 == 0 ? 3 : 301;
      int items = seed % 4 == 0 ? 3 : 2_000_001;
      int size = 1 + random.nextInt(MOST_PAIRS);
      for (int p = 0; p < size; p++) {
        pairs.add(new Pair(random.nextInt(users), random.nextInt(items)));
      }
      blank = oneOf(BLANKS);
      lineEnd = oneOf(LINE_ENDS);
      gzip = random.nextInt(2) == 0;
    }

    private String oneOf(List<String> texts) {
      return texts.get(random.nextInt(texts.size()));
    }
  }

  @Test
  void adjacencyGivesTheSetOfPairs() throws IOException {
    for (int seed = 0; seed < SEEDS; seed++) {
      Sample sample = new Sample(seed);
      StringBuilder text = new StringBuilder();
      for (int k = 0; k < sample.pairs.size(); k++) {
        Pair pair = sample.pairs.get(k);
        if (k > 0 && sample.pairs.get(k - 1).user() == pair.user()) {
          text.append(sample.blank).append(pair.item());
        } else {
          text.append(k == 0 ? "" : sample.lineEnd);
          text.append(pair.user()).append(sample.blank).append(pair.item());
        }
      }

      check(seed, sample, read(sample, text.toString(), PairFormat.ADJACENCY, 0));
    }
  }

  @Test
  void pairsGiveTheSetOfPairs() throws IOException {
    for (int seed = 0; seed < SEEDS; seed++) {
      Sample sample = new Sample(seed);
      StringBuilder text = new StringBuilder();
      for (Pair pair : sample.pairs) {
        text.append(pair.user()).append(sample.blank).append(pair.item() + OFFSET);
        text.append(sample.lineEnd);
      }

      check(seed, sample, read(sample, text.toString(), PairFormat.PAIRS, OFFSET));
    }
  }

  private PairList read(Sample sample, String text, PairFormat format, int offset)
      throws IOException {
    Path file = folder.resolve(sample.gzip ? "pairs.txt.gz" : "pairs.txt");
    try (OutputStream plain = Files.newOutputStream(file);
        OutputStream out = sample.gzip ? new GZIPOutputStream(plain) : plain) {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
    return new PairReader(file, format, offset, 0, 0).read();
  }

  private static void check(int seed, Sample sample, PairList read) {
    assertThat(read.size()).as("seed %d", seed).isEqualTo(sample.pairs.size());
    Interactions interactions = read.toInteractions(0, 0);
    TreeSet<String> expected = new TreeSet<>();
    sample.pairs.forEach(pair -> expected.add(pair.user() + " " + pair.item()));
    TreeSet<String> actual = new TreeSet<>();
    int[] users = interactions.pairUsers();
    for (int p = 0; p < interactions.size(); p++) {
      actual.add(users[p] + " " + interactions.itemAt(p));
    }
    assertThat(actual).as("seed %d", seed).isEqualTo(expected);
    assertThat(interactions.size()).as("seed %d", seed).isEqualTo(expected.size());
  }
}
