package bsl.run;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Final embeddings on disk, as two NumPy files, and the digest of their bits. */
public final class ModelFiles {
  static final String USERS = "users.npy";
  static final String ITEMS = "items.npy";

  private ModelFiles() {}

  static void write(Path folder, Embeddings model) {
    AtomicFiles.replaceFile(folder.resolve(USERS), path -> NpyFile.write(path, model.users()));
    AtomicFiles.replaceFile(folder.resolve(ITEMS), path -> NpyFile.write(path, model.items()));
  }

  static boolean areIn(Path folder) {
    return Files.exists(folder.resolve(USERS)) && Files.exists(folder.resolve(ITEMS));
  }

  /**
   * Reads the embeddings of a run folder.
   *
   * @throws InputException if a file is missing or malformed, or the two do not belong together
   */
  public static Embeddings read(Path folder) {
    try {
      return new Embeddings(
          NpyFile.read(folder.resolve(USERS)), NpyFile.read(folder.resolve(ITEMS)));
    } catch (IllegalArgumentException e) {
      throw new InputException(folder + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SHA-256 over the bits of all user rows, then all item rows, hexadecimal. */
  static String digest(Embeddings model) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (EmbeddingTable table : new EmbeddingTable[] {model.users(), model.items()}) {
        ByteBuffer row = ByteBuffer.allocate(table.dimension() * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int r = 0; r < table.rows(); r++) {
          row.asFloatBuffer().put(table.values(), table.offset(r), table.dimension());
          sha.update(row.array());
        }
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
