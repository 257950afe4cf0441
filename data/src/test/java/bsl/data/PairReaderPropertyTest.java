package bsl.data;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.core.Interactions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the layout of a file, the reader returns the pairs that were written. */
class PairReaderPropertyTest {
  private static final int OFFSET = 1000;

  record Pair(int user, int item) {}

  @Provide
  Arbitrary<List<Pair>> pairs() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 300), Arbitraries.integers().between(0, 2_000_000))
        .as(Pair::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(200);
  }

  @Provide
  Arbitrary<String> blank() {
    return Arbitraries.of(" ", "\t", "  ", " \t ");
  }

  @Provide
  Arbitrary<String> lineEnd() {
    return Arbitraries.of("\n", "\r\n", "\n\n", " \r\n \n");
  }

  @Property(tries = 200)
  void adjacencyGivesTheSetOfPairs(
      @ForAll("pairs") List<Pair> pairs,
      @ForAll("blank") String blank,
      @ForAll("lineEnd") String lineEnd,
      @ForAll boolean gzip)
      throws IOException {
    StringBuilder text = new StringBuilder();
    for (int k = 0; k < pairs.size(); k++) {
      Pair pair = pairs.get(k);
      if (k > 0 && pairs.get(k - 1).user() == pair.user()) {
        text.append(blank).append(pair.item());
      } else {
        text.append(k == 0 ? "" : lineEnd).append(pair.user()).append(blank).append(pair.item());
      }
    }

    check(pairs, read(text.toString(), gzip, PairFormat.ADJACENCY, 0));
  }

  @Property(tries = 200)
  void pairsGiveTheSetOfPairs(
      @ForAll("pairs") List<Pair> pairs,
      @ForAll("blank") String blank,
      @ForAll("lineEnd") String lineEnd,
      @ForAll boolean gzip)
      throws IOException {
    StringBuilder text = new StringBuilder();
    for (Pair pair : pairs) {
      text.append(pair.user()).append(blank).append(pair.item() + OFFSET).append(lineEnd);
    }

    check(pairs, read(text.toString(), gzip, PairFormat.PAIRS, OFFSET));
  }

  private static PairList read(String text, boolean gzip, PairFormat format, int offset)
      throws IOException {
    Path file = Files.createTempFile("pairs", gzip ? ".txt.gz" : ".txt");
    try {
      try (OutputStream plain = Files.newOutputStream(file);
          OutputStream out = gzip ? new GZIPOutputStream(plain) : plain) {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
      }
      return new PairReader(file, format, offset, 0, 0).read();
    } finally {
      Files.delete(file);
    }
  }

  private static void check(List<Pair> written, PairList read) {
    assertThat(read.size()).isEqualTo(written.size());
    Interactions interactions = read.toInteractions(0, 0);
    TreeSet<String> expected = new TreeSet<>();
    written.forEach(pair -> expected.add(pair.user() + " " + pair.item()));
    TreeSet<String> actual = new TreeSet<>();
    int[] users = interactions.pairUsers();
    for (int p = 0; p < interactions.size(); p++) {
      actual.add(users[p] + " " + interactions.itemAt(p));
    }
    assertThat(actual).isEqualTo(expected);
    assertThat(interactions.size()).isEqualTo(expected.size());
  }
}
