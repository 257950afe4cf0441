package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KindCodeTest {
  @TempDir Path temporary;

  /** Compiles two classes into a folder; the first one calls the second. */
  private Path compile(String name, int answer) throws IOException {
    Path sources = Files.createDirectories(temporary.resolve("sources-" + name));
    Path first = sources.resolve("First.java");
    Path second = sources.resolve("Second.java");
    Files.writeString(
        first, "package mine; public class First { int a() { return Second.answer(); } }");
    Files.writeString(
        second, "package mine; class Second { static int answer() { return " + answer + "; } }");
    Path classes = Files.createDirectories(temporary.resolve(name));
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", classes.toString(), first.toString(), second.toString());
    assertThat(code).isZero();
    return classes;
  }

  private static String digest(Path place) throws Exception {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {place.toUri().toURL()})) {
      return KindCode.digest(loader.loadClass("mine.First"));
    }
  }

  @Test
  void aFolderHasTheDigestOfAllItsClasses() throws Exception {
    String digest = digest(compile("one", 1));

    assertThat(digest).matches("[0-9a-f]{64}").isEqualTo(digest(compile("same", 1)));
    assertThat(digest(compile("other", 2))).isNotEqualTo(digest);
    Path withText = compile("text", 1);
    Files.writeString(withText.resolve("notes.txt"), "of no account");
    assertThat(digest(withText)).isEqualTo(digest);
  }

  @Test
  void aJarHasTheDigestOfItsBytes() throws Exception {
    Path jar = temporary.resolve("with space.jar");
    Path classes = compile("classes", 1);
    try (JarOutputStream to = new JarOutputStream(Files.newOutputStream(jar))) {
      to.putNextEntry(new JarEntry("mine/First.class"));
      Files.copy(classes.resolve("mine/First.class"), to);
    }
    byte[] expected = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));

    assertThat(digest(jar)).isEqualTo(HexFormat.of().formatHex(expected));
  }

  @Test
  void thisProjectsOwnKindsHaveNothingToSay() {
    for (String cell : Arrays.asList("mf sl", "lightgcn bsl", "ngcf bpr")) {
      String[] names = cell.split(" ");
      RunSpec spec = Presets.spec("none", "tiny", names[0], names[1]);
      assertThat(KindCode.of(spec)).as(cell).isEmpty();
    }
  }
}
