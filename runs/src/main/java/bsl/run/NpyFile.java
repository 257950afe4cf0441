package bsl.run;

import bsl.core.EmbeddingTable;
import bsl.data.FileFailure;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * Embedding tables in NumPy's {@code .npy} format, version 1.0: a {@code rows x dimension} matrix
 * of little-endian 32-bit floats in row-major order, without padding.
 */
final class NpyFile {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int ALIGNMENT = 64;
  private static final int BUFFER = 1 << 16;
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '<f4', 'fortran_order': False, 'shape': \\((\\d{1,9}), (\\d{1,9})\\), \\}");

  private NpyFile() {}

  /**
   * Writes a table.
   *
   * @return the file's CRC-32C, 8 hexadecimal digits
   */
  static String write(Path file, EmbeddingTable table) throws IOException {
    CRC32C checksum = new CRC32C();
    try (OutputStream out =
        new BufferedOutputStream(
            new CheckedOutputStream(Files.newOutputStream(file), checksum), BUFFER)) {
      String header =
          String.format(
              Locale.ROOT,
              "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }",
              table.rows(),
              table.dimension());
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
    return text(checksum);
  }

  private static String text(CRC32C checksum) {
    return String.format(Locale.ROOT, "%08x", checksum.getValue());
  }

  /**
   * Reads a table.
   *
   * @throws InputException if the file is missing or is not such a table
   * @throws IOException if it cannot be read; the message names it
   */
  static EmbeddingTable read(Path file) throws IOException {
    return read(file, new CRC32C());
  }

  /**
   * Reads a table that {@link #write} has written.
   *
   * @param checksum what that returned
   * @throws InputException if the file is missing, is not such a table, or is not as it was written
   */
  static EmbeddingTable read(Path file, String checksum) throws IOException {
    CRC32C sum = new CRC32C();
    EmbeddingTable table = read(file, sum);
    requireChecksum(file, sum, checksum);
    return table;
  }

  /**
   * Checks the bytes of a table that {@link #write} has written.
   *
   * @param checksum what that returned
   * @throws InputException if they are not as they were written
   */
  static void requireChecksum(Path file, byte[] bytes, String checksum) {
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    requireChecksum(file, sum, checksum);
  }

  /** Checks the bytes of a table's file, which are not kept. */
  static void requireChecksum(Path file, String checksum) throws IOException {
    CRC32C sum = new CRC32C();
    try (InputStream in = new CheckedInputStream(Files.newInputStream(file), sum)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    requireChecksum(file, sum, checksum);
  }

  private static void requireChecksum(Path file, CRC32C sum, String checksum) {
    if (!text(sum).equals(checksum)) {
      throw new InputException(file + ": is damaged: checksum " + text(sum) + ", not " + checksum);
    }
  }

  private static EmbeddingTable read(Path file, CRC32C checksum) throws IOException {
    try (DataInputStream in =
        new DataInputStream(
            new CheckedInputStream(
                new BufferedInputStream(Files.newInputStream(file), BUFFER), checksum))) {
      if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
        throw new InputException(file + ": is not a NumPy file of version 1.0");
      }
      int length = in.readUnsignedByte() | in.readUnsignedByte() << 8;
      String header = new String(in.readNBytes(length), StandardCharsets.US_ASCII).trim();
      Matcher shape = HEADER.matcher(header);
      if (!shape.matches()) {
        throw new InputException(
            file + ": is not a matrix of little-endian 32-bit floats: " + printable(header));
      }
      int rows = Integer.parseInt(shape.group(1));
      int dimension = Integer.parseInt(shape.group(2));
      if (rows == 0) {
        throw new InputException(file + ": has no rows");
      }
      // Before anything of that size is allocated: the header may be damaged.
      requireSize(file, MAGIC.length + 2 + length, rows, dimension);
      EmbeddingTable table = new EmbeddingTable(rows, dimension);
      byte[] bytes = new byte[dimension * 4];
      ByteBuffer row = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      for (int r = 0; r < rows; r++) {
        in.readFully(bytes);
        row.asFloatBuffer().get(table.values(), table.offset(r), dimension);
      }
      return table;
    } catch (NoSuchFileException e) {
      throw new InputException(file + ": no such file", e);
    } catch (EOFException e) {
      throw new InputException(file + ": is cut short", e);
    } catch (IOException e) {
      // The messages of Java's own need not name the file.
      throw new IOException(file + ": cannot be read: " + FileFailure.reason(file, e), e);
    } catch (IllegalArgumentException e) {
      throw new InputException(file + ": " + e.getMessage(), e);
    }
  }

  private static void requireSize(Path file, int header, int rows, int dimension)
      throws IOException {
    long size = Files.size(file);
    long expected = header + (long) rows * dimension * Float.BYTES;
    if (size < expected) {
      throw new InputException(file + ": is cut short");
    }
    if (size > expected) {
      throw new InputException(file + ": is longer than its " + rows + " rows of " + dimension);
    }
  }

  private static String printable(String header) {
    return header.substring(0, Math.min(100, header.length())).replaceAll("[^ -~]", "?");
  }
}
