package bsl.run;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Sha256;
import bsl.data.FileFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Final embeddings on disk, as two NumPy files, and the digest of their bits. */
public final class ModelFiles {
  static final String USERS = "users.npy";
  static final String ITEMS = "items.npy";

  private ModelFiles() {}

  static void write(Path folder, Embeddings model) {
    AtomicFiles.replaceFile(folder.resolve(USERS), path -> NpyFile.write(path, model.users()));
    AtomicFiles.replaceFile(folder.resolve(ITEMS), path -> NpyFile.write(path, model.items()));
  }

  /** Writes a table as a NumPy file, a matrix of little-endian 32-bit floats. */
  public static void writeTable(Path file, EmbeddingTable table) throws IOException {
    NpyFile.write(file, table);
  }

  static boolean areIn(Path folder) {
    return Files.exists(folder.resolve(USERS)) && Files.exists(folder.resolve(ITEMS));
  }

  /**
   * Reads the embeddings of a run folder, which have to be those that the run left there.
   *
   * @throws InputException if a file is missing or malformed, or the embeddings are not those that
   *     the folder's records describe
   */
  public static Embeddings read(Path folder) {
    return TrainedRun.open(folder).model();
  }

  /**
   * Reads the embeddings of a folder.
   *
   * @param sha256 digest of the bits that they have to have
   * @throws InputException if a file is missing, malformed or not to be read, holds values that are
   *     not finite, or the bits are others
   */
  static Embeddings read(Path folder, String sha256) {
    Embeddings model;
    try {
      model =
          new Embeddings(NpyFile.read(folder.resolve(USERS)), NpyFile.read(folder.resolve(ITEMS)));
    } catch (IllegalArgumentException e) {
      throw new InputException(folder + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new InputException(FileFailure.message(e), e);
    }
    requireFinite(folder.resolve(USERS), model.users());
    requireFinite(folder.resolve(ITEMS), model.items());
    String digest = digest(model);
    if (!digest.equals(sha256)) {
      throw new InputException(
          folder
              + ": "
              + USERS
              + " and "
              + ITEMS
              + " are not the model that the run's records describe (SHA-256 "
              + digest
              + ", not "
              + sha256
              + "); delete the two and train again");
    }
    return model;
  }

  private static void requireFinite(Path file, EmbeddingTable table) {
    for (int r = 0; r < table.rows(); r++) {
      for (int d = 0; d < table.dimension(); d++) {
        float value = table.values()[table.offset(r) + d];
        if (!Float.isFinite(value)) {
          throw new InputException(
              file + ": row " + r + ", column " + d + " is not a finite number: " + value);
        }
      }
    }
  }

  /** SHA-256 over the bits of all user rows, then all item rows, hexadecimal. */
  static String digest(Embeddings model) {
    Sha256 sha = new Sha256();
    for (EmbeddingTable table : new EmbeddingTable[] {model.users(), model.items()}) {
      ByteBuffer row = ByteBuffer.allocate(table.dimension() * 4).order(ByteOrder.LITTLE_ENDIAN);
      for (int r = 0; r < table.rows(); r++) {
        row.asFloatBuffer().put(table.values(), table.offset(r), table.dimension());
        sha.add(row.array());
      }
    }
    return sha.hex();
  }
}
