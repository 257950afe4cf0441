package bsl.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What is measured of a step over users, whatever the data: the step, and beside it its products,
 * its products with the loss, and its Adam, each alone. The counters are the floor of each ({@link
 * UserWork}).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
public abstract class UserBenchmark extends LauncherJvm {
  static final int STEPS = 64;

  private UserWorkload workload;

  /** To be called once, with what is to be measured. */
  void measure(UserWorkload itsWorkload) {
    workload = itsWorkload;
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    workload.close();
  }

  /** A training step, in the mean over some; the beginning of an epoch is part of them. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public int step(WorkCounter counter) {
    UserWork work = workload.work();
    counter.count(STEPS * work.stepFlop(), STEPS * work.stepBytes());
    return workload.steps(STEPS);
  }

  /** Its products alone. */
  @Benchmark
  public float[] products(WorkCounter counter) {
    count(counter);
    workload.products().products();
    return workload.products().itemSums();
  }

  /** Its products with the loss between them. */
  @Benchmark
  public float[] productsAndLoss(WorkCounter counter) {
    count(counter);
    workload.products().productsAndLoss(workload.loss());
    return workload.products().itemSums();
  }

  /** Its products by plain loops on one thread. */
  @Benchmark
  public float[] plainProducts(WorkCounter counter) {
    count(counter);
    workload.products().plainProducts();
    return workload.products().itemSums();
  }

  private void count(WorkCounter counter) {
    UserWork work = workload.work();
    counter.count(work.productFlop(), work.productBytes());
  }

  /** Its Adam alone. */
  @Benchmark
  public UserAdam adam(WorkCounter counter) {
    UserWork work = workload.work();
    counter.count(work.adamFlop(), work.adamBytes());
    workload.adam().step();
    return workload.adam();
  }
}
