package bsl.compare;

import bsl.baselines.BaselineKinds;
import bsl.paper.Cell;
import bsl.run.InputException;
import bsl.run.Presets;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import bsl.run.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Makes of a request what is compared, data set by data set. */
final class Contestants {
  private final ComparisonRequest request;

  Contestants(ComparisonRequest request) {
    this.request = request;
  }

  /**
   * All contestants, in the order of the request.
   *
   * @throws bsl.run.InputException if a preset has nothing for a loss, or settings do not go
   *     together
   */
  Map<String, List<Contestant>> byDataset() {
    Map<String, List<Contestant>> all = new LinkedHashMap<>();
    for (String dataset : request.datasets()) {
      List<Contestant> contestants = new ArrayList<>();
      for (String backbone : request.backbones()) {
        for (String loss : request.losses()) {
          addTrained(contestants, dataset, backbone, loss);
        }
      }
      request.baselines().forEach(name -> contestants.add(fitted(dataset, name)));
      all.put(dataset, List.copyOf(contestants));
    }
    return all;
  }

  private void addTrained(
      List<Contestant> contestants, String dataset, String backbone, String loss) {
    List<String> presets = request.presets().of(backbone, loss);
    for (String preset : presets) {
      String name = backbone + "-" + loss;
      Cell cell = cell(trained(preset, dataset, backbone, loss));
      // Two presets may have the same settings for a loss that neither lists.
      if (contestants.stream().noneMatch(there -> there.cell().equals(cell))) {
        String full = presets.size() == 1 ? name : name + "@" + shortName(preset);
        if (contestants.stream().anyMatch(there -> there.name().equals(full))) {
          throw new InputException(
              "--preset '" + preset + "': another preset is called " + shortName(preset) + ", too");
        }
        contestants.add(new Contestant(full, loss, preset, Optional.empty(), cell));
      }
    }
  }

  private static String shortName(String preset) {
    Path file = Path.of(preset).getFileName();
    return (file == null ? preset : file.toString()).replaceFirst("\\.ya?ml$", "");
  }

  private RunSpec trained(String preset, String dataset, String backbone, String loss) {
    Settings settings =
        Presets.of(preset, dataset, backbone, loss)
            .overriddenBy(request.settings().of(backbone, loss));
    settings.set(SettingKey.DATASET, dataset, "--dataset");
    settings.set(SettingKey.BACKBONE, backbone, "--backbone");
    settings.set(SettingKey.LOSS, loss, "--loss");
    return RunSpec.of(settings).startedFrom(Presets.recordedName(preset, backbone, loss));
  }

  private Contestant fitted(String dataset, String name) {
    BaselineChoice choice =
        new BaselineChoice(BaselineKinds.named(name), request.settings().ofBaseline(name));
    // Of these settings only those count that say how the data set is cut.
    Settings cut = request.settings().ofData().set(SettingKey.DATASET, dataset, "--dataset");
    return new Contestant(name, name, "", Optional.of(choice), cell(RunSpec.of(cut)));
  }

  /** The runs of a setting: one for each seed, under the request's protocol. */
  Cell cell(RunSpec spec) {
    RunSpec run = spec.with(SettingKey.PROTOCOL, request.protocol().key());
    return new Cell(
        IntStream.rangeClosed(1, request.seeds())
            .mapToObj(seed -> run.with(SettingKey.SEED, seed))
            .toList());
  }
}
