package bsl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFailureTest {
  @TempDir Path folder;

  /** The exceptions are those that the file system throws. */
  private static String reason(Path about, ThrowingCallable failing) {
    return FileFailure.reason(about, catchThrowableOfType(IOException.class, failing));
  }

  @Test
  void whatIsSaidOfTheFileItselfDoesNotNameItAgain() {
    Path file = folder.resolve("none.txt");
    assertThat(reason(file, () -> Files.readString(file))).isEqualTo("no such file");
    assertThat(reason(file, () -> Files.readString(folder.resolve(".temporary"))))
        .isEqualTo("no such file");
  }

  @Test
  void anotherFolderThatFailedIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThat(reason(file.resolve("b.txt"), () -> Files.createDirectories(file)))
        .isEqualTo(file + ": is not a folder");
    assertThat(reason(folder.resolve("other/x"), () -> Files.list(file)))
        .isEqualTo(file + ": is not a folder");
  }

  @Test
  void aFolderThatIsThereIsSaidToBe() throws IOException {
    Path there = Files.createDirectory(folder.resolve("there"));
    assertThat(reason(there, () -> Files.createDirectory(there))).isEqualTo("is there already");
  }

  @Test
  void theSystemsOwnReasonIsKept() {
    Path file = folder.resolve("full");
    IOException full = new FileSystemException(file.toString(), null, "No space left on device");
    assertThat(FileFailure.reason(file, full)).isEqualTo("No space left on device");
    assertThat(FileFailure.reason(folder.resolve("other/x"), full))
        .isEqualTo(file + ": No space left on device");
    assertThat(FileFailure.reason(file, new IOException("broken pipe"))).isEqualTo("broken pipe");
    assertThat(FileFailure.reason(file, new IOException((String) null))).isEqualTo("IOException");
    assertThat(FileFailure.reason(file, new FileSystemException(file.toString())))
        .isEqualTo("FileSystemException");
  }
}
