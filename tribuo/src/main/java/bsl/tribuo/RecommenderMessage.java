package bsl.tribuo;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.ScoreFunction;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.impl.ModelDataCarrier;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.protos.core.ModelDataProto;

/**
 * A recommender as a protobuf message. It is described here and not in a file of its own, so that
 * the build needs no protobuf compiler; for other languages it reads
 *
 * <pre>
 * syntax = "proto3";
 * package bsl.tribuo;
 * import "tribuo-core.proto";
 * message RecommenderModelProto {
 *   tribuo.core.ModelDataProto metadata = 1;
 *   string score = 2;            // COSINE or INNER_PRODUCT
 *   int32 recommendations = 3;
 *   int32 dimension = 4;
 *   bytes users = 5;             // embeddings: float32, little endian, a row per user
 *   bytes items = 6;             // the same, a row per item
 *   bytes known_counts = 7;      // int32, little endian: pairs not recommended, by user
 *   bytes known_items = 8;       // int32, little endian: item rows of those pairs, user by user
 * }
 * </pre>
 *
 * <p>Rows are in the order of {@link Names}.
 */
final class RecommenderMessage {
  static final int VERSION = 0;

  static final Descriptor DESCRIPTOR = descriptor();

  private RecommenderMessage() {}

  private static Descriptor descriptor() {
    FileDescriptor metadata = ModelDataProto.getDescriptor().getFile();
    FileDescriptorProto file =
        FileDescriptorProto.newBuilder()
            .setName("bsl-recommender.proto")
            .setPackage("bsl.tribuo")
            .setSyntax("proto3")
            .addDependency(metadata.getName())
            .addMessageType(
                DescriptorProto.newBuilder()
                    .setName("RecommenderModelProto")
                    .addField(
                        field("metadata", 1, Type.TYPE_MESSAGE)
                            .setTypeName("." + ModelDataProto.getDescriptor().getFullName()))
                    .addField(field("score", 2, Type.TYPE_STRING))
                    .addField(field("recommendations", 3, Type.TYPE_INT32))
                    .addField(field("dimension", 4, Type.TYPE_INT32))
                    .addField(field("users", 5, Type.TYPE_BYTES))
                    .addField(field("items", 6, Type.TYPE_BYTES))
                    .addField(field("known_counts", 7, Type.TYPE_BYTES))
                    .addField(field("known_items", 8, Type.TYPE_BYTES)))
            .build();
    try {
      return FileDescriptor.buildFrom(file, new FileDescriptor[] {metadata})
          .findMessageTypeByName("RecommenderModelProto");
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException("the message is described wrongly", e);
    }
  }

  private static FieldDescriptorProto.Builder field(String name, int number, Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
  }

  private static FieldDescriptor field(String name) {
    return DESCRIPTOR.findFieldByName(name);
  }

  static DynamicMessage of(
      ModelDataProto metadata,
      Embeddings embeddings,
      ScoreFunction score,
      Interactions known,
      int recommendations) {
    int[] counts = new int[known.users()];
    Arrays.setAll(counts, known::degree);
    return DynamicMessage.newBuilder(DESCRIPTOR)
        .setField(field("metadata"), metadata)
        .setField(field("score"), score.name())
        .setField(field("recommendations"), recommendations)
        .setField(field("dimension"), embeddings.users().dimension())
        .setField(field("users"), bytes(embeddings.users()))
        .setField(field("items"), bytes(embeddings.items()))
        .setField(field("known_counts"), bytes(counts))
        .setField(field("known_items"), bytes(known.pairItems()))
        .build();
  }

