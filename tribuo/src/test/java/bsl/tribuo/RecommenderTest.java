package bsl.tribuo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.ScoreFunction;
import bsl.core.Split;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import bsl.eval.FullRankingEvaluator;
import bsl.run.DivergedException;
import bsl.run.InputException;
import bsl.run.ModelFiles;
import bsl.run.Presets;
import bsl.run.RunData;
import bsl.run.RunFolder;
import bsl.run.RunListener;
import bsl.run.RunSpec;
import bsl.run.Settings;
import bsl.run.TrainingRun;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.oracle.labs.mlrg.olcut.config.ConfigurationData;
import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.MapProvenance;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Prediction;
import org.tribuo.datasource.ListDataSource;
import org.tribuo.impl.ArrayExample;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.multilabel.MultiLabelFactory;
import org.tribuo.multilabel.evaluation.MultiLabelEvaluator;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.provenance.DataSourceProvenance;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.SimpleDataSourceProvenance;

class RecommenderTest {
  private static final Map<String, String> SETTINGS = Map.of("epochs", "5", "batch_size", "256");
  private static final MultiLabelFactory FACTORY = new MultiLabelFactory();
  private static final Split SPLIT = SyntheticDatasets.make(SyntheticPreset.TINY, 1);

  @TempDir Path folder;

  @BeforeEach
  void everyUserAndItemIsInTrain() {
    // Rows then are numbers in both worlds.
    assertThat(IntStream.range(0, SPLIT.users())).allMatch(u -> SPLIT.train().degree(u) > 0);
    Interactions byItem = SPLIT.train().transpose();
    assertThat(IntStream.range(0, SPLIT.items())).allMatch(i -> byItem.degree(i) > 0);
  }

  private static MutableDataset<MultiLabel> examples(Interactions pairs) {
    return new MutableDataset<>(
        new ListDataSource<>(
            InteractionDataSource.examples(pairs),
            FACTORY,
            new SimpleDataSourceProvenance("pairs of a test", FACTORY)));
  }

  private static RecommenderModel trained(String backbone) {
    return new RecommenderTrainer(backbone, "bsl", SETTINGS).train(examples(SPLIT.train()));
  }

  private static void assertSameBits(Embeddings ours, Embeddings expected) {
    assertThat(ours.users().values()).isEqualTo(expected.users().values());
    assertThat(ours.items().values()).isEqualTo(expected.items().values());
  }

  @Test
  void hasTheBitsOfARunWithTheSameSettings() {
    for (String backbone : List.of("mf", "lightgcn")) {
      Settings settings = Presets.spec("fast", "any", backbone, "bsl").asSettings("test");
      // Evaluated once, at the end, so that the last epoch is the selected one.
      List.of("epochs=5", "batch_size=256", "evaluate_every=5").forEach(settings::setAssignment);
      RunSpec spec = RunSpec.of(settings);
      Path run = folder.resolve(backbone);
      new TrainingRun(spec, RunData.of(SPLIT, spec), "fast", 1, new RunFolder(run))
          .execute(false, RunListener.SILENT, () -> false);

      assertSameBits(trained(backbone).embeddings(), ModelFiles.read(run));
    }
  }

  @Test
  void hasTheBitsOfARunOverMiniBatchesOfUsers() {
    Map<String, String> userWise =
        Map.of(
            "epochs", "5",
            "batch_size", "256",
            "batch_users", "20",
            "positive_groups", "batch",
            "negatives", "0",
            "negative_sampling", "popular",
            "negative_noise", "0.5");
    Settings settings = Presets.spec("fast", "any", "mf", "bsl").asSettings("test");
    userWise.forEach((key, value) -> settings.setAssignment(key + "=" + value));
    settings.setAssignment("evaluate_every=5");
    RunSpec spec = RunSpec.of(settings);
    Path run = folder.resolve("run");
    new TrainingRun(spec, RunData.of(SPLIT, spec), "fast", 1, new RunFolder(run))
        .execute(false, RunListener.SILENT, () -> false);

    assertSameBits(
        new RecommenderTrainer("mf", "bsl", userWise).train(examples(SPLIT.train())).embeddings(),
        ModelFiles.read(run));
  }

