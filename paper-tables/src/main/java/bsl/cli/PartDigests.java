package bsl.cli;

import bsl.core.Interactions;
import bsl.core.Split;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says whether the parts of a data set are still what was written, by the digests in its record.
 * The record is that of {@code data import} or of {@code noise}.
 */
final class PartDigests {
  private static final String PARTS = "parts";

  /** In records that {@code noise} wrote in earlier versions, of the train pairs alone. */
  private static final String NOISY_TRAIN = "noisy_train_digest";

  private PartDigests() {}

  /** Puts the digests of a data set into a record. */
  static void put(Map<String, Object> record, Split split) {
    Map<String, Object> parts = new LinkedHashMap<>();
    of(split).forEach((part, pairs) -> pairs.ifPresent(p -> parts.put(part, part(p))));
    record.put(PARTS, parts);
    record.put(NOISY_TRAIN, split.train().digest());
  }

  private static Map<String, Object> part(Interactions pairs) {
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("pairs", pairs.size());
    part.put("digest", pairs.digest());
    return part;
  }

  private static Map<String, Optional<Interactions>> of(Split split) {
    Map<String, Optional<Interactions>> parts = new LinkedHashMap<>();
    parts.put("train", Optional.of(split.train()));
    parts.put("validation", split.validation());
    parts.put("test", Optional.of(split.test()));
    return parts;
  }

  /** Parts that have other pairs than a record says; none if there is no record. */
  static List<String> changed(Split split, Map<String, Object> record) {
    List<String> changed = new ArrayList<>();
    if (record.get(PARTS) == null && record.get(NOISY_TRAIN) != null) {
      if (!split.train().digest().equals(record.get(NOISY_TRAIN))) {
        changed.add("train");
      }
    } else if (!record.isEmpty()) {
      of(split)
          .forEach(
              (part, pairs) -> {
                Object written =
                    DatasetDescription.at(DatasetDescription.at(record.get(PARTS), part), "digest");
                if (!pairs.map(p -> p.digest().equals(written)).orElse(written == null)) {
                  changed.add(part);
                }
              });
    }
    return changed;
  }
}