  static RecommenderModel read(Any any) throws InvalidProtocolBufferException {
    String type = any.getTypeUrl();
    if (!type.substring(type.lastIndexOf('/') + 1).equals(DESCRIPTOR.getFullName())) {
      throw new InvalidProtocolBufferException("'" + type + "' is not " + DESCRIPTOR.getFullName());
    }
    DynamicMessage message = DynamicMessage.parseFrom(DESCRIPTOR, any.getValue());
    // The field comes as a dynamic message of the same type.
    ModelDataProto metadata =
        ModelDataProto.parseFrom(((Message) message.getField(field("metadata"))).toByteString());
    ModelDataCarrier<?> carrier = ModelDataCarrier.deserialize(metadata);
    try {
      int recommendations = (int) message.getField(field("recommendations"));
      if (recommendations < 1) {
        throw new IllegalArgumentException(
            "recommendations are not at least 1: " + recommendations);
      }
      int dimension = (int) message.getField(field("dimension"));
      Embeddings embeddings =
          new Embeddings(
              table(message, "users", dimension, carrier.featureDomain().size()),
              table(message, "items", dimension, carrier.outputDomain().size()));
      return new RecommenderModel(
          carrier.name(),
          carrier.provenance(),
          carrier.featureDomain(),
          labels(carrier),
          embeddings,
          ScoreFunction.valueOf((String) message.getField(field("score"))),
          known(message, embeddings),
          recommendations);
    } catch (IllegalArgumentException e) {
      throw new InvalidProtocolBufferException(
          DESCRIPTOR.getFullName() + " is damaged: " + e.getMessage(), e);
    }
  }

  private static ImmutableOutputInfo<MultiLabel> labels(ModelDataCarrier<?> carrier) {
    if (!carrier.outputDomain().getOutput(0).getClass().equals(MultiLabel.class)) {
      throw new IllegalArgumentException("its outputs are not labels");
    }
    @SuppressWarnings("unchecked") // Checked by the class of its first output.
    ImmutableOutputInfo<MultiLabel> labels =
        (ImmutableOutputInfo<MultiLabel>) carrier.outputDomain();
    return labels;
  }

  private static Interactions known(DynamicMessage message, Embeddings embeddings) {
    int[] counts = integers(message, "known_counts");
    int[] knownItems = integers(message, "known_items");
    int users = embeddings.users().rows();
    if (counts.length != users
        || Arrays.stream(counts).anyMatch(count -> count < 0)
        || Arrays.stream(counts).asLongStream().sum() != knownItems.length) {
      throw new IllegalArgumentException("known_counts and known_items do not go together");
    }
    int[] knownUsers = new int[knownItems.length];
    int at = 0;
    for (int user = 0; user < users; user++) {
      Arrays.fill(knownUsers, at, at + counts[user], user);
      at += counts[user];
    }
    return Interactions.of(users, embeddings.items().rows(), knownUsers, knownItems);
  }

  private static ByteString bytes(EmbeddingTable table) {
    ByteBuffer buffer =
        ByteBuffer.allocate(Math.multiplyExact(4 * table.dimension(), table.rows()))
            .order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer floats = buffer.asFloatBuffer();
    for (int r = 0; r < table.rows(); r++) {
      floats.put(table.values(), table.offset(r), table.dimension());
    }
    return ByteString.copyFrom(buffer);
  }

  private static EmbeddingTable table(
      DynamicMessage message, String name, int dimension, int rows) {
    ByteString bytes = (ByteString) message.getField(field(name));
    if (bytes.size() != 4L * dimension * rows) {
      throw new IllegalArgumentException(
          name + " has " + bytes.size() + " bytes, not 4 x " + dimension + " x " + rows);
    }
    EmbeddingTable table = new EmbeddingTable(rows, dimension);
    FloatBuffer floats =
        bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    for (int r = 0; r < rows; r++) {
      floats.get(table.values(), table.offset(r), dimension);
    }
    return table;
  }

  private static ByteString bytes(int[] integers) {
    ByteBuffer buffer =
        ByteBuffer.allocate(Math.multiplyExact(4, integers.length)).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asIntBuffer().put(integers);
    return ByteString.copyFrom(buffer);
  }

  private static int[] integers(DynamicMessage message, String name) {
    ByteString bytes = (ByteString) message.getField(field(name));
    if (bytes.size() % Integer.BYTES != 0) {
      throw new IllegalArgumentException(
          name + " has " + bytes.size() + " bytes, which is no multiple of 4");
    }
    int[] integers = new int[bytes.size() / Integer.BYTES];
    bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(integers);
    return integers;
  }
}
