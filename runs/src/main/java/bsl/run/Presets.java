package bsl.run;

import bsl.core.NameSuggestion;
import bsl.data.DatasetCatalog;
import bsl.data.DatasetEntry;
import bsl.losses.LossKinds;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Settings to start from, by name. {@code fast} reaches the best numbers found quickly on two
 * cores. {@code pairwise} has the settings of the recorded results, over mini-batches of pairs.
 * {@code reference} has the authors' own settings. {@code baseline} has the losses that the paper
 * compares with, as they are usually trained: raw inner products, and one negative's weight per
 * positive. {@code none} has nothing, so that every setting has its default.
 *
 * <p>There is a file for each preset, data set and backbone, {@code
 * bsl/run/presets/PRESET/DATASET-BACKBONE.yaml}. It has a common part and, under {@code losses}, a
 * section for each loss with what differs. A loss that it does not list is looked up in {@code
 * any-BACKBONE.yaml}, which is for data sets that the suite knows nothing about. A loss of this
 * project that is in neither has no such preset. A loss from outside that is in neither takes the
 * common part of the first of the two files that there is.
 *
 * <p>A jar brings presets in files of the same path. What it says about a loss is merged with this
 * project's common part of the same path. {@code bsl/run/presets/presets.yaml} has a line for each
 * preset with its description; that of a jar adds to it.
 *
 * <p>A name that is none of these is the path of a file of the user's own, or the name of one in
 * {@code work/presets}; see {@link OwnPreset}.
 */
public final class Presets {
  /** The preset that is taken when none is named. */
  public static final String DEFAULT = "fast";

  /** The preset of the recorded results, over mini-batches of pairs. */
  public static final String PAIRWISE = "pairwise";

  /** The preset without settings. */
  public static final String NONE = "none";

