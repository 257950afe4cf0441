package bsl.tribuo;

import bsl.core.Interactions;
import bsl.core.Split;
import bsl.data.DatasetCatalog;
import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.ObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.PrimitiveProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil.HashType;
import com.oracle.labs.mlrg.olcut.provenance.impl.SkeletalConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.HashProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.tribuo.ConfigurableDataSource;
import org.tribuo.Example;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.impl.ArrayExample;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.multilabel.MultiLabelFactory;
import org.tribuo.provenance.ConfiguredDataSourceProvenance;
import org.tribuo.provenance.DataSourceProvenance;

/**
 * Reads the train or test pairs of a data set on disk for Tribuo. The data set is a folder with
 * {@code train.txt} and {@code test.txt}, as {@code bsl data fetch} makes it. There is an example
 * per user that has pairs, named by the user's number, with the numbers of the items as labels. The
 * provenance has the content digest of the pairs.
 */
public final class InteractionDataSource implements ConfigurableDataSource<MultiLabel> {
  private static final MultiLabelFactory FACTORY = new MultiLabelFactory();

  @Config(mandatory = true, description = "The folder that data sets lie in.")
  private Path directory;

  @Config(mandatory = true, description = "The data set: a folder in there.")
  private String dataset;

  @Config(description = "Test pairs instead of train pairs.")
  private boolean test = false;

  private Interactions pairs;

  /** For OLCUT. */
  private InteractionDataSource() {}

  /**
   * @param directory the folder that data sets lie in
   * @param dataset the data set: a folder in there
   * @param test test pairs instead of train pairs
   * @throws PropertyException if it is not there or malformed
   */
  public InteractionDataSource(Path directory, String dataset, boolean test) {
    this.directory = directory;
    this.dataset = dataset;
    this.test = test;
    postConfig();
  }

  /**
   * Reads the pairs; called by OLCUT once the fields are filled.
   *
   * @throws PropertyException if they are not there or malformed
   */
  @Override
  public void postConfig() {
    try {
      Split split = DatasetCatalog.load(dataset, directory).split();
      pairs = test ? split.test() : split.train();
    } catch (IOException e) {
      throw new PropertyException(e, "", "dataset", e.getMessage());
    }
  }

  /**
   * Makes an example of each user that has items.
   *
   * @param pairs users and their items
   */
  public static List<Example<MultiLabel>> examples(Interactions pairs) {
    Label[] items = new Label[pairs.items()];
    for (int item = 0; item < items.length; item++) {
      items[item] = new Label(String.valueOf(item));
    }
    List<Example<MultiLabel>> examples = new ArrayList<>();
    for (int user = 0; user < pairs.users(); user++) {
      Set<Label> labels = new HashSet<>();
      for (int item : pairs.itemsOf(user)) {
        labels.add(items[item]);
      }
      if (!labels.isEmpty()) {
        examples.add(
            new ArrayExample<>(
                new MultiLabel(labels), new String[] {String.valueOf(user)}, new double[] {1}));
      }
    }
    return examples;
  }

  @Override
  public Iterator<Example<MultiLabel>> iterator() {
    return examples(pairs).iterator();
  }

  @Override
  public OutputFactory<MultiLabel> getOutputFactory() {
    return FACTORY;
  }

  @Override
  public DataSourceProvenance getProvenance() {
    return new PairsProvenance(this);
  }

  @Override
  public String toString() {
    return "InteractionDataSource(" + dataset + (test ? ", test" : ", train") + ")";
  }

  /** Records where the pairs come from, and their content digest. */
  public static final class PairsProvenance extends SkeletalConfiguredObjectProvenance
      implements ConfiguredDataSourceProvenance {
    private static final long serialVersionUID = 1L;

    private final HashProvenance digest;

    PairsProvenance(InteractionDataSource host) {
      super(host, "DataSource");
      this.digest = new HashProvenance(HashType.SHA256, RESOURCE_HASH, host.pairs.digest());
    }

    /** For Tribuo, which reads it back from a model. */
    public PairsProvenance(Map<String, Provenance> map) {
      this(extracted(map));
    }

    private PairsProvenance(ExtractedInfo info) {
      super(info);
      this.digest = (HashProvenance) info.instanceValues.get(RESOURCE_HASH);
    }

    private static ExtractedInfo extracted(Map<String, Provenance> map) {
      Map<String, Provenance> configured = new HashMap<>(map);
      String className = take(configured, CLASS_NAME, StringProvenance.class).getValue();
      String host = take(configured, HOST_SHORT_NAME, StringProvenance.class).getValue();
      Map<String, PrimitiveProvenance<?>> instance = new HashMap<>();
      instance.put(RESOURCE_HASH, take(configured, RESOURCE_HASH, HashProvenance.class));
      return new ExtractedInfo(className, host, configured, instance);
    }

    private static <T extends Provenance> T take(
        Map<String, Provenance> map, String key, Class<T> type) {
      return ObjectProvenance.checkAndExtractProvenance(
          map, key, type, PairsProvenance.class.getSimpleName());
    }

    @Override
    public Map<String, PrimitiveProvenance<?>> getInstanceValues() {
      Map<String, PrimitiveProvenance<?>> values = new HashMap<>(super.getInstanceValues());
      values.put(digest.getKey(), digest);
      return values;
    }

    /** Whether the pairs are of the same place, and the same pairs. */
    @Override
    public boolean equals(Object other) {
      return this == other
          || other instanceof PairsProvenance that
              && super.equals(that)
              && digest.equals(that.digest);
    }

    @Override
    public int hashCode() {
      return Objects.hash(super.hashCode(), digest);
    }
  }
}
