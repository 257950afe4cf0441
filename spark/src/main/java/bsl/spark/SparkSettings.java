package bsl.spark;

import bsl.run.InputException;
import bsl.run.RunEngineKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/** Makes Spark's configuration: what the suite needs, and what the user says. */
final class SparkSettings {
  /** As the launcher starts a JVM that trains; see the script {@code bsl}. */
  private static final String JAVA_OPTIONS =
      "--add-modules jdk.incubator.vector"
          + " -Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0"
          + " -XX:ObjectAlignmentInBytes=64"
          + " -XX:CompileCommand=quiet"
          + " -XX:CompileCommand=dontinline,bsl.core.kernel.Vector*::*Sum"
          + " -XX:PerMethodTrapLimit=100000";

  /** A JVM takes one collector; without one of the user's own it is this. */
  private static final String COLLECTOR = " -XX:+UseParallelGC -XX:NewRatio=1";

  private static final Pattern OWN_COLLECTOR =
      Pattern.compile(":\\+Use(Serial|Parallel|G1|Z|Shenandoah|Epsilon)GC\\b");

  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";

  /** Of the cluster's administrator; Spark puts them before those above. */
  private static final String DEFAULT_OPTIONS = "spark.executor.defaultJavaOptions";

  /** The largest result that Spark lets the driver have; 0 for any. */
  static final String RESULT_LIMIT = "spark.driver.maxResultSize";

  /** Cores of a run. */
  static final String TASK_CPUS = "spark.task.cpus";

  private static final String MASTER = "spark.master";
  private static final String JARS = "spark.jars";

  private SparkSettings() {}

  /**
   * The configuration.
   *
   * @param options what the user says; what {@code spark-submit} says is in system properties
   * @throws InputException if nothing says where the cluster is, or a setting names a file that is
   *     not there, or has a number that no run could do with
   */
  static SparkConf of(RunEngineKind.Options options) {
    SparkConf conf = new SparkConf(true);
    boolean submitted = conf.contains(JARS);
    String jars = submitted ? conf.get(JARS) : ownJars();
    options.master().ifPresent(conf::setMaster);
    options.configuration().forEach(conf::set);
    if (!conf.contains(MASTER)) {
      throw new InputException(
          "--engine spark needs --master, for example --master spark://HOST:7077");
    }
    requireCpus(conf.get(TASK_CPUS, "1"));
    conf.setIfMissing("spark.app.name", "bsl");
    conf.set(
        EXECUTOR_OPTIONS,
        executorOptions(conf.get(DEFAULT_OPTIONS, ""), conf.get(EXECUTOR_OPTIONS, "")));
    // A task is a run. The engine decides what comes of one that was lost.
    conf.setIfMissing("spark.task.maxFailures", "1");
    // A result may have a model, and one above the limit is lost after all of its training. The
    // limit, 1 GiB by default, is for jobs that gather by mistake; here all is gathered on purpose.
    conf.setIfMissing(RESULT_LIMIT, "0");
    // Progress comes with heartbeats.
    conf.setIfMissing("spark.executor.heartbeatInterval", "5s");
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    conf.setIfMissing("spark.log.level", "WARN");
    conf.set(JARS, jars(jars, options.configuration()));
    return conf;
  }

  /**
   * What is sent to workers, as Spark lists it.
   *
   * @param needed jars without which nothing goes
   * @param own what the user says, who may name more
   * @throws InputException if one of the user's own is a file and not there, of which Spark only
   *     writes a log
   */
  static String jars(String needed, Map<String, String> own) {
    if (!own.containsKey(JARS)) {
      return needed;
    }
    for (String jar : own.get(JARS).split(",")) {
      String name = jar.strip();
      // An address may be one that only the cluster can read.
      if (!name.contains(":") && !Files.isRegularFile(Path.of(name))) {
        throw new InputException("--conf " + JARS + ": '" + name + "': no such file");
      }
    }
    return needed + "," + own.get(JARS);
  }

  /**
   * Refuses a number of cores by which Spark would divide before it looks.
   *
   * @param cpus cores of a run, as the user says it; what is no number Spark itself refuses
   */
  static void requireCpus(String cpus) {
    try {
      if (Integer.parseInt(cpus.strip()) < 1) {
        throw new InputException(TASK_CPUS + " is '" + cpus + "', which is not at least 1");
      }
    } catch (NumberFormatException e) {
      return;
    }
  }

  /** The jars of this process that workers need, as Spark lists them. */
  private static String ownJars() {
    Path spark = SparkJars.folderOf(SparkContext.class);
    return SparkJars.listed(SparkJars.toSend(System.getProperty("java.class.path"), spark));
  }

  /**
   * Options of the JVM of an executor, to which Spark adds the defaults.
   *
   * @param defaults what the cluster says
   * @param own what the user says; it goes last
   */
  static String executorOptions(String defaults, String own) {
    String collector = OWN_COLLECTOR.matcher(defaults + " " + own).find() ? "" : COLLECTOR;
    return (JAVA_OPTIONS + collector + commit() + " " + own).strip();
  }

  /** The commit, for the provenance of runs. */
  private static String commit() {
    String commit = System.getProperty("bsl.commit");
    return commit == null ? "" : " -Dbsl.commit=" + commit;
  }
}
