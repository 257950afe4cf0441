package bsl.data;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on this machine, which can be told to misbehave. */
final class FaultyServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Queue<Integer> cuts = new ConcurrentLinkedQueue<>();
  private final Queue<Integer> refusals = new ConcurrentLinkedQueue<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile boolean ranges = true;
  private volatile boolean lengths = true;
  private volatile boolean silentAfterCut;
  private volatile int rangeError;

  FaultyServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  FaultyServer with(String path, byte[] content) {
    files.put(path, content);
    return this;
  }

  FaultyServer without(String path) {
    files.remove(path);
    return this;
  }

  /** The next answers end after so many bytes of their body. */
  FaultyServer cutAfter(int... bytes) {
    for (int b : bytes) {
      cuts.add(b);
    }
    return this;
  }

  /** Instead of cutting the connection, says nothing more. */
  FaultyServer silentAfterCut() {
    silentAfterCut = true;
    return this;
  }

  FaultyServer withoutRanges() {
    ranges = false;
    return this;
  }

  /** Sends bodies in chunks, without saying how long they are. */
  FaultyServer withoutLengths() {
    lengths = false;
    return this;
  }

  /** Sends ranges that begin so many bytes beside what was asked for. */
  FaultyServer rangesOff(int by) {
    rangeError = by;
    return this;
  }

  /** The next answers are these statuses. */
  FaultyServer refuse(int... statuses) {
    for (int status : statuses) {
      refusals.add(status);
    }
    return this;
  }

  /** What was asked for: path, and the range if there was one. */
  List<String> requests() {
    return requests;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String range = exchange.getRequestHeaders().getFirst("Range");
      requests.add(path + (range == null ? "" : " " + range));
      byte[] content = files.get(path);
      if (!refusals.isEmpty()) {
        exchange.sendResponseHeaders(refusals.remove(), -1);
      } else if (content == null) {
        exchange.sendResponseHeaders(404, -1);
      } else if (range == null || !ranges) {
        send(exchange, 200, content, 0);
      } else {
        int from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        if (from >= content.length) {
          exchange.sendResponseHeaders(416, -1);
        } else {
          int first = from + rangeError;
          exchange
              .getResponseHeaders()
              .set(
                  "Content-Range",
                  "bytes " + first + "-" + (content.length - 1) + "/" + content.length);
          send(exchange, 206, content, first);
        }
      }
    }
  }

  private void send(HttpExchange exchange, int status, byte[] content, int from)
      throws IOException {
    int length = content.length - from;
    exchange.sendResponseHeaders(status, lengths ? length : 0);
    Integer cut = cuts.poll();
    OutputStream body = exchange.getResponseBody();
    if (cut == null) {
      body.write(content, from, length);
      body.close();
      return;
    }
    body.write(content, from, cut);
    body.flush();
    if (silentAfterCut) {
      awaitClosing();
    }
    // The exchange is closed by the caller while bytes are missing, which cuts the connection.
  }

  private void awaitClosing() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
