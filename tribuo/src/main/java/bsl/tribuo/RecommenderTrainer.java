package bsl.tribuo;

import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.losses.NonFiniteScoreException;
import bsl.run.DivergedException;
import bsl.run.InputException;
import bsl.run.Presets;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import bsl.run.Settings;
import bsl.run.Training;
import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.MapProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Trainer;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.TrainerProvenance;
import org.tribuo.provenance.impl.TrainerProvenanceImpl;

/**
 * Trains a recommender on users and their items, with the settings of {@code bsl train} and to the
 * same bits. It trains all epochs that the settings say, since a Tribuo trainer has no validation
 * set to stop by. The seed is one of the settings. So every invocation on the same data gives the
 * same model, however many there were before it.
 *
 * <p>An example has one feature, the user's name; its value does not matter. Its labels are the
 * user's items. Items that no example has are unknown to the model.
 */
public final class RecommenderTrainer implements Trainer<MultiLabel> {
  private static final String PRESET = "preset";
  private static final String SETTINGS = "settings";

  /** Settings about what happens around training, which a Tribuo trainer does not do. */
  private static final Set<SettingKey> NOT_OF_TRAINING =
      Set.of(
          SettingKey.PATIENCE,
          SettingKey.EVALUATE_EVERY,
          SettingKey.PROTOCOL,
          SettingKey.HELD_OUT_FRACTION,
          SettingKey.POSITIVE_NOISE,
          SettingKey.NEGATIVE_NOISE_ON);

  @Config(
      description =
          "Settings to start from: fast, pairwise, reference, baseline, none, or a preset's file.")
  private String preset = Presets.DEFAULT;

  @Config(description = "The data set whose preset it is; any other name takes the general one.")
  private String dataset = "any";

  @Config(description = "Backbone, by the name that bsl train has for it.")
  private String backbone = "mf";

  @Config(description = "Loss, by the name that bsl train has for it.")
  private String loss = "bsl";

  /** What the trainer has fields for. As settings they would come after a preset was chosen. */
  private static final Set<SettingKey> OF_FIELDS =
      Set.of(SettingKey.DATASET, SettingKey.BACKBONE, SettingKey.LOSS);

  @Config(description = "Settings that differ from the preset's, by the keys of bsl train.")
  private Map<String, String> settings = new HashMap<>();

  @Config(description = "Items that a prediction has, at most.")
  private int recommendations = 20;

  @Config(description = "Whether predictions leave out the items that a user had in training.")
  private boolean excludeKnown = true;

  private RunSpec spec;
  private int invocations;

  /** For OLCUT. */
  private RecommenderTrainer() {}

  /**
   * Starts from preset {@code fast}; predictions have 20 items, and none that the user had in
   * training.
   *
   * @param backbone a name that {@code bsl train --backbone} takes, for example {@code mf}
   * @param loss a name that {@code bsl train --loss} takes
   * @param settings what differs from the preset, by the keys of {@code bsl train --set}
   * @throws PropertyException if a setting is unknown, has a value that is not allowed, is not
   *     about training, or is the data set, the backbone or the loss
   */
  public RecommenderTrainer(String backbone, String loss, Map<String, String> settings) {
    this.backbone = backbone;
    this.loss = loss;
    this.settings = new TreeMap<>(settings);
    postConfig();
  }

  /**
   * Checks the settings; called by OLCUT once the fields are filled.
   *
   * @throws PropertyException if a value is not allowed
   */
  @Override
  public void postConfig() {
    if (recommendations < 1) {
      throw new PropertyException(
          "", "recommendations", "'" + recommendations + "' is not at least 1");
    }
    try {
      Settings own =
          new Settings()
              .set(SettingKey.DATASET, dataset, "dataset")
              .set(SettingKey.BACKBONE, backbone, "backbone")
              .set(SettingKey.LOSS, loss, "loss");
      for (Map.Entry<String, String> setting : new TreeMap<>(settings).entrySet()) {
        SettingKey key = SettingKey.named(setting.getKey(), "settings");
        if (NOT_OF_TRAINING.contains(key)) {
          throw new InputException(
              "settings: "
                  + key.key()
                  + " is not about training; a Tribuo trainer has no use for it");
        }
        if (OF_FIELDS.contains(key)) {
          throw new InputException(
              "settings: " + key.key() + " is a property of the trainer and cannot be a setting");
        }
        own.set(key, setting.getValue(), "settings");
      }
      spec =
          RunSpec.of(Presets.of(preset, dataset, backbone, loss).overriddenBy(own))
              .startedFrom(Presets.recordedName(preset, backbone, loss));
    } catch (InputException e) {
      throw new PropertyException(e, "", "settings", e.getMessage());
    }
  }

