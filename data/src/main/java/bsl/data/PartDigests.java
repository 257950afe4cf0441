package bsl.data;

import bsl.core.Interactions;
import bsl.core.Split;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of a data set's record that says which pairs were written. Whether they are still there
 * can be told from it. The record is that of {@code bsl data import} or of {@code bsl noise}.
 */
public final class PartDigests {
  private static final String PARTS = "parts";
  private static final String DIGEST = "digest";

  /** In records of {@code bsl noise}; in those of earlier versions it is all that there is. */
  private static final String NOISY_TRAIN = "noisy_train_digest";

  private PartDigests() {}

  /** Puts number and digest of the pairs of each part into a record. */
  public static void put(Map<String, Object> record, Split split) {
    Map<String, Object> parts = new LinkedHashMap<>();
    of(split).forEach((part, pairs) -> pairs.ifPresent(p -> parts.put(part, part(p))));
    record.put(PARTS, parts);
  }

  private static Map<String, Object> part(Interactions pairs) {
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("pairs", pairs.size());
    part.put(DIGEST, pairs.digest());
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
  public static List<String> changed(Split split, Map<String, Object> record) {
    if (record.isEmpty()) {
      return List.of();
    }
    Object train = record.get(NOISY_TRAIN);
    if (train != null && !record.containsKey(PARTS)) {
      return split.train().digest().equals(train) ? List.of() : List.of("train");
    }
    List<String> changed = new ArrayList<>();
    of(split)
        .forEach(
            (part, pairs) -> {
              Object written = at(at(record.get(PARTS), part), DIGEST);
              if (!pairs.map(p -> p.digest().equals(written)).orElse(written == null)) {
                changed.add(part);
              }
            });
    return changed;
  }

  private static Object at(Object map, String key) {
    return map instanceof Map<?, ?> known ? known.get(key) : null;
  }
}