  @Test
  void tribuosEvaluatorSeesThePrecisionOfOurs() {
    RecommenderModel model = trained("mf");
    double ours;
    try (WorkPool pool = new WorkPool(2)) {
      ours =
          new FullRankingEvaluator(
                  SPLIT.test(), List.of(SPLIT.train()), ScoreFunction.COSINE, Kernels.best(), pool)
              .evaluate(model.embeddings())
              .asMap()
              .get("precision@20");
    }

    // Every user has 20 predictions, so that pooled precision is the mean over users.
    double theirs =
        new MultiLabelEvaluator().evaluate(model, examples(SPLIT.test())).microAveragedPrecision();

    assertThat(ours).isGreaterThan(0.01);
    assertThat(theirs).isCloseTo(ours, within(1e-9));
  }

  @Test
  void predictsUnknownItemsBestFirst() {
    RecommenderModel model = trained("mf");
    Example<MultiLabel> user = InteractionDataSource.examples(SPLIT.train()).get(7);

    Prediction<MultiLabel> prediction = model.predict(user);

    List<Double> scores =
        prediction.getOutputScores().values().stream()
            .map(label -> label.getLabelSet().iterator().next().getScore())
            .toList();
    assertThat(scores).hasSize(20).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(prediction.getOutput().getNameSet())
        .hasSize(20)
        .doesNotContainAnyElementsOf(user.getOutput().getNameSet());
    assertThat(prediction.hasProbabilities()).isFalse();
    assertThat(model.predict(List.of(user, user)))
        .allMatch(other -> other.getOutputScores().equals(prediction.getOutputScores()));
  }

  @Test
  void comesBackFromAFile() throws IOException {
    RecommenderModel model = trained("lightgcn");
    Path file = folder.resolve("model.pb");
    model.serializeToFile(file);

    Model<MultiLabel> back = Model.deserializeFromFile(file).castModel(MultiLabel.class);

    assertSameBits(((RecommenderModel) back).embeddings(), model.embeddings());
    assertThat(back.getProvenance()).isEqualTo(model.getProvenance());
    List<Example<MultiLabel>> users = InteractionDataSource.examples(SPLIT.train());
    assertThat(labels(back.predict(users))).isEqualTo(labels(model.predict(users)));
    assertThat(model.copy().predict(users.get(3)).getOutputScores())
        .isEqualTo(model.predict(users.get(3)).getOutputScores());
  }

  private static List<Map<String, MultiLabel>> labels(List<Prediction<MultiLabel>> predictions) {
    return predictions.stream().map(Prediction::getOutputScores).toList();
  }

  @Test
  void aDamagedFileIsRefused() throws IOException {
    ModelProto whole = trained("mf").serialize();
    ModelProto other =
        whole.toBuilder().setSerializedData(Any.pack(ModelProto.getDefaultInstance())).build();
    ModelProto newer = whole.toBuilder().setVersion(1).build();

    assertThatThrownBy(() -> Model.deserialize(other))
        .rootCause()
        .isInstanceOf(InvalidProtocolBufferException.class)
        .hasMessageContaining("is not bsl.tribuo.RecommenderModelProto");
    assertThatThrownBy(() -> Model.deserialize(newer))
        .rootCause()
        .hasMessageContaining("version 1 is not 0");
    assertThatThrownBy(
            () -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(trained("mf")))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("serializeToFile");
  }

  @Test
  void aConfigurationFileDescribesTheExperimentAndSoDoesTheModelsProvenance() throws IOException {
    writeDataset("tiny");
    ConfigurationManager described =
        described(
            "",
            """
            <property name="loss" value="sl"/>
            <propertymap name="settings">
              <entry key="epochs" value="4"/>
              <entry key="tau" value="0.2"/>
            </propertymap>
            """);
    Model<MultiLabel> model = train(described, "trainer", "pairs");
    Model<MultiLabel> again = trainedAgain(model.getProvenance());

    assertSameBits(
        ((RecommenderModel) again).embeddings(), ((RecommenderModel) model).embeddings());
    assertThat(model.getProvenance().toString())
        .as("the content digest of the pairs")
        .contains(SPLIT.train().digest());
    Path file = folder.resolve("model.pb");
    model.serializeToFile(file);
    ModelProvenance back = Model.deserializeFromFile(file).getProvenance();
    assertThat(back).isEqualTo(model.getProvenance());
    assertThat(back.toString()).contains(SPLIT.train().digest());
  }

