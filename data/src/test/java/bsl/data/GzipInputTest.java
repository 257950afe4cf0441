package bsl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

class GzipInputTest {
  private static final String FIRST = "0 1\n1 2\n2 3\n";
  private static final String SECOND = "3 4\n4 5\n";

  /**
   * Where a member's header has its time, flags of compression and system, which change nothing.
   */
  private static final int TIME = 4;

  private static final int HEADER = 10;

  private static byte[] member(String text) {
    return TextFiles.gzip(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] bothMembers() {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(member(FIRST));
    both.writeBytes(member(SECOND));
    return both.toByteArray();
  }

  private static String content(byte[] bytes) throws IOException {
    try (InputStream in = new GzipInput(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void membersFollowEachOther() throws IOException {
    assertThat(content(bothMembers())).isEqualTo(FIRST + SECOND);
  }

  @Test
  void aSingleByteIsReadAsManyAre() throws IOException {
    StringBuilder text = new StringBuilder();
    try (InputStream in = new GzipInput(new ByteArrayInputStream(bothMembers()))) {
      for (int c = in.read(); c >= 0; c = in.read()) {
        text.append((char) c);
      }
    }
    assertThat(text).hasToString(FIRST + SECOND);
  }

  @Test
  void noDamageIsTakenForTheEnd() {
    byte[] whole = bothMembers();
    int second = member(FIRST).length;
    for (int at = 0; at < whole.length; at++) {
      int inMember = at < second ? at : at - second;
      if (inMember < TIME || inMember >= HEADER) {
        byte[] damaged = whole.clone();
        damaged[at] ^= 0x55;
        assertThatThrownBy(() -> content(damaged))
            .as("byte %d of %d", at, whole.length)
            .isInstanceOfAny(ZipException.class, EOFException.class);
      }
    }
  }

  @Test
  void aFileThatIsCutIsNotAWholeOne() throws IOException {
    byte[] whole = bothMembers();
    int second = member(FIRST).length;
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      if (length == second) {
        assertThat(content(cut)).isEqualTo(FIRST);
      } else {
        assertThatThrownBy(() -> content(cut))
            .as("%d of %d bytes", length, whole.length)
            .isInstanceOfAny(ZipException.class, EOFException.class);
      }
    }
  }

  @Test
  void whatPrecedesADamageIsReadFirst() throws IOException {
    byte[] damaged = bothMembers();
    damaged[damaged.length - 8] ^= 1;
    try (InputStream in = new GzipInput(new ByteArrayInputStream(damaged))) {
      byte[] content = in.readNBytes((FIRST + SECOND).length());
      assertThat(new String(content, StandardCharsets.US_ASCII)).isEqualTo(FIRST + SECOND);
      assertThatExceptionOfType(ZipException.class).isThrownBy(in::read);
    }
  }

  @Test
  void whatTheFileSystemSaysIsNoDamage() {
    InputStream failing =
        new FilterInputStream(new ByteArrayInputStream(bothMembers())) {
          private int reads;

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            if (reads++ > 0) {
              throw new IOException("the disk is gone");
            }
            return super.read(bytes, offset, HEADER);
          }
        };
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> new GzipInput(failing).readAllBytes())
        .isNotInstanceOfAny(ZipException.class, EOFException.class)
        .withMessage("the disk is gone");
  }
}
