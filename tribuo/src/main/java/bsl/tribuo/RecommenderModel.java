package bsl.tribuo;

import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.eval.Recommendation;
import bsl.eval.TopKRecommender;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.tribuo.Example;
import org.tribuo.Excuse;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Model;
import org.tribuo.Prediction;
import org.tribuo.VariableInfo;
import org.tribuo.classification.Label;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.provenance.ModelProvenance;

/**
 * Recommends items to the users that it was trained on. A prediction has a user's best items as
 * labels, and their scores, best first, as output scores. Other items have no score in it. Scores
 * are cosines or inner products, not probabilities.
 *
 * <p>It is saved in Tribuo's protobuf form ({@link #serializeToFile}). Java's own serialization is
 * refused. Safe for use by several threads.
 */
public final class RecommenderModel extends Model<MultiLabel> {
  private static final long serialVersionUID = 1L;

  /** Users ranked in one call, which bounds what is held of them. */
  private static final int BATCH = 4096;

  private final transient Names users;
  private final transient Names items;
  private final transient Embeddings embeddings;
  private final ScoreFunction score;
  private final transient Interactions known;
  private final int recommendations;

  /**
   * @param embeddings a row per user and item, in the order of {@link Names}
   * @param known pairs that are not recommended; of the embeddings' shape
   */
  RecommenderModel(
      String name,
      ModelProvenance provenance,
      ImmutableFeatureMap features,
      ImmutableOutputInfo<MultiLabel> labels,
      Embeddings embeddings,
      ScoreFunction score,
      Interactions known,
      int recommendations) {
    super(name, provenance, features, labels, false);
    this.users = users(features);
    this.items = items(labels);
    this.embeddings = embeddings;
    this.score = score;
    this.known = known;
    this.recommendations = recommendations;
  }

  static Names users(ImmutableFeatureMap features) {
    return new Names(
        StreamSupport.stream(features.spliterator(), false).map(VariableInfo::getName).toList());
  }

  static Names items(ImmutableOutputInfo<MultiLabel> labels) {
    return new Names(labels.getDomain().stream().map(MultiLabel::getLabelString).toList());
  }

  /** Final embeddings: a row per user and per item, see {@link #user} and {@link #item}. */
  public Embeddings embeddings() {
    return embeddings.copy();
  }

  /** Name of the user of a row. */
  public String user(int row) {
    return users.name(row);
  }

  /** Name of the item of a row. */
  public String item(int row) {
    return items.name(row);
  }

  /**
   * A user's best items.
   *
   * @throws IllegalArgumentException if the example does not have one feature, or it is no user
   *     that the model was trained on
   */
  @Override
  public Prediction<MultiLabel> predict(Example<MultiLabel> example) {
    try (WorkPool alone = new WorkPool(1)) {
      return predict(List.of(example), alone).get(0);
    }
  }

  @Override
  protected List<Prediction<MultiLabel>> innerPredict(Iterable<Example<MultiLabel>> examples) {
    List<Prediction<MultiLabel>> predictions = new ArrayList<>();
    List<Example<MultiLabel>> batch = new ArrayList<>();
    try (WorkPool pool = new WorkPool(Runtime.getRuntime().availableProcessors())) {
      for (Example<MultiLabel> example : examples) {
        batch.add(example);
        if (batch.size() == BATCH) {
          predictions.addAll(predict(batch, pool));
          batch.clear();
        }
      }
      predictions.addAll(predict(batch, pool));
    }
    return predictions;
  }

  private List<Prediction<MultiLabel>> predict(List<Example<MultiLabel>> examples, WorkPool pool) {
    int[] rows = examples.stream().mapToInt(this::row).toArray();
    List<List<Recommendation>> lists =
        new TopKRecommender(List.of(known), score, Kernels.best(), pool)
            .recommend(embeddings, rows, recommendations);
    List<Prediction<MultiLabel>> predictions = new ArrayList<>();
    for (int e = 0; e < rows.length; e++) {
      Set<Label> labels = new LinkedHashSet<>();
      Map<String, MultiLabel> scores = new LinkedHashMap<>();
      for (Recommendation one : lists.get(e)) {
        Label label = new Label(items.name(one.item()), one.score());
        labels.add(label);
        scores.put(label.getLabel(), new MultiLabel(label));
      }
      predictions.add(new Prediction<>(new MultiLabel(labels), scores, 1, examples.get(e), false));
    }
    return predictions;
  }

  private int row(Example<MultiLabel> example) {
    String user = RecommenderTrainer.userOf(example);
    Integer row = users.row(user);
    if (row == null) {
      throw new IllegalArgumentException("user '" + user + "' was not there in training");
    }
    return row;
  }

  /** Returns an empty map: features are users, which have no weights of their own. */
  @Override
  public Map<String, List<Pair<String, Double>>> getTopFeatures(int n) {
    return Map.of();
  }

  /** Returns nothing: a recommendation has no explanation by features. */
  @Override
  public Optional<Excuse<MultiLabel>> getExcuse(Example<MultiLabel> example) {
    return Optional.empty();
  }

  @Override
  protected RecommenderModel copy(String newName, ModelProvenance newProvenance) {
    return new RecommenderModel(
        newName,
        newProvenance,
        featureIDMap,
        outputIDInfo,
        embeddings.copy(),
        score,
        known,
        recommendations);
  }

  @Override
  public ModelProto serialize() {
    return ModelProto.newBuilder()
        .setClassName(RecommenderModel.class.getName())
        .setVersion(RecommenderMessage.VERSION)
        .setSerializedData(
            Any.pack(
                RecommenderMessage.of(
                    createDataCarrier().serialize(), embeddings, score, known, recommendations)))
        .build();
  }

  /**
   * The model of a message; called by {@link Model#deserialize}.
   *
   * @throws InvalidProtocolBufferException if it is not one that this class wrote
   */
  public static RecommenderModel deserializeFromProto(int version, String className, Any message)
      throws InvalidProtocolBufferException {
    if (version != RecommenderMessage.VERSION) {
      throw new InvalidProtocolBufferException(
          className + ": version " + version + " is not " + RecommenderMessage.VERSION);
    }
    return RecommenderMessage.read(message);
  }

  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException(
        RecommenderModel.class.getName() + " is saved by serializeToFile");
  }
}