  @Test
  void provenancesOfOtherPairsInTheSamePlaceDiffer() throws IOException {
    writeDataset("tiny");
    DataSourceProvenance first = new InteractionDataSource(folder, "tiny", false).getProvenance();
    DataSourceProvenance again = new InteractionDataSource(folder, "tiny", false).getProvenance();
    List<String> fewer = Files.readAllLines(folder.resolve("tiny/train.txt"));
    Files.write(folder.resolve("tiny/train.txt"), fewer.subList(1, fewer.size()));
    DataSourceProvenance other = new InteractionDataSource(folder, "tiny", false).getProvenance();

    assertThat(again).isEqualTo(first).hasSameHashCodeAs(first);
    assertThat(other).isNotEqualTo(first).doesNotHaveSameHashCodeAs(first);
    assertThat(first).isNotEqualTo(null).isNotEqualTo(new Object());
  }

  /** Its provenance has what was in the file, and not where the file was. */
  @Test
  void aModelIsTrainedAgainAfterItsPresetHasChanged() throws IOException {
    writeDataset("tiny");
    Path preset = folder.resolve("mine.yaml");
    Files.writeString(
        preset,
        """
        base: none
        losses:
          sl:
            epochs: 3
            tau: 0.25
            learning_rate: 0.02
            dimension: 8
        """);
    ConfigurationManager described =
        described(
            "",
            """
            <property name="preset" value="PRESET"/>
            <property name="loss" value="sl"/>
            <propertymap name="settings">
              <entry key="batch_size" value="256"/>
            </propertymap>
            """
                .replace("PRESET", forXml(preset.toString())));
    Model<MultiLabel> model = train(described, "trainer", "pairs");
    Path file = folder.resolve("model.pb");
    model.serializeToFile(file);
    Files.writeString(preset, Files.readString(preset).replace("0.25", "0.5"));

    ModelProvenance back = Model.deserializeFromFile(file).getProvenance();
    assertThat(settings(back))
        .as("settings of the file, of the configuration, and a default")
        .containsAllEntriesOf(
            Map.of(
                "tau", "0.25",
                "dimension", "8",
                "learning_rate", "0.02",
                "batch_size", "256",
                "seed", "1"));
    assertThat(back.getInstanceProvenance().getMap().get("preset").toString()).contains("mine");
    Model<MultiLabel> again = trainedAgain(back);
    assertSameBits(
        ((RecommenderModel) again).embeddings(), ((RecommenderModel) model).embeddings());
    assertThat(again.getProvenance().getTrainerProvenance()).isEqualTo(back.getTrainerProvenance());
  }

  @Test
  void aConfigurationSaysWhatIsRecommendedAndWhichPairsAreRead() throws IOException {
    writeDataset("tiny");
    ConfigurationManager described =
        described(
            """
            <property name="test" value="true"/>
            """,
            """
            <property name="excludeKnown" value="false"/>
            <property name="recommendations" value="7"/>
            <propertymap name="settings">
              <entry key="epochs" value="1"/>
            </propertymap>
            """);
    Model<MultiLabel> model = train(described, "trainer", "pairs");

    assertThat(model.getProvenance().toString()).contains(SPLIT.test().digest());
    List<Example<MultiLabel>> users = InteractionDataSource.examples(SPLIT.test());
    assertThat(labels(model.predict(users))).allSatisfy(found -> assertThat(found).hasSize(7));
    assertThat(users)
        .as("items that are known are recommended, too")
        .anySatisfy(
            user ->
                assertThat(model.predict(user).getOutput().getNameSet())
                    .containsAnyElementsOf(user.getOutput().getNameSet()));
  }

