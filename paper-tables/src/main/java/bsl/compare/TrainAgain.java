package bsl.compare;

import bsl.run.RunSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Commands that train or fit a contestant again.
 *
 * @param shell makes one line of a command's words, quoted for a shell
 * @param places options that say where data and runs are, with their values
 */
public record TrainAgain(Function<List<String>, String> shell, List<String> places) {
  /** Keeps a copy of the list. */
  public TrainAgain {
    places = List.copyOf(places);
  }

  /** The commands of a contestant: one for each seed, or one for all fits of a baseline. */
  List<String> of(ComparisonRequest request, Contestant contestant) {
    return contestant.isBaseline()
        ? List.of(fit(request, contestant))
        : contestant.cell().runs().stream().map(run -> train(request, contestant, run)).toList();
  }

  /** The command of one seed. */
  String train(ComparisonRequest request, Contestant contestant, RunSpec run) {
    List<String> words = new ArrayList<>(List.of("train", "--dataset", run.dataset()));
    words.addAll(List.of("--backbone", run.backbone(), "--loss", run.lossName()));
    words.addAll(List.of("--preset", contestant.preset()));
    words.addAll(List.of("--protocol", run.protocol().key()));
    words.addAll(List.of("--seed", Long.toString(run.seed())));
    for (String assignment : request.settings().assignments(run.backbone(), run.lossName())) {
      words.addAll(List.of("--set", assignment));
    }
    if (!request.presets().searches()) {
      words.add("--no-search");
    }
    words.addAll(places);
    return shell.apply(words);
  }

  /** The command of a baseline's fits. They are made again where their folders are not there. */
  private String fit(ComparisonRequest request, Contestant contestant) {
    RunSpec cut = contestant.cell().first();
    List<String> words = new ArrayList<>(List.of("compare", "--dataset", cut.dataset()));
    words.addAll(List.of("--baseline", contestant.method()));
    words.addAll(List.of("--protocol", cut.protocol().key()));
    words.addAll(List.of("--seeds", Integer.toString(request.seeds())));
    request
        .settings()
        .ofBaseline(contestant.method())
        .forEach(
            (key, value) ->
                words.addAll(List.of("--set", contestant.method() + "." + key + "=" + value)));
    var data = request.settings().ofData();
    data.keys().forEach(key -> words.addAll(List.of("--set", key.key() + "=" + data.get(key))));
    words.addAll(places);
    return shell.apply(words);
  }
}
