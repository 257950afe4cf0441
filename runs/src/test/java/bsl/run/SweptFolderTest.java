package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.data.ProcessLock;
import bsl.data.StagedFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another process sweeps beside a folder that is about to be filled. */
class SweptFolderTest {
  @TempDir Path folder;

  /** It takes the lock of the new folder before its owner does, finds nothing, and removes it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theLockFileThatLiesThereIsTheLockedOne(int removed) throws IOException {
    List<Path> opened = new ArrayList<>();
    KillableFileSystem disk =
        KillableFileSystem.meddledWith(
            file -> {
              opened.add(file);
              if (opened.size() == removed) {
                delete(file);
              }
            });

    try (StagedFolder staged = StagedFolder.beside(disk.path(folder.resolve("mine")))) {
      Path lock = folder.resolve(staged.path().getFileName() + ".lock");
      assertThat(lock).isRegularFile();
      try (FileChannel other = FileChannel.open(lock, StandardOpenOption.WRITE)) {
        assertThatThrownBy(other::tryLock).isInstanceOf(OverlappingFileLockException.class);
      }
    }
    assertThat(folder).isEmptyDirectory();
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whileItHoldsALockAnotherNameIsTaken() throws IOException {
    List<ProcessLock> held = new ArrayList<>();
    List<Path> opened = new ArrayList<>();
    KillableFileSystem disk =
        KillableFileSystem.meddledWith(
            file -> {
              opened.add(file);
              if (opened.size() == 1) {
                held.add(take(file));
              }
            });

    try (StagedFolder staged = StagedFolder.beside(disk.path(folder.resolve("mine")))) {
      assertThat(opened.get(0).getFileName().toString())
          .endsWith(".lock")
          .doesNotStartWith(staged.path().getFileName().toString());
    }
    held.get(0).close();
  }

  private static ProcessLock take(Path file) {
    try {
      return ProcessLock.take(file).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
