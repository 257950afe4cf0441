package bsl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher in a repository of a few files, with a Maven and a Java that only say what they are
 * asked to: Maven makes a jar that holds the source; Java prints the jar, waits for a line if its
 * argument is {@code wait}, and prints the jar again.
 *
 * <p>A test that waits for what a launcher prints cannot be interrupted; so each has a thread of
 * its own, which ends once the launcher is killed.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LauncherTest {
  private static final Path LAUNCHER = Path.of("..", "bsl");

  private static final List<String> TOOLS =
      List.of(
          "bash",
          "cat",
          "cp",
          "date",
          "dirname",
          "find",
          "grep",
          "head",
          "ls",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sed",
          "sleep",
          "touch",
          "tr",
          "uname");

  @TempDir Path folder;

  private Path home;

  /** The programs that a test makes up. */
  private Path bin;

  /**
   * Links to the system's own, behind them. A script for each would start a shell first, which
   * takes longer than most of them. Nothing is written here, as it would go through the link.
   */
  private Path tools;

  private Path source;
  private final List<Process> started = new ArrayList<>();

  /** A call of the launcher. */
  private final class Call implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final BufferedReader err;

    Call(String... arguments) throws IOException {
      this(Map.of(), arguments);
    }

    Call(Map<String, String> environment, String... arguments) throws IOException {
      ProcessBuilder builder =
          command(
              Stream.concat(Stream.of(home.resolve("bsl").toString()), Stream.of(arguments))
                  .toArray(String[]::new));
      builder.environment().putAll(environment);
      process = start(builder);
      out = reader(process.getInputStream());
      err = reader(process.getErrorStream());
    }

    private static BufferedReader reader(java.io.InputStream in) {
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    void go() throws IOException {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    }

    int code() throws InterruptedException {
      return process.waitFor();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  /** A command that finds those programs and tools, and nothing else of this environment. */
  private ProcessBuilder command(String... words) {
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().clear();
    builder.environment().put("PATH", bin + ":" + tools);
    return builder;
  }

  private Process start(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    started.add(process);
    return process;
  }

  @AfterEach
  void killWhatHangs() {
    started.forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
    started.forEach(Process::destroyForcibly);
  }

  @BeforeEach
  void makeRepository() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash here");
    home = Files.createDirectories(folder.resolve("the repository's"));
    Files.copy(LAUNCHER, home.resolve("bsl"));
    home.resolve("bsl").toFile().setExecutable(true);
    Files.writeString(
        home.resolve("pom.xml"),
        "<modules>\n<module>core</module>\n<module>paper-tables</module>\n<module>tribuo</module>\n"
            + "</modules>\n");
    for (String module : List.of("core", "paper-tables", "tribuo")) {
      Files.createDirectories(home.resolve(module).resolve("src/main"));
      Files.writeString(home.resolve(module).resolve("pom.xml"), "<project/>\n");
    }
    Files.writeString(home.resolve("paper-tables/pom.xml"), "<artifactId>bsl-core</artifactId>\n");
    source = Files.writeString(home.resolve("core/src/main/Source"), "first\n");
    bin = Files.createDirectories(folder.resolve("bin"));
    tools = Files.createDirectories(folder.resolve("tools"));
    script("java", "-version) echo 'openjdk version \"17.0.1\" 2021-10-19' >&2; exit ;;");
    script("mvn", "");
  }

  /** The two tools that are made up. */
  private void script(String name, String cases) throws IOException {
    String body =
        name.equals("mvn")
            ? """
              set -e
              echo $$ >> builds
              if [ -n "${JAVA_HOME:-}" ]; then [ -x "$JAVA_HOME/bin/javac" ]; fi
              if [ -e gate ]; then read -r line < gate; fi
              mkdir -p paper-tables/target/lib
              cp core/src/main/Source paper-tables/target/bsl-paper-tables.jar
              touch paper-tables/target/lib/other.jar
              """
            : String.format(
                Locale.ROOT,
                """
              case $1 in %s esac
              for last; do :; done
              while [ "$1" != -cp ]; do shift; done
              jar="${2%%%%\\**}bsl-paper-tables.jar"
              cat "$jar"
              if [ "$last" = wait ]; then read -r line; cat "$jar"; fi
              """,
                cases);
    program(name, body);
  }

  private void program(String name, String body) throws IOException {
    Path file = Files.writeString(bin.resolve(name), "#!/bin/bash\n" + body);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private void tools(boolean flock) throws IOException {
    for (String tool : TOOLS) {
      allow(tool);
    }
    if (flock) {
      assumeTrue(allow("flock"), "there is no flock here");
    }
  }

  private boolean allow(String tool) throws IOException {
    for (String directory : List.of("/usr/bin", "/bin")) {
      Path file = Path.of(directory, tool);
      if (Files.exists(file)) {
        Files.createSymbolicLink(tools.resolve(tool), file);
        return true;
      }
    }
    return false;
  }

  private void edit(String text) throws IOException {
    Files.writeString(source, text + "\n");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now()));
  }

  private List<String> builds() throws IOException {
    return Files.readAllLines(home.resolve("builds"));
  }

  private long copies() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve(".bsl"))) {
      return files.filter(file -> file.getFileName().toString().startsWith("app-")).count();
    }
  }

  private String run() throws IOException, InterruptedException {
    try (Call call = new Call()) {
      String line = call.out.readLine();
      assertThat(call.code()).isZero();
      return line;
    }
  }

  @Test
  void itIsAProgram() {
    assertThat(LAUNCHER).isExecutable();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRunKeepsTheCodeItBeganWithHoweverOftenOthersBuild(boolean flock) throws Exception {
    tools(flock);
    try (Call long1 = new Call("wait")) {
      assertThat(long1.out.readLine()).isEqualTo("first");
      for (String text : List.of("second", "third", "fourth", "fifth")) {
        edit(text);
        assertThat(run()).isEqualTo(text);
        Files.delete(home.resolve("paper-tables/target/bsl-paper-tables.jar"));
      }

      assertThat(copies()).as("the running one, the last, the one before").isEqualTo(3);
      long1.go();
      assertThat(long1.out.readLine()).isEqualTo("first");
      assertThat(long1.code()).isZero();
    }
    edit("sixth");
    assertThat(run()).isEqualTo("sixth");
    assertThat(copies()).as("the last, the one before").isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofTwoFirstCallsOneBuildsAndTheOtherSaysThatItWaits(boolean flock) throws Exception {
    tools(flock);
    Path gate = home.resolve("gate");
    assertThat(new ProcessBuilder("mkfifo", gate.toString()).start().waitFor()).isZero();
    try (Call first = new Call()) {
      assertThat(first.err.readLine()).isEqualTo("bsl: building, once");
      try (Call second = new Call()) {
        assertThat(second.err.readLine())
            .isEqualTo("bsl: another call is building; waiting for it");
        Files.writeString(gate, "go\n");

        assertThat(first.out.readLine()).isEqualTo("first");
        assertThat(second.out.readLine()).isEqualTo("first");
        assertThat(first.code()).isZero();
        assertThat(second.code()).isZero();
      }
    }
    assertThat(builds()).hasSize(1);
  }

  @Test
  void onlySourcesOfModulesThatAreUsedCauseABuild() throws Exception {
    tools(true);
    run();
    Files.writeString(home.resolve("tribuo/src/main/Other"), "x");
    Files.writeString(home.resolve("README.md"), "x");
    run();
    assertThat(builds()).as("neither is part of the command line").hasSize(1);

    Files.writeString(home.resolve("core/src/main/Added"), "x");
    run();
    assertThat(builds()).as("an added file").hasSize(2);

    Files.delete(home.resolve("core/src/main/Added"));
    run();
    assertThat(builds()).as("a deleted file").hasSize(3);
    run();
    assertThat(builds()).as("nothing").hasSize(3);
  }

  @Test
  void aFailedBuildIsTriedAgain() throws Exception {
    tools(true);
    Files.move(source, folder.resolve("away"));
    try (Call call = new Call()) {
      assertThat(call.code()).isEqualTo(2);
      assertThat(call.err.lines().toList())
          .contains("bsl: building, once")
          .last()
          .asString()
          .startsWith("bsl: the build failed");
    }

    try (Stream<Path> left = Files.list(home.resolve(".bsl"))) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("new-"));
    }

    Files.move(folder.resolve("away"), source);
    assertThat(run()).isEqualTo("first");
  }

  @ParameterizedTest
  @CsvSource({"-XX:+UseG1GC,-XX:+UseG1GC", "-Xmx1g,-XX:+UseParallelGC"})
  void thereIsOneCollector(String options, String collector) throws Exception {
    tools(true);
    script(
        "java",
        """
        -version) echo 'openjdk version "17.0.1" 2021-10-19' >&2; exit ;;
        --add-modules) for option; do case $option in *GC) echo "$option" ;; esac; done; exit ;;""");
    try (Call call = new Call(Map.of("BSL_JAVA_OPTS", options))) {
      assertThat(call.out.lines()).containsExactly(collector);
    }
    // These a JVM reads by itself.
    for (String variable : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")) {
      try (Call call = new Call(Map.of(variable, options))) {
        assertThat(call.out.lines().toList())
            .isEqualTo(options.contains("GC") ? List.of() : List.of(collector));
      }
    }
  }

  @Test
  void aStarInAnOptionOfTheJvmStaysAStar() throws Exception {
    tools(true);
    script(
        "java",
        """
        -version) echo 'openjdk version "17.0.1" 2021-10-19' >&2; exit ;;
        --add-modules) for option; do echo "$option"; done; exit ;;""");
    String star = bin + "/jav*";
    try (Call call = new Call(Map.of("BSL_JAVA_OPTS", "-Xmx1g " + star))) {
      assertThat(call.out.lines()).contains("-Xmx1g", star);
    }
  }

  /** Bash takes options from these variables, which callers export with or without knowing. */
  @ParameterizedTest
  @CsvSource({"SHELLOPTS,noglob", "SHELLOPTS,noclobber", "BASHOPTS,failglob", "BASHOPTS,nullglob"})
  void optionsOfTheCallersShellChangeNothing(String variable, String option) throws Exception {
    tools(true);
    for (String text : List.of("second", "third")) {
      edit(text);
      try (Call call = new Call(Map.of(variable, option))) {
        assertThat(call.out.readLine()).isEqualTo(text);
        assertThat(call.code()).isZero();
      }
    }
    try (Call call = new Call(Map.of(variable, option), "--engine=spark")) {
      assertThat(call.err.readLine()).startsWith("bsl: --engine spark needs Apache Spark 4.0");
      assertThat(call.code()).isEqualTo(2);
    }
  }

  /**
   * As rsync -a and tar copy it: the content is new, and the time of the edit is before a build.
   */
  @Test
  void aFileThatIsCopiedWithItsTimeCausesABuild() throws Exception {
    tools(true);
    run();
    edit("second");
    Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));

    assertThat(run()).isEqualTo("second");
    run();
    assertThat(builds()).hasSize(2);
  }

  /** The signal goes to the launcher alone. Maven would go on writing where the next build does. */
  @ParameterizedTest
  @CsvSource({"INT,130,true", "TERM,143,true", "INT,130,false", "TERM,143,false"})
  void anInterruptedBuildEndsWithMaven(String signal, int code, boolean flock) throws Exception {
    tools(flock);
    // In the background of a shell some signals are ignored.
    assumeTrue(
        start(new ProcessBuilder("bash", "-c", "kill -" + signal + " $$")).waitFor() == code);
    Path gate = home.resolve("gate");
    assertThat(new ProcessBuilder("mkfifo", gate.toString()).start().waitFor()).isZero();
    try (Call call = new Call()) {
      assertThat(call.err.readLine()).isEqualTo("bsl: building, once");
      while (!Files.exists(home.resolve("builds")) || builds().isEmpty()) {
        Thread.onSpinWait();
      }
      Optional<ProcessHandle> maven = ProcessHandle.of(Long.parseLong(builds().get(0)));
      new ProcessBuilder("kill", "-" + signal, Long.toString(call.process.pid())).start().waitFor();

      assertThat(call.code()).isEqualTo(code);
      assertThat(call.err.lines()).isEmpty();
      maven.ifPresent(process -> process.onExit().orTimeout(60, TimeUnit.SECONDS).join());
    }
    try (Stream<Path> left = Files.list(home.resolve(".bsl"))) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("new-") || name.equals("build.locked"));
    }
    Files.delete(gate);
    assertThat(run()).isEqualTo("first");
  }

  /** As where the disk is full. */
  @Test
  void aFileThatCannotBeWrittenIsBadInput() throws Exception {
    tools(true);
    program("touch", "echo no room >&2; exit 1\n");
    try (Call call = new Call()) {
      assertThat(call.code()).isEqualTo(2);
      assertThat(call.err.lines())
          .singleElement()
          .asString()
          .startsWith("bsl: " + home.toRealPath().resolve(".bsl") + ": cannot be written");
    }
  }

  @Test
  void theCommitIsThatOfTheLauncherWhateverGitIsDoing() throws Exception {
    tools(true);
    assumeTrue(allow("git"), "there is no git here");
    script(
        "java",
        "-version) echo 'openjdk version \"17.0.1\"' >&2; exit ;;"
            + " --add-modules) for o; do case $o in -Dbsl.commit*) echo \"$o\" ;; esac; done; exit ;;");
    String ours = repository(home);
    Path other = Files.createDirectories(folder.resolve("other"));
    repository(other);
    program(
        "git",
        "echo \"$GIT_OPTIONAL_LOCKS $*\" >> \"$0.calls\"\nexec '"
            + tools.resolve("git")
            + "' \"$@\"\n");
    try (Call call = new Call(Map.of("GIT_DIR", other.resolve(".git").toString()))) {
      assertThat(call.out.readLine()).isEqualTo("-Dbsl.commit=" + ours);
      assertThat(call.code()).isZero();
    }
    // Without it status takes the lock of the index, and a commit beside it fails.
    assertThat(Files.readAllLines(bin.resolve("git.calls")))
        .filteredOn(line -> line.contains("status"))
        .singleElement()
        .asString()
        .startsWith("0 ");
  }

  /** Makes a repository of what is there, and says its commit. */
  private String repository(Path of) throws Exception {
    String git = tools.resolve("git") + " -c user.name=a -c user.email=a@b ";
    ProcessBuilder builder =
        new ProcessBuilder(
            "bash",
            "-c",
            ("GIT init -q && GIT add . && GIT commit -q --allow-empty -m \"$PWD\""
                    + " && GIT rev-parse HEAD")
                .replace("GIT ", git));
    builder.directory(of.toFile());
    Process process = start(builder);
    try (BufferedReader out = Call.reader(process.getInputStream())) {
      return out.readLine();
    }
  }

  /** Maven is called in another folder than the launcher. */
  @Test
  void theHomeOfJavaMayBeRelative() throws Exception {
    tools(true);
    Path jdk = Files.createDirectories(folder.resolve("jdk/bin"));
    for (String name : List.of("java", "javac")) {
      Files.copy(bin.resolve("java"), jdk.resolve(name));
    }
    ProcessBuilder builder = command("bash", home.resolve("bsl").toString());
    builder.directory(folder.toFile());
    builder.environment().put("JAVA_HOME", "jdk");
    Process process = start(builder);
    try (BufferedReader out = Call.reader(process.getInputStream())) {
      assertThat(out.readLine()).isEqualTo("first");
    }
    assertThat(process.waitFor()).isZero();
  }

  /** With that variable cd may go elsewhere, and says where it went. */
  @Test
  void itIsWhereItIsWhateverFoldersCdLooksIn() throws Exception {
    tools(true);
    Path link = Files.createSymbolicLink(folder.resolve("here"), home);
    ProcessBuilder builder = command("bash", "here/bsl").directory(folder.toFile());
    builder.environment().put("CDPATH", folder + ":" + folder.resolve("elsewhere"));
    Process process = start(builder);
    process.getOutputStream().close();

    assertThat(process.waitFor()).isZero();
    assertThat(link.resolve(".bsl")).isDirectory();
  }

  @Test
  void withoutFlockAFolderThatCannotBeWrittenIsNamed() throws Exception {
    tools(false);
    Path state = Files.createDirectories(home.resolve(".bsl"));
    assumeTrue(state.toFile().setWritable(false) && !Files.isWritable(state), "root writes all");
    try (Call call = new Call()) {
      assertThat(call.code()).isEqualTo(2);
      assertThat(call.err.lines().toList())
          .last()
          .isEqualTo("bsl: " + state + ": cannot be written");
    }
  }

  @Test
  void aPathThatAClassPathCannotHaveIsRefused() throws Exception {
    tools(true);
    home = Files.createDirectories(folder.resolve("a:b"));
    Files.copy(LAUNCHER, home.resolve("bsl"));
    home.resolve("bsl").toFile().setExecutable(true);
    try (Call call = new Call()) {
      assertThat(call.code()).isEqualTo(2);
      assertThat(call.err.readLine()).contains("a:b: has a colon");
    }
  }

  @Test
  void anOldJavaIsNamed() throws Exception {
    tools(true);
    script("java", "-version) echo 'java version \"1.8.0_392\"' >&2; exit ;;");
    try (Call call = new Call()) {
      assertThat(call.code()).isEqualTo(2);
      assertThat(call.err.readLine())
          .isEqualTo(
              "bsl: "
                  + bin.resolve("java")
                  + " is Java 1.8.0_392; a JDK from 17 on is needed: set JAVA_HOME to one");
    }
  }

  @ParameterizedTest
  @CsvSource({"C,C.UTF-8", "POSIX,C.UTF-8", "'',C.UTF-8", "de_DE.ISO-8859-1,de_DE.ISO-8859-1"})
  void theLocaleOfJavaHasMoreThanAscii(String locale, String ofJava) throws Exception {
    tools(true);
    script(
        "java",
        "-version) echo 'openjdk version \"17.0.1\"' >&2; exit ;;"
            + " --add-modules) echo \"$LC_ALL\"; exit ;;");
    try (Call call = new Call(Map.of("LC_ALL", locale))) {
      assertThat(call.out.readLine()).isEqualTo(ofJava);
    }
  }

  /** The C library takes the C locale in place of one that is not installed, and says so. */
  @ParameterizedTest
  @CsvSource({
    "ANSI_X3.4-1968,C.UTF-8",
    "US-ASCII,C.UTF-8",
    "UTF-8,de_DE.UTF-8",
    "ISO-8859-1,de_DE.UTF-8"
  })
  void aLocaleThatIsNotInstalledIsNone(String letters, String ofJava) throws Exception {
    tools(true);
    program("locale", "echo " + letters + "\n");
    script(
        "java",
        "-version) echo 'openjdk version \"17.0.1\"' >&2; exit ;;"
            + " --add-modules) echo \"$LC_ALL\"; exit ;;");
    try (Call call = new Call(Map.of("LC_ALL", "de_DE.UTF-8"))) {
      assertThat(call.out.readLine()).isEqualTo(ofJava);
    }
  }

  @Test
  void itMayBeCalledThroughLinks() throws Exception {
    tools(true);
    Path link = Files.createSymbolicLink(bin.resolve("bsl"), home.resolve("bsl"));
    Path other = Files.createSymbolicLink(folder.resolve("mine"), Path.of("bin", "bsl"));
    for (Path called : List.of(link, other)) {
      Process process = start(command(called.toString()));
      try (BufferedReader out = Call.reader(process.getInputStream())) {
        assertThat(out.readLine()).isEqualTo("first");
      }
      assertThat(process.waitFor()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "nope.jar, nope.jar: no such file",
    "/:no/*, no: no such folder",
    ":x, x: no such file"
  })
  void anEntryOfTheClassPathThatIsNotThereIsNamed(String classPath, String message)
      throws Exception {
    tools(false);
    try (Call call = new Call(Map.of("BSL_CLASSPATH", classPath))) {
      assertThat(call.err.readLine()).isEqualTo("bsl: BSL_CLASSPATH: " + message);
      assertThat(call.code()).isEqualTo(2);
    }
  }

  @Test
  void jarsAndFoldersThatAreThereAreTaken() throws Exception {
    tools(false);
    String classPath = bin + "/*:" + home + ":" + home.resolve("pom.xml");
    try (Call call = new Call(Map.of("BSL_CLASSPATH", classPath))) {
      assertThat(call.out.readLine()).isEqualTo("first");
      assertThat(call.code()).isZero();
    }
  }

  @Test
  void withoutSparkAClusterIsRefusedBeforeAnythingIsBuilt() throws Exception {
    tools(true);
    for (String[] words :
        List.of(new String[] {"--engine", "spark"}, new String[] {"--engine=spark"})) {
      try (Call call = new Call(Map.of("SPARK_HOME", folder.toString()), words)) {
        assertThat(call.err.readLine())
            .startsWith("bsl: --engine spark needs Apache Spark 4.0; set SPARK_HOME")
            .contains("mvn -q -f");
        assertThat(call.code()).isEqualTo(2);
      }
    }
    assertThat(home.resolve("builds")).doesNotExist();
  }

  @Test
  void onlyForAClusterIsSparkInTheClassPath() throws Exception {
    tools(true);
    script(
        "java", "-version) echo 'openjdk version \"17.0.1\"' >&2; exit ;; *) echo \"$*\"; exit ;;");
    Files.createDirectories(home.resolve("spark/src/main"));
    Files.writeString(home.resolve("spark/pom.xml"), "<artifactId>bsl-core</artifactId>\n");
    Files.writeString(
        bin.resolve("mvn"),
        Files.readString(bin.resolve("mvn"))
            + "case $* in *spark*) mkdir -p spark/target; echo > spark/target/bsl-spark-app.jar ;; esac\n");
    Path spark = Files.createDirectories(folder.resolve("a distribution/jars"));
    Files.createFile(spark.resolve("spark-core_2.13-4.0.4.jar"));
    Map<String, String> environment = Map.of("SPARK_HOME", spark.getParent().toString());

    assertThat(asked(environment, "train", "spark"))
        .contains("/lib/* bsl.cli.Main")
        .doesNotContain(spark.toString(), "bsl-spark", "--add-opens");
    assertThat(asked(environment, "tune", "--engine", "spark"))
        .contains("/spark/bsl-spark-app.jar:" + spark + "/* bsl.cli.Main", "--add-opens")
        .doesNotContain("/lib/*");
    assertThat(asked(environment, "tune", "--engine", "spark")).isNotEmpty();
    assertThat(builds()).as("once, and once more for the cluster").hasSize(2);
    edit("second");
    assertThat(asked(environment, "train")).doesNotContain("bsl-spark");
    assertThat(asked(environment, "tune", "--engine=spark")).contains("bsl-spark-app.jar");
    assertThat(builds()).as("what was used once is built with the rest").hasSize(3);

    // Spark starts JVMs in other folders.
    Path relative = Path.of("").toAbsolutePath().relativize(spark.getParent().toAbsolutePath());
    assertThat(asked(Map.of("SPARK_HOME", relative.toString()), "tune", "--engine=spark"))
        .contains("/spark/bsl-spark-app.jar:" + spark + "/* bsl.cli.Main");
    Path colon = Files.createDirectories(folder.resolve("a:b")).resolve("spark");
    Files.createSymbolicLink(colon, spark.getParent());
    try (Call call = new Call(Map.of("SPARK_HOME", colon.toString()), "--engine", "spark")) {
      assertThat(call.err.readLine()).startsWith("bsl: " + colon + ": has a colon");
      assertThat(call.code()).isEqualTo(2);
    }
  }

  private String asked(Map<String, String> environment, String... words) throws Exception {
    try (Call call = new Call(environment, words)) {
      String line = call.out.readLine();
      assertThat(call.code()).isZero();
      return line;
    }
  }
}
