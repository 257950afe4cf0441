package bsl.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.run.InputException;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkJarsTest {
  @TempDir Path folder;

  private Path jar(String name) throws IOException {
    Path jar = folder.resolve(name);
    Files.createDirectories(jar.getParent());
    return Files.writeString(jar, "a jar");
  }

  private static String path(Object... entries) {
    StringBuilder path = new StringBuilder();
    for (Object entry : entries) {
      path.append(path.length() == 0 ? "" : File.pathSeparator).append(entry);
    }
    return path.toString();
  }

  @Test
  void allJarsButSparksAreSent() throws IOException {
    Path app = jar("app/bsl.jar");
    Path loss = jar("mine/loss.jar");
    Path spark = jar("spark/jars/spark-core.jar");

    assertThat(
            SparkJars.toSend(
                path(app, spark, folder.resolve("missing.jar"), loss), spark.getParent()))
        .containsExactly(app, loss);
  }

  /** A JVM says of a class where its jar really is; {@code SPARK_HOME} may be a link to that. */
  @Test
  void noJarOfSparksIsSentWhereItsFolderIsALink() throws IOException {
    Path app = jar("app/bsl.jar");
    Path really = jar("spark-4.0.4/jars/spark-core.jar").getParent().toRealPath();
    Path link = Files.createSymbolicLink(folder.resolve("spark"), really.getParent());
    String classPath = path(app, link.resolve("jars/spark-core.jar"));

    assertThat(SparkJars.toSend(classPath, really)).containsExactly(app);
    assertThat(SparkJars.toSend(path(app, really.resolve("spark-core.jar")), link.resolve("jars")))
        .containsExactly(app);
  }

  /** As a package manager puts a driver of a database beside Spark's own jars. */
  @Test
  void aLinkAmongSparksJarsIsOneOfThem() throws IOException {
    Path app = jar("app/bsl.jar");
    Path spark = jar("spark/jars/spark-core.jar").getParent();
    Path link = Files.createSymbolicLink(spark.resolve("driver.jar"), jar("share/driver-8.jar"));

    assertThat(SparkJars.toSend(path(app, link), spark)).containsExactly(app);
  }

  @Test
  void aLinkToAJarIsSentUnderItsOwnName() throws IOException {
    Path spark = jar("spark/jars/spark-core.jar").getParent();
    Path link = Files.createSymbolicLink(folder.resolve("loss.jar"), jar("mine/loss-1.jar"));

    assertThat(SparkJars.toSend(path(link), spark)).containsExactly(link);
  }

  @Test
  void classesInAFolderCannotBeSent() throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));

    assertThatThrownBy(() -> SparkJars.toSend(path(classes), folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(classes.toString())
        .hasMessageContaining("make a jar of it");
  }

  /** Spark cuts a bare path at a comma and at a hash, and goes on without the jar. */
  @Test
  void pathsOfJarsArriveWhole() throws IOException {
    List<Path> jars = List.of(jar("a,b/x,y.jar"), jar("c#/x y.jar"), jar("50%2F/x+y.jar"));

    assertThat(Stream.of(SparkJars.listed(jars).split(",")).map(URI::create))
        .allSatisfy(uri -> assertThat(uri).hasScheme("file").hasNoFragment())
        .extracting(uri -> Path.of(uri.getPath()))
        .isEqualTo(jars);
  }

  @Test
  void aClassSaysItsFolder() {
    assertThat(SparkJars.folderOf(org.apache.spark.SparkContext.class))
        .isDirectoryContaining("glob:**/spark-core_2.13-*.jar");
  }
}