  /**
   * Trains.
   *
   * @param examples users and their items; at least one user with an item
   * @param runProvenance goes into the model's provenance, to which {@code preset} is added, the
   *     name of what the settings started from
   * @param invocationCount what to set the count of invocations to, or {@link
   *     Trainer#INCREMENT_INVOCATION_COUNT}
   * @throws IllegalArgumentException if an example does not have one feature, or there are no pairs
   *     of user and item
   * @throws InputException if the settings cannot be trained on these pairs, for example because a
   *     user has every item and none is left as a negative
   * @throws DivergedException if training diverges, also if it does so in its last step
   */
  @Override
  public RecommenderModel train(
      Dataset<MultiLabel> examples, Map<String, Provenance> runProvenance, int invocationCount) {
    TrainerProvenance trainer;
    synchronized (this) {
      if (invocationCount != INCREMENT_INVOCATION_COUNT) {
        setInvocationCount(invocationCount);
      }
      trainer = getProvenance();
      invocations++;
    }
    ImmutableFeatureMap features = examples.getFeatureIDMap();
    ImmutableOutputInfo<MultiLabel> labels = examples.getOutputIDInfo();
    Interactions pairs =
        pairs(examples, RecommenderModel.users(features), RecommenderModel.items(labels));
    Embeddings model;
    try (WorkPool pool = new WorkPool(Runtime.getRuntime().availableProcessors())) {
      Training training = new Training(spec, pairs, pairs, Kernels.best(), pool);
      for (int epoch = 1; epoch <= spec.epochs(); epoch++) {
        try {
          training.trainEpoch(epoch, step -> {}, () -> false);
        } catch (NonFiniteScoreException e) {
          throw DivergedException.in(epoch, e.getMessage(), e);
        }
      }
      if (!training.hasFiniteScores()) {
        throw DivergedException.in(
            spec.epochs(), "scores of the model are no finite numbers", null);
      }
      model = training.embeddings().copy();
    }
    Map<String, Provenance> ofRun = new HashMap<>(runProvenance);
    ofRun.putIfAbsent(PRESET, new StringProvenance(PRESET, spec.preset()));
    ModelProvenance provenance =
        new ModelProvenance(
            RecommenderModel.class.getName(),
            OffsetDateTime.now(),
            examples.getProvenance(),
            trainer,
            ofRun);
    Interactions known =
        excludeKnown
            ? pairs
            : Interactions.of(pairs.users(), pairs.items(), new int[0], new int[0]);
    return new RecommenderModel(
        "bsl-" + spec.backbone() + "-" + spec.lossName(),
        provenance,
        features,
        labels,
        model,
        spec.testScore(),
        known,
        recommendations);
  }

  @Override
  public RecommenderModel train(
      Dataset<MultiLabel> examples, Map<String, Provenance> runProvenance) {
    return train(examples, runProvenance, INCREMENT_INVOCATION_COUNT);
  }

  @Override
  public RecommenderModel train(Dataset<MultiLabel> examples) {
    return train(examples, Map.of());
  }

  private static Interactions pairs(Dataset<MultiLabel> examples, Names users, Names items) {
    IntStream.Builder pairUsers = IntStream.builder();
    IntStream.Builder pairItems = IntStream.builder();
    for (Example<MultiLabel> example : examples) {
      int user = users.row(userOf(example));
      for (String item : example.getOutput().getNameSet()) {
        pairUsers.add(user);
        pairItems.add(items.row(item));
      }
    }
    int[] rows = pairUsers.build().toArray();
    if (rows.length == 0) {
      throw new IllegalArgumentException("no example has an item to train on");
    }
    return Interactions.of(users.size(), items.size(), rows, pairItems.build().toArray());
  }

  /**
   * The user that an example is about.
   *
   * @throws IllegalArgumentException if it does not have one feature
   */
  static String userOf(Example<MultiLabel> example) {
    Iterator<Feature> features = example.iterator();
    String user = features.hasNext() ? features.next().getName() : null;
    if (user == null || features.hasNext()) {
      throw new IllegalArgumentException(
          "an example is a user and has one feature, the user's name; this one has "
              + example.size());
    }
    return user;
  }

  @Override
  public synchronized int getInvocationCount() {
    return invocations;
  }

  @Override
  public synchronized void setInvocationCount(int invocationCount) {
    if (invocationCount < 0) {
      throw new IllegalArgumentException(
          "the count of invocations cannot be negative: " + invocationCount);
    }
    invocations = invocationCount;
  }

  /**
   * What the trainer is configured with: all settings that came of the preset and of what differs
   * from it, and no preset. A preset may be a file that is changed later, or another version of the
   * suite has another one of that name. A trainer that is configured from this trains as this one
   * does.
   */
  @Override
  public TrainerProvenance getProvenance() {
    Map<String, Provenance> configured = new HashMap<>();
    for (Pair<String, Provenance> field : new TrainerProvenanceImpl(this)) {
      configured.put(field.getA(), field.getB());
    }
    configured.put(PRESET, new StringProvenance(PRESET, Presets.NONE));
    Map<String, StringProvenance> resolved = new HashMap<>();
    spec.asMap()
        .forEach((key, value) -> resolved.put(key, new StringProvenance(key, value.toString())));
    for (Set<SettingKey> left : List.of(NOT_OF_TRAINING, OF_FIELDS)) {
      left.forEach(key -> resolved.remove(key.key()));
    }
    configured.put(SETTINGS, new MapProvenance<>(resolved));
    return new TrainerProvenanceImpl(configured);
  }

  @Override
  public String toString() {
    return "RecommenderTrainer(" + backbone + ", " + loss + ", " + new TreeMap<>(settings) + ")";
  }
}
