package bsl.cli;

import bsl.core.CountText;
import bsl.recommend.Listing;
import bsl.recommend.RecommendationFormat;
import bsl.recommend.RecommendationWriter;
import bsl.run.InputException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where recommendations go, and in which form. */
final class RecommendOutput {
  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = {
        "write them to a file; the ending says the form: .csv, .tsv or .jsonl,",
        "and .gz behind it compresses; - is standard output"
      })
  private void set(Path file) {
    out = StandardOutput.isNamed(file.toString()) ? null : file;
  }

  /** The file, or null for standard output. */
  private Path out;

  @Option(
      names = "--format",
      paramLabel = "F",
      description = "form, whatever the ending of the file: csv, tsv or jsonl")
  private String format;

  /**
   * Better now than after everything was computed.
   *
   * @throws InputException if there is no such form, or the file cannot be written
   */
  void check() {
    if (format != null && RecommendationFormat.named(format).isEmpty()) {
      throw new InputException(
          "--format '"
              + format
              + "' is none of "
              + String.join(", ", RecommendationFormat.names()));
    }
    if (out == null) {
      return;
    }
    file().require();
    if (format == null && RecommendationFormat.ofFile(out.getFileName().toString()).isEmpty()) {
      throw new InputException(
          "--out "
              + out
              + ": the ending is none of "
              + String.join(", ", RecommendationFormat.names())
              + "; --format names the form");
    }
  }

  /**
   * Writes a listing.
   *
   * @param k columns for each row
   * @param one whether it is one ranking, which is shown on a terminal without its row
   */
  void write(Listing listing, int k, boolean one) throws IOException {
    if (out == null) {
      print(listing, k, one && format == null);
      return;
    }
    // The JVM outlives Ctrl-C until the unfinished file is gone.
    try (Interruption interruption = new Interruption(command.commandLine().getErr(), "stopping");
        RecommendProgress progress = new RecommendProgress(command.commandLine().getErr())) {
      try {
        file().write(to -> writer(interruption, progress).write(listing, k, to));
      } catch (RecommendationWriter.StoppedException e) {
        throw new StoppedWork(out + ": was not written", e);
      }
    }
    command
        .commandLine()
        .getOut()
        .println(out + ": " + CountText.grouped(listing.rows().length, "ranking"));
  }

  private OutputFile file() {
    return new OutputFile("--out", out.toString());
  }

  private RecommendationWriter writer(
      BooleanSupplier stop, RecommendationWriter.Progress progress) {
    String name = out.getFileName().toString();
    return new RecommendationWriter(
        form(RecommendationFormat.ofFile(name)),
        RecommendationFormat.isCompressed(name),
        stop,
        progress);
  }

  private RecommendationFormat form(Optional<RecommendationFormat> otherwise) {
    return format == null ? otherwise.orElseThrow() : RecommendationFormat.named(format).get();
  }

  private void print(Listing listing, int k, boolean one) throws IOException {
    PrintWriter to = command.commandLine().getOut();
    OutputStream text = new PrintedBytes(to);
    RecommendationFormat form = form(Optional.of(RecommendationFormat.TSV));
    RecommendationWriter writer =
        new RecommendationWriter(form, false, () -> false, (done, total) -> {});
    if (one) {
      writer.writeOne(listing, k, text);
    } else {
      writer.write(listing, k, text);
    }
    to.flush();
  }

  /** Text in UTF-8 on its way to a writer; each part that is written is whole lines. */
  private static final class PrintedBytes extends FilterOutputStream {
    private final PrintWriter to;

    PrintedBytes(PrintWriter to) {
      super(OutputStream.nullOutputStream());
      this.to = to;
    }

    @Override
    public void write(byte[] bytes) {
      to.print(new String(bytes, StandardCharsets.UTF_8));
    }
  }
}
