package bsl.core;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a service on the class path is said in one line. */
class NamedServicesTest {
  @TempDir Path folder;

  /** A service of the tests. */
  public interface Colour {
    /** Its name. */
    String name();
  }

  /** Has a name with an upper-case letter. */
  public static final class Malformed implements Colour {
    @Override
    public String name() {
      return "dark Red";
    }
  }

  /** Has no name. */
  public static final class Nameless implements Colour {
    @Override
    public String name() {
      return null;
    }
  }

  /** Has a parameter that cannot be. */
  public static final class Hyphenated implements Colour {
    static final Hyperparameter DEPTH =
        new Hyperparameter("colour-depth", "1", ValueRange.real(), "depth");

    @Override
    public String name() {
      return DEPTH.name();
    }
  }

  private Runnable lookUp(String implementation) {
    return () -> {
      ClassLoader before = Thread.currentThread().getContextClassLoader();
      try {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(Colour.class.getName()), implementation + "\n");
        try (URLClassLoader loader =
            new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
          Thread.currentThread().setContextClassLoader(loader);
          new NamedServices<>(Colour.class, "colour", Colour::name, List.of()).all();
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      } finally {
        Thread.currentThread().setContextClassLoader(before);
      }
    };
  }

  @Test
  void aMissingClassIsNamed() {
    assertThatThrownBy(() -> lookUp("no.such.Thing").run())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("a colour on the class path: ")
        .hasMessageContaining("no.such.Thing not found");
  }

  @Test
  void aNameThatIsMalformedOrMissingIsShown() {
    assertThatThrownBy(() -> lookUp(Malformed.class.getName()).run())
        .hasMessage(
            Malformed.class.getName()
                + ": colour 'dark Red' is not named by lower-case words with hyphens");
    assertThatThrownBy(() -> lookUp(Nameless.class.getName()).run())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is not named by lower-case words with hyphens");
  }

  @Test
  void aParameterWithHyphensIsCorrected() {
    assertThatThrownBy(() -> lookUp(Hyphenated.class.getName()).run())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith(
            "parameter 'colour-depth' is not lower-case words with underscores; write"
                + " 'colour_depth'");
  }
}
