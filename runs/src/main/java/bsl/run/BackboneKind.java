package bsl.run;

import bsl.backbones.Backbone;
import java.util.List;
import java.util.Optional;

/**
 * Makes a backbone available by its name: on the command line, in presets and in tables.
 *
 * <p>A backbone from outside this project needs a class that implements this interface, with a
 * public constructor without parameters, and a file {@code META-INF/services/bsl.run.BackboneKind}
 * that names the class. {@link java.util.ServiceLoader} then finds it on the class path.
 *
 * <p>Implementations are immutable.
 */
public interface BackboneKind {
  /** The name in settings: lower-case words with hyphens, for example {@code lightgcn}. */
  String name();

  /** What the backbone is, in one line without a full stop. */
  String description();

  /**
   * The settings that only some backbones read, and this one does, such as {@link
   * SettingKey#LAYERS}. Settings of its own are made by {@link SettingKey#ofBackbone}.
   */
  List<SettingKey> settings();

  /**
   * A fresh backbone.
   *
   * @throws IllegalArgumentException if settings do not go together or with the data
   */
  Backbone create(BackboneInput input);

  /**
   * Which arithmetic this is: raise it when the bits change that some settings and data give. Runs
   * of an older version are then trained again. Code from outside this project is told apart by its
   * jar's digest as well.
   */
  default int version() {
    return 1;
  }

  /**
   * About how long the backbone itself takes, in seconds on one core. What every backbone takes is
   * not included: the products of the loss, updates of rows, evaluation. {@link
   * RunCost#graphSeconds} helps with backbones that propagate over a graph.
   *
   * @param spec the run
   * @param size size of the train data
   * @param epochs number of first epochs, also in the middle of one
   */
  default double seconds(RunSpec spec, DataSize size, double epochs) {
    return 0;
  }

  /**
   * Why one of the backbone's own settings changes nothing in a run, to go behind "has no effect".
   *
   * @param spec a run of this backbone
   * @param key one of {@link #settings}
   * @return for example {@code with layers 0}; nothing if the run reads it
   */
  default Optional<String> whyIgnored(RunSpec spec, SettingKey key) {
    return Optional.empty();
  }

  /**
   * The same training by a simpler backbone, where settings leave nothing of what sets this one
   * apart: a contrastive backbone without its auxiliary term is LightGCN. The embeddings are the
   * same to the bit.
   *
   * @param spec a run of this backbone
   * @return the run itself if there is no simpler backbone
   */
  default RunSpec simplest(RunSpec spec) {
    return spec;
  }

  /** How small a run is made where an impression is wanted in minutes. */
  default QuickSize quickSize() {
    return QuickSize.OF_ROWS;
  }
}
