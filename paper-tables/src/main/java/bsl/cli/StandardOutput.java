package bsl.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Standard output that does not swallow errors, as {@link System#out} does: a result that could not
 * be written is not a result.
 */
final class StandardOutput extends OutputStream {
  /** Standard output could not be written to. */
  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean closed;

    Failure(IOException cause, boolean closed) {
      super("standard output cannot be written: " + cause.getMessage(), cause);
      this.closed = closed;
    }

    /** Whether it is a pipe whose reader has gone, as {@code head} does. */
    boolean closed() {
      return closed;
    }
  }

  private static final Path ITSELF = Path.of("/proc/self/fd/1");

  /** What options call it. */
  private static final Set<String> NAMES =
      Set.of("-", "/dev/stdout", "/dev/fd/1", ITSELF.toString());

  private final OutputStream out;
  private final boolean pipe;

  /**
   * @param out what to write to
   * @param pipe whether it is known to be a pipe; what a pipe refuses has no other cause than that
   *     its reader has gone
   */
  StandardOutput(OutputStream out, boolean pipe) {
    this.out = out;
    this.pipe = pipe;
  }

  /**
   * Whether a file's name, as an option has it, means standard output. Then nothing else belongs
   * there.
   */
  static boolean isNamed(String file) {
    return NAMES.contains(file);
  }

  /** A writer to this process's standard output. */
  static PrintWriter writer() {
    OutputStream stream = new StandardOutput(new FileOutputStream(FileDescriptor.out), isPipe());
    return new PrintWriter(new OutputStreamWriter(stream, charset()), true);
  }

  /** A terminal's own, and UTF-8 for files and programs, as everywhere else. */
  private static Charset charset() {
    if (System.console() == null) {
      return StandardCharsets.UTF_8;
    }
    String name =
        System.getProperty("stdout.encoding", System.getProperty("native.encoding", "UTF-8"));
    return Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      throw new Failure(e, isClosedPipe(e));
    }
  }

  @Override
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new Failure(e, isClosedPipe(e));
    }
  }

  /** The message is the system's, perhaps in another language. */
  private boolean isClosedPipe(IOException e) {
    return pipe || String.valueOf(e.getMessage()).contains("Broken pipe");
  }

  private static boolean isPipe() {
    try {
      String target = Files.readSymbolicLink(ITSELF).toString();
      return target.startsWith("pipe:") || target.startsWith("socket:");
    } catch (IOException | UnsupportedOperationException none) {
      return false;
    }
  }
}
