package bsl.cli;

import bsl.run.InputException;
import bsl.run.LocalEngine;
import bsl.run.RunEngine;
import bsl.run.RunEngineKind;
import bsl.run.RunFailure;
import bsl.run.RunResult;
import bsl.run.RunScheduler;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import bsl.run.RunsFailedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * An engine as a cluster is one to the command line, and trains here. It cannot be reached if its
 * master is {@code down}. With {@code --conf fails=LOSS}, runs of that loss cannot be trained. It
 * gives notice of what it is asked for.
 */
public final class FragileEngineKind implements RunEngineKind {
  @Override
  public String name() {
    return "fragile";
  }

  @Override
  public RunEngine open(Options options) {
    return new Fragile(options);
  }

  private static final class Fragile implements RunEngine {
    private final Options options;
    private final RunEngine here = new LocalEngine(1);

    Fragile(Options options) {
      this.options = options;
    }

    private void require() {
      if (options.master().equals(Optional.of("down"))) {
        throw new InputException("--master down: the cluster cannot be reached");
      }
    }

    private boolean fails(RunSpec spec) {
      return spec.lossName().equals(options.configuration().get("fails"));
    }

    @Override
    public int lanes() {
      require();
      return 7;
    }

    @Override
    public Map<RunSpec, RunResult> train(
        Job job, RunScheduler.Listener listener, BooleanSupplier cancelled) {
      require();
      long models = job.runs().stream().filter(job.models()).count();
      options.notices().accept("trains " + job.runs().size() + " runs, " + models + " models");
      List<RunSpec> whole = job.runs().stream().filter(spec -> !fails(spec)).toList();
      Job rest = new Job(job.store(), whole, job.models(), job.resume());
      Map<RunSpec, RunResult> results = here.train(rest, listener, cancelled);
      List<RunFailure> failures =
          job.runs().stream()
              .filter(this::fails)
              .map(spec -> new RunFailure(spec, "failed twice"))
              .toList();
      failures.forEach(listener::failed);
      if (!failures.isEmpty()) {
        throw new RunsFailedException(failures, results);
      }
      return results;
    }

    @Override
    public void advance(
        RunStore store,
        Map<RunSpec, Integer> epochs,
        RunScheduler.AdvanceListener listener,
        BooleanSupplier closed,
        BooleanSupplier cancelled) {
      require();
      options.notices().accept("advances " + epochs.size() + " runs");
      here.advance(store, epochs, listener, closed, cancelled);
    }

    @Override
    public void close() {
      options.notices().accept("is closed");
    }
  }
}
