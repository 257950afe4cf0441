package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunIdTest {
  private static final Map<String, String> DATA = Map.of("train", "aa", "test", "bb");
  private static final Map<String, String> DATA_WITH_VALIDATION =
      Map.of("train", "aa", "validation", "cc", "test", "bb");

  /** The spec of some settings, separated by spaces. */
  private static RunSpec spec(String assignments) {
    Settings settings = new Settings().set(SettingKey.DATASET, "tiny", "test");
    Arrays.stream(assignments.split(" "))
        .filter(a -> !a.isEmpty())
        .forEach(settings::setAssignment);
    return RunSpec.of(settings);
  }

  @ParameterizedTest
  @CsvSource({
    "loss=sl,                       order=7",
    "loss=sl,                       tau_ratio=1.3",
    "loss=bpr,                      tau=0.3 mode=reweight margin=2",
    "loss=bpr,                      tau_start=2 tau_start_fraction=0.5",
    "loss=bsl,                      tau_start_fraction=0.5",
    "loss=bsl tau_start_fraction=0, tau_start=2",
    "loss=ccl,                      tau=0.3 variance_weight=3",
    "loss=renyi,                    tau=0.3",
    "loss=mean-variance,            negative_weight=3",
    "backbone=mf,                   layers=1",
    "backbone=mf l2=1,              l2_layers=zero",
    "backbone=mf,                   shallow_epochs=4 message_dropout=0.4",
    "backbone=ngcf,                 shallow_epochs=4",
    "backbone=lightgcn,             message_dropout=0.4",
    "backbone=lightgcn,             l2_layers=zero",
    "negative_sampling=in-batch,    negatives=3",
    "negative_sampling=shared,      in_batch_gradient=reference",
    "negative_sampling=independent, negative_noise_on=test",
    "protocol=paper,                held_out_fraction=0.3",
    "backbone=mf,                   adam=dense",
    "backbone=mf adam=dense,        adam=lazy",
    "backbone=ngcf,                 adam=closed-form",
    "backbone=lightgcn,             shallow_layers=0",
    "backbone=mf,                   propagate_every=7",
    "backbone=sgl,                  propagate_every=7",
    "backbone=lightgcn propagate_every=7, adam=closed-form",
    "backbone=lightgcn shallow_epochs=9 epochs=9, propagate_every=7",
    "l2=0.001,                      l2=1e-3",
    "batch_users=0,                 positive_groups=user",
    "batch_users=9,                 pair_sampling=by-user",
    "batch_users=9 loss=ccl,        positive_groups=user batch_size=9",
    "batch_users=9 mode=reweight,   positive_groups=user batch_size=9",
    "batch_users=9 positive_groups=user, batch_size=9",
  })
  void whatCannotChangeTheResultDoesNotEnter(String base, String changes) {
    RunId one = RunId.of(spec(base), DATA);
    RunId other = RunId.of(spec(base + " " + changes), DATA);

    assertThat(other).isEqualTo(one).hasSameHashCodeAs(one);
    assertThat(other.folderName()).isEqualTo(one.folderName());
    assertThat(other.differencesFrom(one)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'',                                              dataset=other",
    "'',                                              backbone=lightgcn",
    "'',                                              loss=sl",
    "loss=bsl,                                        tau=0.7",
    "loss=bsl,                                        tau_ratio=0.7",
    "loss=sl,                                         tau_start=0.7",
    "loss=sl tau_start=2,                             tau_start_fraction=0.7",
    "loss=sl,                                         mode=reweight",
    "loss=mse,                                        negative_weight=0.7",
    "loss=ccl,                                        margin=0.7",
    "loss=mean-variance,                              variance_weight=0.7",
    "loss=renyi,                                      order=7",
    "'',                                              dimension=7",
    "backbone=ngcf,                                   layers=7",
    "backbone=lightgcn,                               shallow_epochs=7",
    "'',                                              batch_size=7",
    "'',                                              pair_sampling=by-user",
    "negative_sampling=popular,                       negatives=7",
    "'',                                              negative_sampling=popular",
    "negative_sampling=in-batch,                      in_batch_gradient=reference",
    "'',                                              learning_rate=0.7",
    "'',                                              warmup_epochs=7",
    "'',                                              decay_fraction=0.7",
    "'',                                              l2=0.7",
    "backbone=ngcf l2=0.1,                            l2_layers=zero",
    "backbone=ngcf,                                   message_dropout=0.7",
    "'',                                              dropout=0.7",
    "'',                                              epochs=7",
    "backbone=mf,                                     adam=closed-form",
    "backbone=mf adam=dense,                          adam=closed-form",
    "backbone=lightgcn,                               adam=closed-form",
    "backbone=lightgcn shallow_epochs=7,              shallow_layers=0",
    "backbone=lightgcn shallow_epochs=7,              propagate_every=7",
    "'',                                              patience=7",
    "'',                                              evaluate_every=7",
    "'',                                              train_score=inner-product",
    "'',                                              test_score=inner-product",
    "'',                                              protocol=held-out",
    "protocol=held-out,                               held_out_fraction=0.7",
    "'',                                              positive_noise=0.7",
    "negative_sampling=independent,                   negative_noise=7",
    "negative_sampling=independent negative_noise=7,  negative_noise_on=test",
    "'',                                              seed=7",
    "'',                                              batch_users=7",
    "batch_users=9,                                   batch_size=7",
    "batch_users=9,                                   positive_groups=user",
    "batch_users=9,                                   negatives=0",
    "batch_users=9,                                   negative_sampling=popular",
    "batch_users=9,                                   negative_noise=0",
    "batch_users=9 negative_noise=0,                  negative_noise_on=test",
    "batch_users=9 loss=triplet,                      positive_groups=user",
  })
  void whatCanChangeTheResultEnters(String base, String change) {
    RunId one = RunId.of(spec(base), DATA);
    RunId other = RunId.of(spec(base + " " + change), DATA);

    assertThat(other).isNotEqualTo(one);
    assertThat(other.digest()).isNotEqualTo(one.digest()).matches("[0-9a-f]{64}");
    assertThat(other.folderName()).isNotEqualTo(one.folderName());
    assertThat(other.differencesFrom(one)).isNotEmpty();
  }

  @Test
  void heldOutFractionDoesNotMatterWhereTheDataSetHasValidationPairs() {
    RunSpec tenth = spec("protocol=held-out held_out_fraction=0.1");
    RunSpec fifth = spec("protocol=held-out held_out_fraction=0.2");

    assertThat(RunId.of(tenth, DATA)).isNotEqualTo(RunId.of(fifth, DATA));
    assertThat(RunId.of(tenth, DATA_WITH_VALIDATION))
        .isEqualTo(RunId.of(fifth, DATA_WITH_VALIDATION));
  }

  @Test
  void dataAndNumericsEnter() {
    RunId one = RunId.of(spec(""), DATA);
    RunId otherTest = RunId.of(spec(""), Map.of("train", "aa", "test", "cc"));
    RunId withValidation = RunId.of(spec(""), DATA_WITH_VALIDATION);
    RunId later = RunId.of(spec(""), DATA, Numerics.VERSION + 1, Map.of());

    assertThat(one.differencesFrom(otherTest)).containsExactly("data test has other content there");
    assertThat(one.differencesFrom(withValidation))
        .containsExactly("data validation is there only");
    assertThat(withValidation.differencesFrom(one))
        .containsExactly("data validation is missing there");
    assertThat(one.differencesFrom(later)).containsExactly("numerics is 2 there, not 1");
    assertThat(one).isNotIn(otherTest, withValidation, later);
  }

  @Test
  void differencesNameTheSettingsThatMatterToBoth() {
    RunId wanted = RunId.of(spec("loss=bsl tau=0.1 order=3 seed=2"), DATA);
    RunId stored = RunId.of(spec("loss=bsl tau=0.2 order=4 seed=1"), DATA);
    RunId otherLoss = RunId.of(spec("loss=bpr seed=2"), DATA);

    assertThat(wanted.differencesFrom(stored))
        .containsExactly("seed is 1 there, not 2", "tau is 0.2 there, not 0.1");
    assertThat(wanted.differencesFrom(otherLoss)).containsExactly("loss is bpr there, not bsl");
  }

  @Test
  void theFolderNameIsTheSameUnderEveryLocale() {
    Locale before = Locale.getDefault();
    String expected = RunId.of(spec("loss=infonce"), DATA).folderName();
    try {
      for (String tag : new String[] {"fa-IR-u-nu-arabext", "ar-EG-u-nu-arab", "tr-TR", "de-DE"}) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertThat(RunId.of(spec("loss=infonce"), DATA).folderName()).as(tag).isEqualTo(expected);
      }
    } finally {
      Locale.setDefault(before);
    }
    assertThat(expected).matches("tiny-mf-infonce-[0-9a-f]{12}");
  }

  @Test
  void theFolderNameIsASingleName() {
    assertThat(RunId.of(spec("dataset=../my/set"), DATA).folderName())
        .matches("\\.\\._my_set-mf-bsl-[0-9a-f]{12}");
  }

  /** A golden value: it may change with {@link Numerics#VERSION} only. */
  @Test
  void theDigestIsSha256OfTheSettingsThatAreNotDefaultsAndTheData() {
    // printf 'data test=bb\ndata train=aa\ndataset=tiny\nnumerics=1\ntau=0.7\n' | sha256sum
    assertThat(RunId.of(spec("tau=0.7 order=3"), DATA).digest())
        .isEqualTo(RunId.of(spec("tau=0.7 adam=dense"), DATA).digest())
        .isEqualTo("7362fa4c2a22b0acf4d7de19ff16f2785917b57a413f73ac7a702e9d24258bfa");
    // The same with a first line 'adam=closed-form'.
    assertThat(RunId.of(spec("tau=0.7 adam=closed-form"), DATA).digest())
        .isEqualTo("5e3105bf88c63e7a486d6819ff92ef9aa320993450693ddfc089b64fc7070e47");
  }

  @Test
  void modesOfAdamWithOtherBitsAreDifferences() {
    RunId closedForm = RunId.of(spec("adam=closed-form"), DATA);

    assertThat(closedForm.differencesFrom(RunId.of(spec("adam=dense"), DATA)))
        .containsExactly("adam is lazy there, not closed-form");
  }
}
