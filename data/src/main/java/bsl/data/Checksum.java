package bsl.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Says what the bytes of a downloaded file must be.
 *
 * @param kind how it is computed
 * @param hex its value in lower-case hexadecimal digits
 */
public record Checksum(Kind kind, String hex) {
  private static final int BUFFER = 1 << 16;

  /** How a checksum is computed. */
  public enum Kind {
    /** SHA-256 of the bytes. */
    SHA_256("SHA-256", "SHA-256"),
    /**
     * The name that git gives a file's content: SHA-1 of {@code blob SIZE}, a zero byte and the
     * bytes. It tells a damaged or changed file, for files of which nothing else is known.
     */
    GIT_BLOB("git blob id", "SHA-1");

    private final String title;
    private final String algorithm;

    Kind(String title, String algorithm) {
      this.title = title;
      this.algorithm = algorithm;
    }

    /** Name for messages. */
    public String title() {
      return title;
    }
  }

  /** A SHA-256 checksum. */
  public static Checksum sha256(String hex) {
    return new Checksum(Kind.SHA_256, hex);
  }

  /** A git blob id. */
  public static Checksum gitBlob(String hex) {
    return new Checksum(Kind.GIT_BLOB, hex);
  }

  /** The SHA-256 of some bytes, in lower-case hexadecimal digits. */
  public static String sha256Of(byte[] bytes) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance(Kind.SHA_256.algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw missing(Kind.SHA_256, e);
    }
  }

  private static IllegalStateException missing(Kind kind, NoSuchAlgorithmException e) {
    return new IllegalStateException("every Java platform has " + kind.algorithm, e);
  }

  /** What a file has in the place of {@link #hex}. */
  String of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance(kind.algorithm);
      if (kind == Kind.GIT_BLOB) {
        digest.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
      }
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw missing(kind, e);
    }
  }
}
