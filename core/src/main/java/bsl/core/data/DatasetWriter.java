package bsl.core.data;

import bsl.core.Interactions;
import bsl.core.Split;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a data set as {@code NAME/train.txt.gz}, {@code NAME/test.txt.gz} and, if it has
 * validation pairs, {@code NAME/valid.txt.gz}, in {@link PairFormat#ADJACENCY}. The folder appears
 * whole or not at all; equal data sets give equal bytes before compression.
 */
public final class DatasetWriter {
  private DatasetWriter() {}

  /**
   * Writes a data set.
   *
   * @param split what to write; its name is the folder's
   * @param directory the data directory; made if need be
   * @return the new folder
   * @throws DataFormatException if the folder is there already
   * @throws IOException if something cannot be written; nothing is left behind
   */
  public static Path write(Split split, Path directory) throws IOException {
    Path folder = directory.resolve(split.name());
    if (Files.exists(folder)) {
      throw new DataFormatException(
          folder + ": is there already; delete it or choose another --out");
    }
    try (StagedFolder staged = StagedFolder.beside(folder)) {
      write(split.train(), staged.path().resolve("train.txt.gz"));
      if (split.validation().isPresent()) {
        write(split.validation().get(), staged.path().resolve("valid.txt.gz"));
      }
      write(split.test(), staged.path().resolve("test.txt.gz"));
      staged.publish();
    }
    return folder;
  }

  private static void write(Interactions pairs, Path file) throws IOException {
    try (OutputStream out =
        new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(file)), 1 << 16)) {
      StringBuilder line = new StringBuilder();
      for (int u = 0; u < pairs.users(); u++) {
        if (pairs.degree(u) == 0) {
          continue;
        }
        line.setLength(0);
        line.append(u);
        for (int p = pairs.begin(u); p < pairs.end(u); p++) {
          line.append(' ').append(pairs.itemAt(p));
        }
        out.write(line.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
      }
    }
  }
}
