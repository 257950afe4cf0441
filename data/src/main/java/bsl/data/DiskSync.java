package bsl.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Waits until files are on the disk itself. A file that is renamed before that may be empty after a
 * power cut, though its new name is there.
 */
public final class DiskSync {
  private DiskSync() {}

  /** Waits for a file's content. */
  public static void file(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Waits for the names in a folder. Systems that cannot, such as Windows, do so by themselves. */
  public static void names(Path folder) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(folder, StandardOpenOption.READ);
    } catch (IOException e) {
      return;
    }
    try (channel) {
      channel.force(true);
    }
  }

  /** Waits for all files in a folder, which has no folders in it, and for their names. */
  public static void folder(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> children = Files.list(folder)) {
      files = children.toList();
    }
    for (Path file : files) {
      file(file);
    }
    names(folder);
  }
}
