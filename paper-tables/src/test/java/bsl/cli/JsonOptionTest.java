package bsl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class JsonOptionTest {
  private static final Map<String, Object> VALUE = Map.of("answer", 42);

  @TempDir Path folder;

  /** A command that writes a value. */
  @Command(name = "example")
  private static final class Example implements Runnable {
    @Mixin private JsonOption json;

    @Override
    public void run() {
      json.write(VALUE);
    }
  }

  /** The same without patience. */
  @Command(name = "hasty")
  private static final class Hasty implements Runnable {
    @Mixin private JsonOption json;

    @Override
    public void run() {
      json.secondsToOpen = 1;
      json.write(VALUE);
    }
  }

  private static int write(Path target) {
    return new CommandLine(new Example()).execute("--json=" + target);
  }

  private static void assertWritten(String text) throws IOException {
    assertThat(new ObjectMapper().readTree(text).get("answer").asInt()).isEqualTo(42);
  }

  @Test
  void aRegularFileIsReplacedAndNothingElseIsLeft() throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), "old");

    assertThat(write(file)).isZero();
    assertWritten(Files.readString(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void foldersAreMade() throws IOException {
    Path file = folder.resolve("new/folder/a.json");

    assertThat(write(file)).isZero();
    assertWritten(Files.readString(file));
  }

  @Test
  void aLinkStaysAndWhatItLeadsToIsReplaced() throws IOException {
    Path real = Files.writeString(folder.resolve("real.json"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.json"), Path.of("real.json"));
    Path second = Files.createSymbolicLink(folder.resolve("second.json"), link);
    Path ahead = Files.createSymbolicLink(folder.resolve("ahead.json"), Path.of("later.json"));

    assertThat(write(second)).isZero();
    assertThat(write(ahead)).isZero();

    assertThat(link).isSymbolicLink();
    assertThat(second).isSymbolicLink();
    assertThat(ahead).isSymbolicLink();
    assertWritten(Files.readString(real));
    assertWritten(Files.readString(folder.resolve("later.json")));
  }

  @Test
  void linksInACircleAreRefused() throws IOException {
    Path one = Files.createSymbolicLink(folder.resolve("one"), Path.of("two"));
    Files.createSymbolicLink(folder.resolve("two"), Path.of("one"));

    assertThat(write(one)).isEqualTo(2);
  }

  private static void makePipe(Path pipe) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")));
    assertThat(new ProcessBuilder("/usr/bin/mkfifo", pipe.toString()).start().waitFor()).isZero();
  }

  @Test
  void aPipeThatNobodyReadsIsAnErrorAndStays() throws Exception {
    Path pipe = folder.resolve("unread");
    makePipe(pipe);
    StringWriter err = new StringWriter();
    CommandLine line = new CommandLine(new Hasty()).setErr(new PrintWriter(err, true));

    assertThat(line.execute("--json=" + pipe)).isNotZero();
    assertThat(err.toString()).contains(pipe + ": cannot be written: nobody has read from it");
    assertThat(Files.isRegularFile(pipe)).isFalse();
  }

  @Test
  void aPipeIsWrittenTo() throws Exception {
    Path pipe = folder.resolve("pipe");
    makePipe(pipe);
    ExecutorService reader = Executors.newSingleThreadExecutor();
    Future<String> read = reader.submit(() -> Files.readString(pipe));

    assertThat(write(pipe)).isZero();

    assertWritten(read.get());
    assertThat(Files.readAttributes(pipe, "isOther").get("isOther")).isEqualTo(true);
    reader.shutdown();
  }

  @Test
  void aDeviceIsWrittenTo() throws IOException {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device));

    assertThat(write(device)).isZero();
    assertThat(Files.readAttributes(device, "isOther").get("isOther")).isEqualTo(true);
  }

  /** It lies below /dev, and yet its files are no devices. */
  @Test
  void aDiskInMemoryTakesFilesLikeAnyOther() throws IOException {
    Path memory = Path.of("/dev/shm");
    assumeTrue(Files.isWritable(memory));
    Path disk = Files.createTempDirectory(memory, "bsl-test");
    Path fresh = disk.resolve("fresh.json");
    Path longer = disk.resolve("longer.json");
    Path link = disk.resolve("link.json");
    try {
      Files.writeString(longer, "old ".repeat(100));
      Files.createSymbolicLink(link, longer);

      assertThat(write(fresh)).isZero();
      assertThat(write(link)).isZero();

      assertWholly(fresh);
      assertWholly(longer);
      assertThat(link).isSymbolicLink();
    } finally {
      for (Path file : List.of(fresh, link, longer, disk)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static void assertWholly(Path file) throws IOException {
    String text = Files.readString(file);
    assertWritten(text);
    assertThat(text).doesNotContain("old");
  }

  /** What a descriptor leads to is open; a file put in its place would not be what is open. */
  @Test
  void anOpenFileIsWrittenToAndNotReplaced() throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    assumeTrue(Files.isDirectory(descriptors));
    Path file = folder.resolve("open.json");
    try (FileChannel open =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      Path descriptor;
      try (Stream<Path> all = Files.list(descriptors)) {
        descriptor = all.filter(fd -> leadsTo(fd, file)).findFirst().orElseThrow();
      }
      Path number = descriptor.getFileName();

      assertThat(write(Path.of("/dev/fd").resolve(number))).isZero();

      ByteBuffer read = ByteBuffer.allocate(1000);
      open.read(read, 0);
      assertWritten(new String(read.array(), 0, read.position(), StandardCharsets.UTF_8));
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  private static boolean leadsTo(Path link, Path file) {
    try {
      return Files.isSameFile(link, file);
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void whatCannotBeWrittenIsRefusedBeforeTheWork() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThat(write(folder)).isEqualTo(2);
    assertThat(write(file.resolve("a.json"))).isEqualTo(2);
  }
}
