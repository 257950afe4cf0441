package bsl.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README and other pages show and point to is there. */
class ReadmeTest {
  private static final Pattern JAVA = Pattern.compile("(?s)```java\n(.*?)```");

  /** File and heading; either may be left out. */
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(?:#([^)\\s]+))?[^)]*\\)");

  /** A block of code, in which a comment of the shell looks like a heading. */
  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```");

  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*?) *$");

  /** Java on a page is quoted from an example that is compiled with the build. */
  @Test
  void everyExampleIsQuotedFromACompiledOne() throws IOException {
    List<String> compiled = new ArrayList<>();
    for (String module : Project.modulesWithClasses()) {
      Path folder = Project.ROOT.resolve(module).resolve("src/test/java/examples");
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.list(folder)) {
          for (Path file : files.toList()) {
            compiled.add(normalised(Files.readString(file)));
          }
        }
      }
    }
    List<String> shown = new ArrayList<>();
    for (Path page : pages()) {
      Matcher java = JAVA.matcher(Files.readString(page));
      while (java.find()) {
        shown.add(normalised(java.group(1)));
      }
    }

    assertThat(shown).hasSizeGreaterThan(7);
    assertThat(shown)
        .allSatisfy(
            example -> assertThat(compiled).anySatisfy(file -> assertThat(file).contains(example)));
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
        boolean elsewhere = link.group(1).contains("://");
        if (!elsewhere && !(Files.exists(target) && hasHeading(target, link.group(2)))) {
          broken.add(page + ": " + link.group());
        }
      }
    }

    assertThat(broken).isEmpty();
  }

  private static boolean hasHeading(Path page, String anchor) throws IOException {
    return anchor == null
        || HEADING
            .matcher(CODE.matcher(Files.readString(page)).replaceAll(""))
            .results()
            .anyMatch(heading -> anchorOf(heading.group(1)).equals(anchor));
  }

  /** As GitHub makes it: small letters, hyphens for blanks, no other signs. */
  private static String anchorOf(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-');
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (String folder : List.of("", "docs", "docs/results", "benchmarks")) {
      try (Stream<Path> files = Files.list(Project.ROOT.resolve(folder))) {
        files.filter(f -> f.toString().endsWith(".md")).forEach(pages::add);
      }
    }
    return pages;
  }

  private static String normalised(String java) {
    return java.replaceAll("\\s+", " ").strip();
  }
}
