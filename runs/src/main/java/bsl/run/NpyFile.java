package bsl.run;

import bsl.core.EmbeddingTable;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Embedding tables in NumPy's {@code .npy} format, version 1.0: a {@code rows x dimension} matrix
 * of little-endian 32-bit floats in row-major order, without padding.
 */
final class NpyFile {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int ALIGNMENT = 64;
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '<f4', 'fortran_order': False, 'shape': \\((\\d{1,9}), (\\d{1,9})\\), \\}");

  private NpyFile() {}

  static void write(Path file, EmbeddingTable table) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      String header =
          "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }"
              .formatted(table.rows(), table.dimension());
      int length = MAGIC.length + 2 + header.length() + 1;
      String padded = header + " ".repeat((ALIGNMENT - length % ALIGNMENT) % ALIGNMENT) + "\n";
      out.write(MAGIC);
      out.write(padded.length() & 0xff);
      out.write(padded.length() >>> 8);
      out.write(padded.getBytes(StandardCharsets.US_ASCII));
      ByteBuffer row = ByteBuffer.allocate(table.dimension() * 4).order(ByteOrder.LITTLE_ENDIAN);
      for (int r = 0; r < table.rows(); r++) {
        row.asFloatBuffer().put(table.values(), table.offset(r), table.dimension());
        out.write(row.array());
      }
    }
  }

  /**
   * @throws InputException if the file is missing or is not such a table
   */
  static EmbeddingTable read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
        throw new InputException(file + ": is not a NumPy file of version 1.0");
      }
      int length = in.readUnsignedByte() | in.readUnsignedByte() << 8;
      String header = new String(in.readNBytes(length), StandardCharsets.US_ASCII).trim();
      Matcher shape = HEADER.matcher(header);
      if (!shape.matches()) {
        throw new InputException(
            file + ": is not a matrix of little-endian 32-bit floats: " + header);
      }
      int rows = Integer.parseInt(shape.group(1));
      int dimension = Integer.parseInt(shape.group(2));
      if (in.available() == 0 && (long) rows * dimension > 0) {
        throw new EOFException();
      }
      EmbeddingTable table = new EmbeddingTable(rows, dimension);
      byte[] bytes = new byte[dimension * 4];
      ByteBuffer row = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      for (int r = 0; r < rows; r++) {
        in.readFully(bytes);
        row.asFloatBuffer().get(table.values(), table.offset(r), dimension);
      }
      if (in.read() >= 0) {
        throw new InputException(file + ": is longer than its " + rows + " rows");
      }
      return table;
    } catch (NoSuchFileException e) {
      throw new InputException(file + ": no such file", e);
    } catch (EOFException e) {
      throw new InputException(file + ": is cut short", e);
    }
  }
}