  /** Stands for every data set that has no file of its own. */
  private static final String ANY = "any";

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
        .startedFrom(recordedName(preset, backbone, loss));
  }

  /**
   * What a run's record calls the preset of a cell: its name; of a file of the user's own the name
   * and the beginning of its SHA-256; where that does not have the cell, its base.
   *
   * @throws InputException if a file of the user's own is malformed
   */
  public static String recordedName(String preset, String backbone, String loss) {
    String from = source(OwnPreset.find(preset), preset, backbone, loss);
    return OwnPreset.find(from).map(OwnPreset::recordedName).orElse(from);
  }

  /**
   * The preset that a cell is taken from: the given one, unless it is a file of the user's own that
   * does not have the cell and has a base.
   */
  private static String source(
      Optional<OwnPreset> own, String preset, String backbone, String loss) {
    return own.filter(file -> file.settings(backbone, loss).isEmpty())
        .flatMap(OwnPreset::base)
        .orElse(preset);
  }

  /**
   * The preset of a cell: its settings, without data set, backbone and loss themselves.
   *
   * @param preset one of {@link #descriptions}, or a file of the user's own by name or path
   * @param dataset name of the data set, known or not
   * @param backbone name of the backbone
   * @param loss name of the loss
   * @throws InputException if there is no such preset for the cell; the message says what there is
   */
  public static Settings of(String preset, String dataset, String backbone, String loss) {
    Optional<OwnPreset> own = OwnPreset.find(preset);
    if (own.isPresent()) {
      return ofOwn(own.get(), preset, dataset, backbone, loss);
    }
    if (preset.equals(NONE)) {
      return new Settings();
    }
    List<PresetFile> files = files(preset, dataset, backbone);
    Optional<Settings> listed =
        files.stream().map(file -> file.loss(loss)).flatMap(Optional::stream).findFirst();
    if (listed.isPresent()) {
      return listed.get();
    }
    if (!files.isEmpty() && !LossKinds.isStandard(loss)) {
      return files.get(0).common();
    }
    throw new InputException(missing(preset, dataset, backbone, loss, files));
  }

  private static Settings ofOwn(
      OwnPreset own, String preset, String dataset, String backbone, String loss) {
    Optional<Settings> listed = own.settings(backbone, loss);
    if (listed.isPresent()) {
      return listed.get();
    }
    String base =
        own.base()
            .orElseThrow(
                () ->
                    new InputException(
                        "--preset '"
                            + preset
                            + "' has nothing for backbone "
                            + backbone
                            + ", loss "
                            + loss
                            + ", and no base; it has "
                            + own.contents()));
    return of(base, dataset, backbone, loss);
  }

  /**
   * Says where {@link #of} takes a cell's settings from, if the preset has nothing for this very
   * data set and loss.
   *
   * @return a line for people; empty if the preset lists the cell
   * @throws InputException if there is no such preset for the cell
   */
  public static Optional<String> note(String preset, String dataset, String backbone, String loss) {
    Optional<OwnPreset> ownFile = OwnPreset.find(preset);
    if (ownFile.isPresent()) {
      return noteOnOwn(ownFile.get(), preset, dataset, backbone, loss);
    }
    String own = dataset + "-" + backbone;
    if (preset.equals(NONE)
        || ownFile(preset, dataset, backbone).flatMap(file -> file.loss(loss)).isPresent()) {
      return Optional.empty();
    }
    String any = ANY + "-" + backbone;
    if (isGeneric(preset, dataset, backbone, loss)) {
      return Optional.of(
          "preset "
              + preset
              + " has nothing for data set "
              + dataset
              + "; its settings for any data set are taken, which are tuned to none");
    }
    String taken = ownFile(preset, dataset, backbone).isPresent() ? own : any;
    return Optional.of(
        "preset "
            + preset
            + " has nothing for loss "
            + loss
            + "; the common settings of "
            + taken
            + " are taken");
  }

  private static Optional<String> noteOnOwn(
      OwnPreset own, String preset, String dataset, String backbone, String loss) {
    if (own.settings(backbone, loss).isEmpty()) {
      String base = own.base().orElse(NONE);
      String missing =
          "preset %s has nothing for backbone %s, loss %s; its base, preset %s, is taken";
      String after = note(base, dataset, backbone, loss).map(text -> " (" + text + ")").orElse("");
      return Optional.of(String.format(Locale.ROOT, missing, preset, backbone, loss, base) + after);
    }
    return own.dataset()
        .filter(made -> !made.equals(dataset))
        .map(made -> "preset " + preset + " was made for data set " + made + ", not " + dataset);
  }

  /**
   * Whether a cell's settings are those that a preset has for data sets that it does not know,
   * which are tuned to none.
   *
   * @throws InputException if there is no such preset for the cell
   */
  public static boolean isGeneric(String preset, String dataset, String backbone, String loss) {
    String from = source(OwnPreset.find(preset), preset, backbone, loss);
    return !from.equals(NONE)
        && OwnPreset.find(from).isEmpty()
        && ownFile(from, dataset, backbone).flatMap(file -> file.loss(loss)).isEmpty()
        && PresetFile.find(from, ANY + "-" + backbone).flatMap(file -> file.loss(loss)).isPresent();
  }

  /**
   * Whether a preset of this project lists a cell, for its data set or for any.
   *
   * @param preset one of {@link #descriptions}
   */
  public static boolean lists(String preset, String dataset, String backbone, String loss) {
    return files(preset, dataset, backbone).stream().anyMatch(file -> file.loss(loss).isPresent());
  }

  /**
   * The losses from outside this project that a preset lists for a data set and backbone, for
   * tables of losses.
   *
   * @return names in the order of the files; empty if there are none
   */
  public static List<String> outsideLosses(String preset, String dataset, String backbone) {
    Optional<OwnPreset> own = OwnPreset.find(preset);
    if (own.isPresent()) {
      List<String> losses = new ArrayList<>(own.get().outsideLosses(backbone));
      own.get().base().ifPresent(base -> losses.addAll(outsideLosses(base, dataset, backbone)));
      return losses.stream().distinct().toList();
    }
    return files(preset, dataset, backbone).stream()
        .flatMap(file -> file.losses().stream())
        .filter(loss -> !LossKinds.isStandard(loss) && LossKinds.find(loss).isPresent())
        .distinct()
        .toList();
  }

  /** A data set's own file. One that is called {@code any} has none. */
  private static Optional<PresetFile> ownFile(String preset, String dataset, String backbone) {
    return dataset.equals(ANY)
        ? Optional.empty()
        : PresetFile.find(preset, dataset + "-" + backbone);
  }

  /** The files that a cell's settings may be in, the data set's own first. */
  private static List<PresetFile> files(String preset, String dataset, String backbone) {
    return Stream.of(
            ownFile(preset, dataset, backbone), PresetFile.find(preset, ANY + "-" + backbone))
        .flatMap(Optional::stream)
        .toList();
  }

  private static String missing(
      String preset, String dataset, String backbone, String loss, List<PresetFile> files) {
    if (!descriptions().containsKey(preset)) {
      List<String> names = new ArrayList<>(descriptions().keySet());
      names.addAll(OwnPreset.names());
      return "--preset '"
          + preset
          + "' is none of "
          + String.join(", ", names)
          + NameSuggestion.hint(preset, names);
    }
    String cell =
        "--preset '"
            + preset
            + "' has nothing for data set "
            + dataset
            + ", backbone "
            + backbone
            + ", loss "
            + loss;
    List<String> losses = files.stream().flatMap(f -> f.losses().stream()).distinct().toList();
    String has =
        losses.isEmpty()
            ? "; it has " + String.join(", ", cells(preset))
            : "; for this data set and backbone it has " + String.join(", ", losses);
    return cell + has + "; --preset " + NONE + " trains everything, with the defaults of settings";
  }

  /** The data sets and backbones that a preset has files for. */
  private static List<String> cells(String preset) {
    List<String> cells = new ArrayList<>();
    for (String backbone : BackboneKinds.names()) {
      Stream.concat(DatasetCatalog.entries().stream().map(DatasetEntry::name), Stream.of(ANY))
          .map(dataset -> dataset + "-" + backbone)
          .filter(cell -> PresetFile.find(preset, cell).isPresent())
          .forEach(cells::add);
    }
    return cells;
  }

  /**
   * Whether a preset is one of {@link #descriptions}, and not a file of the user's own.
   *
   * @throws InputException if a jar's list of presets is malformed
   */
  public static boolean isNamed(String preset) {
    return descriptions().containsKey(preset);
  }

  /**
   * Names of all presets, each with what it is in one line.
   *
   * @throws InputException if a jar's list of presets is malformed
   */
  public static Map<String, String> descriptions() {
    Map<String, String> descriptions = new LinkedHashMap<>();
    for (URL place : PresetFile.places("presets.yaml")) {
      try (InputStream in = place.openStream()) {
        Map<String, String> own =
            new ObjectMapper(new YAMLFactory()).readerForMapOf(String.class).readValue(in);
        own.forEach(descriptions::putIfAbsent);
      } catch (JsonProcessingException e) {
        throw new InputException(place + ": is not a list of presets", e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    descriptions.put(NONE, "the defaults of all settings");
    return descriptions;
  }
}
