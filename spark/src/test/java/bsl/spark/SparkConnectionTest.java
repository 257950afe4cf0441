package bsl.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.stream.Stream;
import javax.security.auth.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said when Spark cannot be started. */
class SparkConnectionTest {
  private static final String MASTER = "spark://HOST:7077";

  private static void assertBlamesJava(Throwable failure) {
    assertThat(SparkConnection.refusal(MASTER, failure))
        .contains("Java " + System.getProperty("java.version"), "JAVA_HOME", "JDK 17 or 21")
        .contains("getSubject")
        .doesNotContain("--master", MASTER)
        .doesNotContain("\n");
  }

  /** As Java 24 says it, Java 23, and one that may come. */
  static Stream<Throwable> failuresOfJava() {
    return Stream.of(
        new UnsupportedOperationException("getSubject is not supported"),
        new UnsupportedOperationException(
            "getSubject is supported only if a security manager is allowed"),
        new ExceptionInInitializerError(
            new UnsupportedOperationException("getSubject is not supported")),
        new NoSuchMethodError(
            "'javax.security.auth.Subject javax.security.auth.Subject.getSubject(java.security.AccessControlContext)'"));
  }

  @ParameterizedTest
  @MethodSource("failuresOfJava")
  void aJavaThatSparkCannotDoWithIsNamed(Throwable failure) {
    assertBlamesJava(failure);
  }

  /** The failure is this JVM's own, if it has one. */
  @Test
  void whatThisJavaSaysIsRecognised() throws ReflectiveOperationException {
    // By name, since the method and its parameter are to be removed.
    Method asked =
        Subject.class.getMethod("getSubject", Class.forName("java.security.AccessControlContext"));
    InvocationTargetException thrown =
        (InvocationTargetException) catchThrowable(() -> asked.invoke(null, (Object) null));
    assumeThat(thrown.getCause()).isInstanceOf(UnsupportedOperationException.class);

    assertBlamesJava(thrown.getCause());
  }

  static Stream<Throwable> otherFailures() {
    return Stream.of(
        new IOException("HOST: no such host\nat length"),
        new UnsupportedOperationException("a scheme of its own"),
        new IllegalStateException("getSubject of a mail", new IOException("is none")));
  }

  @ParameterizedTest
  @MethodSource("otherFailures")
  void anythingElseIsSaidOfTheAddress(Throwable failure) {
    assertThat(SparkConnection.refusal(MASTER, failure))
        .isEqualTo(
            "--master "
                + MASTER
                + ": cannot be used: "
                + failure.getMessage().lines().findFirst().orElseThrow());
  }
}
