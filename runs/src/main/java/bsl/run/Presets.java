package bsl.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Settings that come with the suite: {@code fast}, which reaches the best numbers found quickly on
 * two cores; {@code reference}, the authors' own; and {@code baseline}, the losses that the paper
 * compares with as they are usually trained, with raw inner products and one negative's weight per
 * positive. One file per cell under {@code bsl/run/presets/NAME/DATASET-BACKBONE-LOSS.yaml}; a cell
 * without a file of its own takes {@code any-BACKBONE-LOSS.yaml}.
 */
public final class Presets {
  /** The preset that is taken when none is named. */
  public static final String DEFAULT = "fast";

  private Presets() {}

  /**
   * The run of a cell with a preset's settings.
   *
   * @throws InputException if there is no such preset for the cell
   */
  public static RunSpec spec(String preset, String dataset, String backbone, String loss) {
    String origin = "preset " + preset;
    return RunSpec.of(
            of(preset, dataset, backbone, loss)
                .set(SettingKey.DATASET, dataset, origin)
                .set(SettingKey.BACKBONE, backbone, origin)
                .set(SettingKey.LOSS, loss, origin))
        .startedFrom(preset);
  }

  /**
   * The preset of a cell.
   *
   * @param preset {@code fast}, {@code reference} or {@code none}
   * @throws InputException if there is no such preset for the cell
   */
  public static Settings of(String preset, String dataset, String backbone, String loss) {
    if (preset.equals("none")) {
      return new Settings();
    }
    String cell = "-" + backbone + "-" + loss + ".yaml";
    for (String file : new String[] {dataset + cell, "any" + cell}) {
      String resource = "presets/" + preset + "/" + file;
      try (InputStream in = Presets.class.getResourceAsStream(resource)) {
        if (in != null) {
          return Settings.read(in, "preset " + preset + "/" + file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw new InputException(
        "--preset '"
            + preset
            + "' has nothing for data set "
            + dataset
            + ", backbone "
            + backbone
            + ", loss "
            + loss);
  }
}
