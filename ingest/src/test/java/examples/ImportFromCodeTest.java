package examples;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.ingest.ImportResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportFromCodeTest {
  @TempDir Path folder;

  @Test
  void makesADataSet() throws IOException {
    Path ratings =
        Files.writeString(
            folder.resolve("ratings.dat"),
            "a::x::5::1\na::y::4::2\nb::y::4::3\nb::x::5::4\nc::x::1::5\nb::z::4::6\n");
    ImportResult result = ImportFromCode.importRatings(ratings, folder.resolve("data"));

    assertThat(result.split().users()).isEqualTo(2);
    assertThat(result.split().train().size()).isEqualTo(2);
    assertThat(result.folder()).isDirectoryContaining("glob:**/users.tsv");
  }
}
