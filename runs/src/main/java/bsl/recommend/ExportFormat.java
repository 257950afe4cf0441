package bsl.recommend;

import bsl.core.EmbeddingTable;
import bsl.data.IdFile;
import bsl.run.InputException;
import bsl.run.ModelFiles;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** In which form embeddings with ids are written, one file or two for each side. */
public enum ExportFormat {
  /**
   * {@code users.npy}, a matrix of 32-bit floats, and {@code users.tsv} with the id of each row.
   */
  NPY {
    @Override
    void write(Path folder, String side, EmbeddingTable table, Names names) throws IOException {
      ModelFiles.writeTable(folder.resolve(side + ".npy"), table);
      Files.write(folder.resolve(side + ".tsv"), IdFile.bytes(table.rows(), names::name));
    }
  },
  /**
   * {@code users.txt} in the text form of word2vec, which gensim reads: a line with the numbers of
   * rows and elements, then a line for each row with its id and its elements, spaces between.
   * Blanks in ids become underscores, since blanks separate.
   */
  WORD2VEC {
    @Override
    void write(Path folder, String side, EmbeddingTable table, Names names) throws IOException {
      String header = table.rows() + " " + table.dimension() + "\n";
      lines(folder.resolve(side + ".txt"), header, ' ', table, unique(names, table.rows()));
    }
  },
  /** {@code users.vectors.tsv}: a line for each row with its id and its elements, tabs between. */
  TSV {
    @Override
    void write(Path folder, String side, EmbeddingTable table, Names names) throws IOException {
      lines(folder.resolve(side + ".vectors.tsv"), "", '\t', table, escaped(names, table.rows()));
    }
  };

  private static final Pattern BLANK = Pattern.compile("[\\s\\p{Z}]");

  abstract void write(Path folder, String side, EmbeddingTable table, Names names)
      throws IOException;

  /** Names that {@link #named} knows. */
  public static List<String> names() {
    return Arrays.stream(values()).map(f -> f.name().toLowerCase(Locale.ROOT)).toList();
  }

  /** The format of a name. */
  public static Optional<ExportFormat> named(String name) {
    return Arrays.stream(values())
        .filter(f -> f.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst();
  }

  private static void lines(
      Path file, String header, char separator, EmbeddingTable table, List<String> ids)
      throws IOException {
    try (BufferedWriter to = Files.newBufferedWriter(file)) {
      to.write(header);
      for (int r = 0; r < table.rows(); r++) {
        to.write(ids.get(r));
        for (float value : table.row(r)) {
          to.write(separator);
          // The shortest text that is read as the same float.
          to.write(Float.toString(value));
        }
        to.write('\n');
      }
    }
  }

  private static List<String> escaped(Names names, int count) {
    return all(names, count, IdFile::escaped);
  }

  private static List<String> unique(Names names, int count) {
    List<String> words = all(names, count, id -> BLANK.matcher(id).replaceAll("_"));
    if (words.stream().distinct().count() < count) {
      throw new InputException(
          "two ids differ in blanks only, which word2vec does not have; choose another format");
    }
    return words;
  }

  private static List<String> all(Names names, int count, UnaryOperator<String> change) {
    return IntStream.range(0, count).mapToObj(number -> change.apply(names.name(number))).toList();
  }
}
