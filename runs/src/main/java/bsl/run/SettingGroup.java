package bsl.run;

/** What a setting is about: the groups in which help lists the settings. */
public enum SettingGroup {
  /** Which pairs. */
  DATA("Data"),
  /** Which model. */
  MODEL("Model"),
  /** What is minimised. */
  LOSS("Loss"),
  /** Which pairs and negatives a step sees. */
  SAMPLING("Sampling"),
  /** How parameters are updated, and for how long. */
  OPTIMISATION("Optimisation and regularisation"),
  /** How the epoch is selected and scores are ranked. */
  EVALUATION("Evaluation and protocol"),
  /** What is made false on purpose. */
  NOISE("Noise");

  private final String title;

  SettingGroup(String title) {
    this.title = title;
  }

  /** The heading in help. */
  public String title() {
    return title;
  }
}
