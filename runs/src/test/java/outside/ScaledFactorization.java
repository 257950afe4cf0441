package outside;

import bsl.backbones.Backbone;
import bsl.backbones.MatrixFactorization;
import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Hyperparameter;
import bsl.core.ValueRange;
import bsl.run.BackboneInput;
import bsl.run.BackboneKind;
import bsl.run.SettingKey;
import java.util.List;

/**
 * A backbone that belongs to another project: matrix factorisation that begins with embeddings of
 * another length.
 */
public final class ScaledFactorization implements BackboneKind {
  private static final SettingKey SCALE =
      SettingKey.ofBackbone(
          new Hyperparameter(
              "initial_scale",
              "1",
              ValueRange.positive(),
              "what scaled-mf multiplies its first embeddings by"));

  @Override
  public String name() {
    return "scaled-mf";
  }

  @Override
  public String description() {
    return "matrix factorisation with scaled first embeddings";
  }

  @Override
  public List<SettingKey> settings() {
    return List.of(SettingKey.ADAM, SCALE);
  }

  @Override
  public Backbone create(BackboneInput input) {
    Embeddings first = input.initialEmbeddings();
    float scale = (float) input.spec().real(SCALE);
    for (EmbeddingTable table : List.of(first.users(), first.items())) {
      for (int i = 0; i < table.values().length; i++) {
        table.values()[i] *= scale;
      }
    }
    return new MatrixFactorization(first, input.spec().adamMode(), input.kernels(), input.pool());
  }
}
