package bsl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StallGuardTest {
  /** Nothing ever comes; closing it is what ends a read, as with a connection. */
  private static final class Silence extends InputStream {
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public int read() throws IOException {
      try {
        if (!closed.await(20, TimeUnit.SECONDS)) {
          throw new AssertionError("nobody closed the stream");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new IOException("closed");
    }

    @Override
    public void close() {
      closed.countDown();
    }

    boolean isClosedWithin(Duration patience) throws InterruptedException {
      return closed.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Test
  void closesAStreamThatStaysSilent() {
    Silence silence = new Silence();
    try (StallGuard guard = new StallGuard(silence, Duration.ofMillis(20))) {
      guard.moved();
      assertThat(catchThrowable(silence::read))
          .isInstanceOf(IOException.class)
          .hasMessage("closed");
      assertThat(guard.stalled()).isTrue();
    }
  }

  @Test
  void leavesAStreamAloneOnceItIsClosedItself() throws InterruptedException {
    Silence silence = new Silence();
    StallGuard guard = new StallGuard(silence, Duration.ofMillis(200));
    guard.moved();
    guard.close();

    assertThat(silence.isClosedWithin(Duration.ofMillis(600))).isFalse();
    assertThat(guard.stalled()).isFalse();
  }
}
