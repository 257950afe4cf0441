package bsl.compare;

import bsl.core.Split;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import bsl.run.Protocol;
import bsl.run.RunStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Comparisons on a small synthetic data set, of any name. */
final class TinyStore {
  static final Split TINY = SyntheticDatasets.make(SyntheticPreset.TINY, 1);

  private TinyStore() {}

  static RunStore in(Path folder) {
    return new RunStore(folder, TinyStore::load);
  }

  static Split load(String name) {
    return new Split(name, TINY.train(), TINY.validation(), TINY.test());
  }

  /** Runs of a second. */
  static SettingChoice small(List<String> losses, List<String> baselines) {
    List<String> settings = List.of("epochs=2", "dimension=8");
    return SettingChoice.of(settings, List.of("mf"), losses, baselines);
  }

  /** Runs that are just long enough for their settings to be looked for, or are not to be. */
  static ComparisonRequest searching(List<String> losses, boolean search) {
    PresetChoice presets = PresetChoice.of(List.of(), List.of("mf"), losses);
    List<String> settings = List.of("epochs=9", "dimension=8");
    return new ComparisonRequest(
        List.of("mine"),
        List.of("mf"),
        losses,
        List.of(),
        search ? presets : presets.withoutSearch(),
        SettingChoice.of(settings, List.of("mf"), losses, List.of()),
        1,
        Protocol.HELD_OUT,
        ComparisonRequest.METRICS,
        Optional.empty());
  }

  static ComparisonRequest request(
      List<String> losses, List<String> baselines, int seeds, Protocol protocol) {
    return request(losses, baselines, seeds, protocol, null);
  }

  static ComparisonRequest request(
      List<String> losses, List<String> baselines, int seeds, Protocol protocol, String reference) {
    List<String> backbones = losses.isEmpty() ? List.of() : List.of("mf");
    return new ComparisonRequest(
        List.of("mine"),
        backbones,
        losses,
        baselines,
        PresetChoice.of(List.of(), backbones, losses),
        small(losses, baselines),
        seeds,
        protocol,
        ComparisonRequest.METRICS,
        Optional.ofNullable(reference));
  }
}