  /** A setting of the preset that the caller has not made may be to blame. */
  @Test
  void aUserWithEveryItemIsNamed() {
    Interactions pairs = Interactions.of(2, 3, new int[] {0, 0, 0, 1}, new int[] {0, 1, 2, 1});
    assertThatThrownBy(() -> new RecommenderTrainer("mf", "bsl", SETTINGS).train(examples(pairs)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("leaves user 0 without negatives");
  }

  /** With one step nothing is scored behind it, and a model of infinite scores came out. */
  @Test
  void aTrainingThatDivergesIsToldEvenInItsLastStep() {
    Map<String, String> oneStep =
        Map.of("epochs", "1", "batch_users", "0", "batch_size", "100000", "learning_rate", "1e30");
    Map<String, String> more =
        Map.of("epochs", "3", "batch_users", "0", "batch_size", "100000", "learning_rate", "1e30");
    for (String loss : List.of("bsl", "bpr")) {
      for (Map<String, String> settings : List.of(oneStep, more)) {
        assertThatThrownBy(
                () -> new RecommenderTrainer("mf", loss, settings).train(examples(SPLIT.train())))
            .isInstanceOf(DivergedException.class)
            .hasMessageStartingWith("training diverged in epoch ")
            .hasMessageEndingWith("; lower learning_rate?");
      }
    }
  }

  /** A configuration file with a data source and a trainer. */
  private ConfigurationManager described(String ofPairs, String ofTrainer) throws IOException {
    Path config = folder.resolve("experiment.xml");
    Files.writeString(
        config,
        """
        <config>
          <component name="pairs" type="bsl.tribuo.InteractionDataSource">
            <property name="directory" value="FOLDER"/>
            <property name="dataset" value="tiny"/>
            OF_PAIRS
          </component>
          <component name="trainer" type="bsl.tribuo.RecommenderTrainer">
            OF_TRAINER
          </component>
        </config>
        """
            .replace("FOLDER", forXml(folder.toString()))
            .replace("OF_PAIRS", ofPairs)
            .replace("OF_TRAINER", ofTrainer));
    return new ConfigurationManager(config.toString());
  }

  /** Text as an attribute has it. */
  private static String forXml(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  private static Model<MultiLabel> train(
      ConfigurationManager manager, String trainer, String source) {
    RecommenderTrainer configured = (RecommenderTrainer) manager.lookup(trainer);
    InteractionDataSource pairs = (InteractionDataSource) manager.lookup(source);
    return configured.train(new MutableDataset<>(pairs));
  }

  private static Map<String, String> settings(ModelProvenance provenance) {
    MapProvenance<?> recorded =
        (MapProvenance<?>)
            provenance.getTrainerProvenance().getConfiguredParameters().get("settings");
    return recorded.getMap().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, setting -> ((StringProvenance) setting.getValue()).getValue()));
  }

  /** Trains with what a model's provenance says, in a new configuration. */
  private static Model<MultiLabel> trainedAgain(ModelProvenance provenance) {
    List<ConfigurationData> configuration = ProvenanceUtil.extractConfiguration(provenance);
    ConfigurationManager recovered = new ConfigurationManager();
    recovered.addConfiguration(configuration);
    return train(
        recovered,
        nameOf(configuration, RecommenderTrainer.class),
        nameOf(configuration, InteractionDataSource.class));
  }

  private static String nameOf(List<ConfigurationData> configuration, Class<?> type) {
    return configuration.stream()
        .filter(data -> data.getClassName().equals(type.getName()))
        .map(ConfigurationData::getName)
        .findFirst()
        .orElseThrow();
  }

  private void writeDataset(String name) throws IOException {
    Path into = Files.createDirectories(folder.resolve(name));
    Files.write(into.resolve("train.txt"), lines(SPLIT.train()));
    Files.write(into.resolve("test.txt"), lines(SPLIT.test()));
  }

  private static List<String> lines(Interactions pairs) {
    return IntStream.range(0, pairs.users())
        .mapToObj(
            user ->
                user
                    + " "
                    + IntStream.of(pairs.itemsOf(user))
                        .mapToObj(String::valueOf)
                        .collect(Collectors.joining(" ")))
        .toList();
  }

  /** The first two numbers of {@code known_counts} have the right sum and are none. */
  @Test
  void aMessageWithNumbersThatAreNoneIsRefused() throws IOException {
    DynamicMessage message = message(trained("mf"));
    FieldDescriptor counts = field(message, "known_counts");
    ByteBuffer bytes =
        ByteBuffer.wrap(((ByteString) message.getField(counts)).toByteArray())
            .order(ByteOrder.LITTLE_ENDIAN);
    int sum = bytes.getInt(0) + bytes.getInt(4);
    bytes.putInt(0, sum + 3).putInt(4, -3);

    assertDamaged(
        message.toBuilder().setField(counts, ByteString.copyFrom(bytes.array())).build(),
        "known_counts and known_items do not go together");
    for (int none : new int[] {0, -1}) {
      assertDamaged(
          message.toBuilder().setField(field(message, "recommendations"), none).build(),
          "recommendations are not at least 1: " + none);
    }
  }

  /** What is left of four bytes was cut off, and the rest read as if nothing were missing. */
  @Test
  void aMessageWithAPartOfANumberIsRefused() throws IOException {
    DynamicMessage message = message(trained("mf"));
    for (String name : List.of("known_counts", "known_items")) {
      FieldDescriptor numbers = field(message, name);
      ByteString bytes = (ByteString) message.getField(numbers);
      ByteString longer = bytes.concat(ByteString.copyFrom(new byte[] {0, 0, 0}));

      assertDamaged(
          message.toBuilder().setField(numbers, longer).build(),
          name + " has " + (bytes.size() + 3) + " bytes, which is no multiple of 4");
    }
  }

  private static FieldDescriptor field(DynamicMessage message, String name) {
    return message.getDescriptorForType().findFieldByName(name);
  }

  private static DynamicMessage message(RecommenderModel model) throws IOException {
    return DynamicMessage.parseFrom(
        RecommenderMessage.DESCRIPTOR, model.serialize().getSerializedData().getValue());
  }

  private static void assertDamaged(DynamicMessage message, String problem) {
    assertThatThrownBy(() -> RecommenderMessage.read(Any.pack(message)))
        .isInstanceOf(InvalidProtocolBufferException.class)
        .hasMessage("bsl.tribuo.RecommenderModelProto is damaged: " + problem);
  }

  @Test
  void settingsThatMakeNoSenseAreNamed() {
    for (Map.Entry<String, String> wrong :
        Map.of(
                "loss", "sl",
                "backbone", "lightgcn",
                "dataset", "ml-1m",
                "epochs", "none",
                "taus", "0.1",
                "protocol", "held-out")
            .entrySet()) {
      assertThatThrownBy(
              () -> new RecommenderTrainer("mf", "bsl", Map.of(wrong.getKey(), wrong.getValue())))
          .isInstanceOf(PropertyException.class)
          .hasMessageContaining(wrong.getKey());
    }
    assertThatThrownBy(() -> new RecommenderTrainer("mf", "dance", Map.of()))
        .isInstanceOf(PropertyException.class)
        .hasMessageContaining("dance");
    assertThatThrownBy(() -> new InteractionDataSource(folder, "nothing", false))
        .isInstanceOf(PropertyException.class)
        .hasMessageContaining("nothing");
  }

  @Test
  void anExampleIsOneUser() {
    List<Example<MultiLabel>> two = new ArrayList<>(InteractionDataSource.examples(SPLIT.train()));
    two.add(new ArrayExample<>(new MultiLabel("3"), new String[] {"1", "2"}, new double[] {1, 1}));
    MutableDataset<MultiLabel> wrong =
        new MutableDataset<>(new SimpleDataSourceProvenance("wrong", FACTORY), FACTORY);
    wrong.addAll(two);

    assertThatThrownBy(() -> new RecommenderTrainer("mf", "sl", SETTINGS).train(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one feature");
    assertThatThrownBy(
            () ->
                trained("mf")
                    .predict(
                        new ArrayExample<>(
                            new MultiLabel("3"), new String[] {"stranger"}, new double[] {1})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'stranger' was not there in training");
  }

  @Test
  void namesThatAreNumbersKeepTheirOrder() {
    Names names = new Names(List.of("10", "9", "0", "100", "b", "11"));

    assertThat(IntStream.range(0, names.size()).mapToObj(names::name))
        .containsExactly("0", "9", "b", "10", "11", "100");
    assertThat(names.row("10")).isEqualTo(3);
    assertThat(names.row("12")).isNull();
  }
}
